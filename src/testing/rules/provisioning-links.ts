import type { Account } from '../state/account-rows.js';
import type { ScimUserRow } from '../state/scim-rows.js';
import { dropLink } from './account-linking.js';
import type { ProvisioningWorld } from './provisioning-world.js';
import { dropScimUser } from './scim-users.js';

/** Breaks the link of a record, from the organization's side. Asked again, it changes nothing. */
export function unlink(world: ProvisioningWorld, row: ScimUserRow): void {
  if (row.accountId !== undefined) dropLink(world, row, { keepGroups: !world.switches.unlinkDropsGroups });
}

/** Deletes the records of an account in every directory of the organization; the account stays as it is. */
export function deleteRecords(world: ProvisioningWorld, account: Account): void {
  for (const row of world.state.scimUsers.findAll('accountId', account.accountId)) dropScimUser(world, row);
}
