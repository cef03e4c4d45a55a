import { z } from 'zod';
import type { ManagedApiToken } from '../clients/admin/managed-api-token.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { ExecutedPlan } from '../plan/execute-plan.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from './input-schemas.js';
import { observeAccess, type AccessObservation } from './observe-access.js';
import { parseInput } from './parse-input.js';
import { planDeprovision } from './plan-deprovision.js';
import { observeTokens, planTokenRevocation, tokenNotes } from './api-tokens.js';
import type { RemovedGroup, RestorePoint } from './restore-point.js';
import { remainingAccess } from './remaining-access.js';
import { subjectOf } from '../plan/subject.js';

/** What a deprovisioning may do beside the usual. */
export interface DeprovisionChoices {
  /** `true` revokes the account's API tokens too; they cannot be given back. Managed accounts only. Default `false`. */
  readonly revokeApiTokens?: boolean | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedDeprovisionInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly revokeApiTokens?: boolean;
} & JsonObject;

/** What {@link deprovisionIdentity} reads before it decides. */
export interface DeprovisionObservation extends AccessObservation {
  /** Tokens to revoke; empty unless they were asked for. */
  readonly tokens: readonly ManagedApiToken[];
}

/** How a deprovisioning ends when all went well: `unchanged` when access had ended before. */
export type DeprovisionOutcome = 'deprovisioned' | 'unchanged';

/** What the result of a deprovisioning tells beside the rest. */
export interface DeprovisionExtra {
  /** What was taken away; hand it to reactivateIdentity to give it back. */
  readonly removed: RestorePoint;
}

const inputSchema = z.strictObject({ identity: identityRefSchema, revokeApiTokens: z.boolean().optional() });

/** Ends a person's access and keeps the identity: inactive, in no group, account, history and links kept. */
export const deprovisionIdentity: ActionDefinition<
  CheckedDeprovisionInput,
  DeprovisionObservation,
  DeprovisionOutcome,
  DeprovisionExtra
> = {
  name: 'deprovisionIdentity',
  parse: (input) => withoutUndefined(parseInput('deprovisionIdentity', inputSchema, input)) as CheckedDeprovisionInput,
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const observed = await observeAccess(input.identity, context);
    if (observed.identity === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return { ...observed, tokens: input.revokeApiTokens === true ? await observeTokens(observed, context) : [] };
  },

  plan(input, observed) {
    const { operations: ending, blocked, notes } = planDeprovision(observed);
    const operations = [...ending, ...planTokenRevocation(observed, observed.tokens)];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'deprovisioned',
      operations,
      blocked,
      notes: input.revokeApiTokens === true ? [...notes, ...tokenNotes(observed)] : notes,
    };
  },

  remaining: (_input, observed) => remainingAccess(observed),
  finish: (_input, before, executed) => ({ removed: removedBy(executed, before) }),
};

const DEACTIVATIONS = new Map<string, RestorePoint['deactivated'][number]>([
  ['scim.user.deactivate', 'record'],
  ['account.disable', 'account'],
  ['org.user.suspend', 'directory-access'],
]);

/** What an execution took away; unknown outcomes count, for restoring what is there already does no harm. */
export function removedBy(executed: ExecutedPlan | undefined, before: AccessObservation): RestorePoint {
  const done = (executed?.operations ?? []).filter(({ outcome }) => outcome === 'applied' || outcome === 'unknown');
  const deactivated = done
    .map(({ operation }) => DEACTIVATIONS.get(operation.kind))
    .filter((state) => state !== undefined);
  const suspended = new Set(
    done
      .filter(({ operation }) => operation.kind === 'org.user.suspend')
      .map(({ operation }) => operation.input.directoryId),
  );
  const directories = before.memberships.map(({ directory }) => directory.id).filter((id) => suspended.has(id));
  const groups: RemovedGroup[] = [];
  for (const { operation } of done) {
    if (operation.kind === 'scim.group.removeMember') {
      const group = before.record?.groups.find(({ id }) => id === operation.target.id);
      if (group !== undefined) groups.push({ route: 'scim', name: group.name ?? group.id, scimGroupId: group.id });
    }
    if (operation.kind === 'org.group.removeMember') {
      const group = before.groups.find(({ id }) => id === operation.target.id);
      if (group?.directoryId !== undefined)
        groups.push({
          route: 'organization',
          name: group.name,
          orgGroupId: group.id,
          orgDirectoryId: group.directoryId,
        });
    }
  }
  return { deactivated: [...new Set(deactivated)], directories, groups };
}
