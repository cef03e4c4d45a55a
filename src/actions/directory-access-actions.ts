import { z } from 'zod';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { needAdmin } from '../operations/capabilities.js';
import { restoreInDirectory, suspendInDirectory } from '../operations/directory-access.js';
import { draft } from '../operations/operation.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { observeDirectoryMemberships, type DirectoryMembership } from './observe-directory-memberships.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from '../plan/subject.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedAccessInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

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
        notes: membershipNotes(memberships),
      };
    },

    remaining: (_input, { memberships }) =>
      memberships
        .filter(({ status }) => status === change.from)
        .map(
          ({ directory }) => `the directory ${directory.name ?? directory.id} still shows the person as ${change.from}`,
        ),
    observeAgain: (_input, before, context) => observeStatusAgain(before, context),
    finish: () => ({}),
  };
}

function membershipNotes(memberships: readonly DirectoryMembership[]): string[] {
  if (memberships.length === 0) return ['The account is in no directory of the organization.'];
  // Seen as active, the person can be suspended in some of several directories all the same.
  if (memberships.length === 1 || memberships[0]?.status !== 'active') return [];
  const names = memberships.map(({ directory }) => directory.name ?? directory.id).join(', ');
  return [`The person is in several directories (${names}): Atlassian tells of a suspension only when it is in each.`];
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
  context: ObserveContext,
): Promise<DirectoryAccessObservation> {
  const { clients, mapper, call } = context;
  needAdmin(clients, name);
  const found = await mapper.observe(ref, { ...call, need: ['accountId', 'orgUser'] });
  const accountId = found?.identity.accountId?.value;
  if (found === undefined || accountId === undefined) throw new IdentityNotFoundError(refParts(ref).kind);

  // An account that the organization does not show is in none of its directories.
  const memberships = found.orgUser === undefined ? [] : await observeDirectoryMemberships(found.orgUser, context);
  return { identity: found.identity, memberships };
}

/** The directories do not change while the status is waited for: one search tells it. */
async function observeStatusAgain(
  before: DirectoryAccessObservation,
  { clients, call }: ObserveContext,
): Promise<DirectoryAccessObservation> {
  const accountId = before.identity?.accountId?.value;
  if (accountId === undefined) return before;
  const { users } = needAdmin(clients, 'Reading access back');
  const { items } = await users.searchPage({ accountIds: [accountId] }, undefined, call);
  const status = items[0]?.membershipStatus;
  return { ...before, memberships: before.memberships.map(({ directory }) => ({ directory, status })) };
}
