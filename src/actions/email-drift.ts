import type { IdentityObservation } from '../identity/identity-observation.js';
import { IdentityConflictError } from '../errors/identity-conflict-error.js';
import type { IdentityCandidate } from '../errors/identity-errors.js';
import { foldCase, sameText } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import { needAdmin } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';

type Person = Pick<IdentityObservation, 'identity' | 'orgUser'>;

/**
 * Whether a record and the account it is linked to have different emails: one of the two was changed outside the sync.
 *
 * A change of the record by this provisioner shows late in the account, and is none.
 */
function hasEmailDrift({ identity, orgUser }: Person, { recent }: Pick<ObserveContext, 'recent'>): boolean {
  const { link, email } = identity;
  if (link !== 'linked' || email?.source !== 'scim-record' || orgUser?.email === undefined) return false;
  return !sameText(email.value, orgUser.email) && !sameText(email.value, recent.email(orgUser.accountId));
}

/**
 * What a reader should know of a person whose record and account have different emails; nothing where they agree.
 *
 * @throws `identity_conflict` when the email asked for is that of the record, and of somebody else's account.
 */
export async function emailDriftNotes(ref: IdentityRef, person: Person, context: ObserveContext): Promise<string[]> {
  const { identity, orgUser } = person;
  if (orgUser === undefined || !hasEmailDrift(person, context)) return [];
  if ('email' in ref && sameText(ref.email, identity.email?.value)) {
    const { users } = needAdmin(context.clients, 'Looking up who has an email');
    const { items } = await users.searchPage({ emails: [foldCase(ref.email)] }, undefined, context.call);
    const other = items.find(({ accountId, email }) => accountId !== orgUser.accountId && sameText(email, ref.email));
    if (other !== undefined) throw twoPeople(candidateOf(person), { accountId: other.accountId, foundIn: SEARCH });
  }
  return [
    'The record and its account have different emails: one of the two was changed outside the sync. Both are taken for the person.',
  ];
}

/** Throws `identity_conflict` where a person to be deleted has a record and an account of different emails. */
export function refuseEmailDrift(person: Person, context: ObserveContext): void {
  if (!hasEmailDrift(person, context)) return;
  const { orgUser } = person;
  throw new IdentityConflictError(
    'The record of the person and the account it is linked to have different emails, so they may be two people',
    [candidateOf(person), { ...(orgUser !== undefined && { accountId: orgUser.accountId }), foundIn: SEARCH }],
    'Give both one email first (syncIdentity with the SCIM id as `identity`), or unlink the record. After a change of email elsewhere, wait until the organization shows it.',
  );
}

/** The error for an email that a record has whose account is another than the one with the email. */
export function twoPeople(record: IdentityCandidate, account: IdentityCandidate): IdentityConflictError {
  return new IdentityConflictError(
    'The email is that of a record and of an account, and the record is linked to another account',
    [record, account],
    'Name the person by a SCIM id or an account id, or correct the email of the record.',
  );
}

const SEARCH = 'directory-search';

function candidateOf({ identity: { scimUserId, accountId } }: Person): IdentityCandidate {
  return {
    ...(scimUserId !== undefined && { scimUserId: scimUserId.value }),
    ...(accountId !== undefined && { accountId: accountId.value }),
    foundIn: 'scim-record',
  };
}
