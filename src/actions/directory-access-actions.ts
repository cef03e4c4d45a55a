import { z } from 'zod';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { readAccount } from '../operations/read-account.js';
import { restoreInDirectory, suspendInDirectory } from '../operations/directory-access.js';
import { draft } from '../operations/operation.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { observeAccount } from './observe-account.js';
import {
  mayBeActive,
  mayBeSuspended,
  observeDirectoryMemberships,
  type DirectoryMembership,
} from './observe-directory-memberships.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from '../plan/subject.js';
import { lazySchema } from '../model/lazy-schema.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedAccessInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** What {@link suspendAccess} and {@link restoreAccess} read before they decide. */
export interface DirectoryAccessObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly memberships: readonly DirectoryMembership[];
  readonly doubts: readonly string[];
}

const inputSchema = lazySchema(() => z.strictObject({ identity: identityRefSchema() }));

function accessAction<Outcome extends string>(
  name: string,
  change: {
    readonly from: string;
    readonly to: string;
    readonly outcome: Outcome;
    readonly definition: typeof suspendInDirectory;
    readonly mayBeToChange: (membership: DirectoryMembership) => boolean;
  },
): ActionDefinition<CheckedAccessInput, DirectoryAccessObservation, Outcome | 'unchanged', object> {
  return {
    name,
    parse: (input) => parseInput(name, inputSchema(), input),
    lockKeys: (input) => [identityLockKey(input.identity)],
    observe: (input, context) => observeMemberships(name, input.identity, context),

    plan(_input, { identity, memberships, doubts }) {
      const operations = memberships.filter(change.mayBeToChange).map(({ directory, status, lately }) =>
        draft(
          change.definition,
          { directoryId: directory.id },
          {
            target: { type: 'account', id: identity?.accountId?.value ?? '', name: directory.name ?? directory.id },
            changes: [{ attribute: 'membershipStatus', from: lately ?? status ?? null, to: change.to }],
            reasons: [
              status === undefined && lately === undefined
                ? 'Atlassian did not say whether the person is suspended in the directory'
                : `the person is ${change.from} in the directory`,
            ],
          },
        ),
      );
      return {
        subject: subjectOf(identity),
        intendedOutcome: operations.length === 0 ? 'unchanged' : change.outcome,
        operations,
        notes: [...doubts, ...membershipNotes(memberships), ...(operations.length === 0 ? [TRAILING] : [])],
      };
    },

    remaining: (_input, { memberships }) =>
      memberships
        .filter(({ status }) => status === change.from || status === undefined)
        .map(({ directory, status }) =>
          status === undefined
            ? `Atlassian does not say whether the person is ${change.to} in the directory ${directory.name ?? directory.id}`
            : `the directory ${directory.name ?? directory.id} still shows the person as ${change.from}`,
        ),
    observeAgain: (_input, before, context) => observeStatusAgain(before, context),
    finish: () => ({}),
  };
}

/** Said where a read alone is the reason to write nothing. */
const TRAILING =
  'That is what the organization shows; for some minutes after a change by somebody else it can show what was before.';

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
  mayBeToChange: mayBeActive,
});

/** Ends a suspension: the roles and groups of before are in force again. */
export const restoreAccess = accessAction('restoreAccess', {
  from: 'suspended',
  to: 'active',
  outcome: 'restored',
  definition: restoreInDirectory,
  mayBeToChange: mayBeSuspended,
});

async function observeMemberships(
  name: string,
  ref: IdentityRef,
  context: ObserveContext,
): Promise<DirectoryAccessObservation> {
  const { identity, account, doubts } = await observeAccount(name, ref, context);
  // An account that the organization does not show is in none of its directories.
  const memberships = account === undefined ? [] : await observeDirectoryMemberships(account, context);
  return { identity, memberships, doubts };
}

/** The directories do not change while the status is waited for: one search tells it. */
async function observeStatusAgain(
  before: DirectoryAccessObservation,
  context: ObserveContext,
): Promise<DirectoryAccessObservation> {
  const accountId = before.identity?.accountId?.value;
  if (accountId === undefined) return before;
  const status = (await readAccount(accountId, context, context.call))?.membershipStatus;
  const memberships = before.memberships.map(({ directory }) => ({ directory, status, lately: undefined }));
  return { ...before, memberships };
}
