import type { OrgUser } from '../clients/admin/org-user.js';
import type { ObserveContext } from '../plan/action-definition.js';

/**
 * The account, with its claim status told by its domain where Atlassian's answer leaves the status out.
 *
 * An account is managed when its email is on a domain that the organization claimed; on any other it is its owner's, whom
 * only a suspension in the directory keeps out. Where the domain cannot tell either, the status stays absent. Actions take
 * that for managed: the write to the account is then refused, and reported, where a suspension alone would leave a managed
 * account active in silence.
 */
export async function withClaimStatus(
  account: OrgUser | undefined,
  { domains, call }: Pick<ObserveContext, 'domains' | 'call'>,
): Promise<OrgUser | undefined> {
  if (account?.email === undefined || account.claimStatus !== undefined) return account;
  const isClaimed = await domains.covers(account.email, call);
  return isClaimed === undefined ? account : { ...account, claimStatus: isClaimed ? 'managed' : 'unmanaged' };
}
