import { z } from 'zod';
import type { OrgDirectory } from '../clients/admin/org-directory.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { needAdmin } from '../operations/capabilities.js';
import { restoreInDirectory, suspendInDirectory } from '../operations/directory-access.js';
import { draft } from '../operations/operation.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from './subject.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedAccessInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** A directory and whether the person is suspended in it. */
interface DirectoryMembership {
  readonly directory: OrgDirectory;
  readonly status: OrgUser['membershipStatus'];
}

/** What {@link suspendAccess} and {@link restoreAccess} read before they decide. */
export interface DirectoryAccessObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly memberships: readonly DirectoryMembership[];
}

const inputSchema = z.strictObject({ identity: identityRefSchema });

function accessAction<Outcome extends string>(
  name: string,
  change: {
    readonly from: string;
    readonly to: string;
    readonly outcome: Outcome;
    readonly definition: typeof suspendInDirectory;
  },
): ActionDefinition<CheckedAccessInput, DirectoryAccessObservation, Outcome | 'unchanged', object> {
  return {
    name,
    parse: (input) => parseInput(name, inputSchema, input),
    lockKeys: (input) => [identityLockKey(input.identity)],
    observe: (input, context) => observeMemberships(name, input.identity, context),

    plan(_input, { identity, memberships }) {
      const operations = memberships
        .filter(({ status }) => status === change.from)
        .map(({ directory }) =>
          draft(
            change.definition,
            { directoryId: directory.id },
            {
              target: { type: 'account', id: identity?.accountId?.value ?? '', name: directory.name ?? directory.id },
              changes: [{ attribute: 'membershipStatus', from: change.from, to: change.to }],
              reasons: [`the person is ${change.from} in the directory`],
            },
          ),
        );
      return {
        subject: subjectOf(identity),
        intendedOutcome: operations.length === 0 ? 'unchanged' : change.outcome,
        operations,
        notes: memberships.length === 0 ? ['The account is in no directory of the organization.'] : [],
      };
    },

    remaining: (_input, { memberships }) =>
      memberships
        .filter(({ status }) => status === change.from)
        .map(
          ({ directory }) => `the directory ${directory.name ?? directory.id} still shows the person as ${change.from}`,
        ),
    finish: () => ({}),
  };
}

/** Suspends a person in every directory of the organization they are in: no product access, roles and groups kept. */
export const suspendAccess = accessAction('suspendAccess', {
  from: 'active',
  to: 'suspended',
  outcome: 'suspended',
  definition: suspendInDirectory,
});

/** Ends a suspension: the roles and groups of before are in force again. */
export const restoreAccess = accessAction('restoreAccess', {
  from: 'suspended',
  to: 'active',
  outcome: 'restored',
  definition: restoreInDirectory,
});

async function observeMemberships(
  name: string,
  ref: IdentityRef,
  { clients, mapper, call }: ObserveContext,
): Promise<DirectoryAccessObservation> {
  const admin = needAdmin(clients, name);
  const found = await mapper.observe(ref, { ...call, need: ['accountId', 'orgUser'] });
  const accountId = found?.identity.accountId?.value;
  if (found === undefined || accountId === undefined) throw new IdentityNotFoundError(refParts(ref).kind);

  const directories: OrgDirectory[] = [];
  for await (const directory of admin.directories.list({ accountId }, call)) directories.push(directory);
  // Over several directories the status is "suspended" only if it is so in each: with one, the status is its own.
  if (directories.length === 1)
    return {
      identity: found.identity,
      memberships: directories.map((directory) => ({ directory, status: found.orgUser?.membershipStatus })),
    };

  const memberships: DirectoryMembership[] = [];
  for (const directory of directories) {
    const page = await admin.users.searchPage({ directoryId: directory.id, accountIds: [accountId] }, undefined, call);
    memberships.push({ directory, status: page.items[0]?.membershipStatus });
  }
  return { identity: found.identity, memberships };
}
