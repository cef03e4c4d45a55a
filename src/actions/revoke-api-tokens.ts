import { z } from 'zod';
import type { ManagedApiToken } from '../clients/admin/managed-api-token.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import { observeTokens, planTokenRevocation, tokenNotes } from './api-tokens.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { observeAccount } from './observe-account.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from '../plan/subject.js';
import { lazySchema } from '../model/lazy-schema.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedTokenInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** What {@link revokeApiTokens} reads before it decides. */
export interface TokenObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly account: OrgUser | undefined;
  readonly tokens: readonly ManagedApiToken[];
  readonly doubts: readonly string[];
}

const inputSchema = lazySchema(() => z.strictObject({ identity: identityRefSchema() }));

/** Revokes every API token of a managed account. Tokens of an external account are out of reach. */
export const revokeApiTokens: ActionDefinition<CheckedTokenInput, TokenObservation, 'revoked' | 'unchanged', object> = {
  name: 'revokeApiTokens',
  parse: (input) => parseInput('revokeApiTokens', inputSchema(), input),
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const { identity, account, doubts } = await observeAccount('Revoking API tokens', input.identity, context);
    return {
      identity,
      account,
      doubts,
      tokens: await observeTokens({ identity, account }, context),
    };
  },

  plan(_input, observed) {
    const operations = planTokenRevocation(observed, observed.tokens);
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'revoked',
      operations,
      notes: [...observed.doubts, ...tokenNotes(observed)],
    };
  },

  finish: () => ({}),
};
