import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { needAdmin, needScim } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { CheckedDeletionInput } from './delete-identity-input.js';

/** What Atlassian says in advance of deleting an account. */
export type DeletionPermission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reasonKey: string | undefined }
  /** The account is closed or unknown: there is nothing to delete. */
  | { readonly allowed: 'gone' };

/** What {@link deleteIdentity} reads before it decides. */
export interface DeletionObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  readonly account: OrgUser | undefined;
  /** Records of the account in every directory of the organization. Empty unless the account is to go. */
  readonly links: readonly ScimLink[];
  /** `undefined` unless the account is to go. */
  readonly permission: DeletionPermission | undefined;
}

/** Reads the record and, where the account is to go, what Atlassian allows and who else has records of it. */
export async function observeDeletion(
  input: Pick<CheckedDeletionInput, 'identity' | 'scope'>,
  context: ObserveContext,
): Promise<DeletionObservation> {
  const { mapper, call, clients } = context;
  const wholeAccount = input.scope === 'account';
  if (wholeAccount) needAdmin(clients, 'Deleting an account');
  else needScim(clients, 'Deleting a record');

  const found = await mapper.observe(input.identity, {
    ...call,
    need: [
      ...(clients.scim === undefined ? [] : ['scimUser' as const]),
      ...(wholeAccount ? ['accountId' as const, 'orgUser' as const] : []),
    ],
  });
  const accountId = found?.identity.accountId?.value;
  const [links, permission] =
    wholeAccount && accountId !== undefined
      ? await Promise.all([linksOf(accountId, context), permissionFor(accountId, context)])
      : [[], undefined];
  return { identity: found?.identity, record: found?.scimUser, account: found?.orgUser, links, permission };
}

async function linksOf(accountId: AtlassianAccountId, { clients, call }: ObserveContext): Promise<readonly ScimLink[]> {
  return needAdmin(clients, 'Reading provisioning links').provisioningLinks.forAccount(accountId, call);
}

async function permissionFor(
  accountId: AtlassianAccountId,
  { clients, call }: ObserveContext,
): Promise<DeletionPermission> {
  const { managedAccounts } = needAdmin(clients, 'Asking what is allowed');
  try {
    const { privileges } = await managedAccounts.permissions(accountId, ['lifecycle.delete'], call);
    const rule = privileges.get('lifecycle.delete');
    return rule?.allowed === true ? { allowed: true } : { allowed: false, reasonKey: rule?.reason };
  } catch (error) {
    if (isProvisionerError(error, 'not_found') && error.atlassianCode === 'accountNotFound') return { allowed: 'gone' };
    // `forbidden` is Atlassian's answer for an account that the organization does not manage.
    if (isProvisionerError(error, 'forbidden') && error.atlassianCode === 'forbidden')
      return { allowed: false, reasonKey: 'forbidden' };
    throw error;
  }
}
