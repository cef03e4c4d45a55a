import type { OrgUser } from '../clients/admin/org-user.js';
import type { CallOptions } from '../http/transport.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { needAdmin, type Clients } from './capabilities.js';

/** Reads an account as the organization sees it, in one search; `undefined` when it shows none. It trails behind writes. */
export async function readAccount(
  accountId: AtlassianAccountId,
  { clients }: { readonly clients: Clients },
  call: CallOptions,
): Promise<OrgUser | undefined> {
  const { users } = needAdmin(clients, 'Reading an account');
  const { items } = await users.searchPage({ accountIds: [accountId] }, undefined, call);
  return items.find((user) => user.accountId === accountId);
}
