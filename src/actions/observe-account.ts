import type { OrgUser } from '../clients/admin/org-user.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts, sameText } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { needAdmin } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { withClaimStatus } from './claim-status.js';
import { emailDriftNotes, twoPeople } from './email-drift.js';
import { withRecentState } from './recent-state.js';

/** A person's account, for an action that is about nothing else. */
export interface AccountObservation {
  readonly identity: ResolvedIdentity;
  readonly accountId: AtlassianAccountId;
  /** Absent when the organization does not show the account. */
  readonly account: OrgUser | undefined;
  /** Where record and account do not agree on who the person is, one sentence each. */
  readonly doubts: readonly string[];
}

/**
 * Reads the account of a person, who is the same one that every other action would find by this id.
 *
 * @throws `identity_not_found` without an account, `identity_conflict` when the email is that of a record and of an
 * account that goes with another.
 */
export async function observeAccount(
  purpose: string,
  ref: IdentityRef,
  context: ObserveContext,
): Promise<AccountObservation> {
  const { clients, mapper, call, recent } = context;
  needAdmin(clients, purpose);
  const found = await mapper.observe(ref, { ...call, need: ['accountId', 'orgUser'] });
  const accountId = found?.identity.accountId?.value;
  if (found === undefined || accountId === undefined) throw new IdentityNotFoundError(refParts(ref).kind);
  const { identity } = found;
  if ('email' in ref && identity.scimUserId === undefined) await refuseRecordOfAnother(ref.email, accountId, context);
  return {
    identity,
    accountId,
    account: withRecentState(await withClaimStatus(found.orgUser, context), recent),
    doubts: await emailDriftNotes(ref, found, context),
  };
}

/** By its email an account is found in one search, which does not tell of a record that has the email too. */
async function refuseRecordOfAnother(
  email: string,
  accountId: AtlassianAccountId,
  { clients: { scim }, call }: ObserveContext,
): Promise<void> {
  if (scim === undefined) return;
  for await (const record of scim.users.list({ filter: { userName: email } }, call)) {
    const isTheirs = record.primaryEmail === undefined || sameText(record.primaryEmail, email);
    if (!isTheirs || record.accountId === undefined || record.accountId === accountId) continue;
    throw twoPeople(
      { scimUserId: record.id, accountId: record.accountId, foundIn: 'scim-record' },
      { accountId, foundIn: 'directory-search' },
    );
  }
}
