import type { Account } from '../state/account-rows.js';
import { primaryEmail } from '../state/fake-state.js';
import type { ScimUserRow } from '../state/scim-rows.js';
import { createAccount } from './create-account.js';
import { propagateLossOfGroups, propagateMember } from './group-mirror.js';
import type { ProvisioningWorld } from './provisioning-world.js';
import { pushProfile } from './push-profile.js';

/**
 * Links a SCIM user to its Atlassian account after a write, and pushes the profile. Returns the row as it is then.
 *
 * - on a domain that the organization has verified and claimed: the account is found by email, or created
 * - elsewhere: an account that exists is linked as an external one; without one the user stays unlinked
 * - an email that moves to a domain that is not claimed drops the link, in silence but for the provisioning log; the
 *   account keeps its old email, and the person leaves the synced groups in the products
 */
export function linkAccount(world: ProvisioningWorld, row: ScimUserRow, before: ScimUserRow | undefined): ScimUserRow {
  const { state } = world;
  const email = primaryEmail(row) ?? '';
  const moved = before !== undefined && primaryEmail(before)?.toLowerCase() !== email.toLowerCase();
  const current = row.accountId === undefined ? undefined : state.accounts.get(row.accountId);

  if (current !== undefined && moved && !(state.isManaged(current) && state.isClaimed(email))) {
    const unlinked = dropLink(world, row);
    state.log({
      scimDirectoryId: row.directoryId,
      scimUserId: row.id,
      message: `Email update to unmanaged user with ID ${row.id}, primary email ${email}, unlinked any associated atlassian account.`,
    });
    return state.isClaimed(email) ? linkByEmail(world, unlinked, email) : unlinked;
  }
  if (current === undefined) return linkByEmail(world, row, email);
  pushProfile(state, current, row.attributes);
  return row;
}

/** Breaks the link; neither side is deleted. The person leaves the synced groups in the products. */
export function dropLink(world: ProvisioningWorld, row: ScimUserRow, { keepGroups = false } = {}): ScimUserRow {
  if (!keepGroups) propagateLossOfGroups(world.state, world.propagate, row);
  const { accountId: _dropped, ...rest } = row;
  const unlinked: ScimUserRow = { ...rest, wasUnlinked: true };
  world.state.scimUsers.put(unlinked);
  return unlinked;
}

function linkByEmail(world: ProvisioningWorld, row: ScimUserRow, email: string): ScimUserRow {
  const { state } = world;
  const account = findOrCreate(world, row, email);
  if (account === undefined) return row;

  const linked: ScimUserRow = { ...row, accountId: account.accountId };
  state.scimUsers.put(linked);
  pushProfile(state, account, row.attributes);

  const directory = state.scimDirectories.get(row.directoryId);
  if (directory !== undefined)
    world.propagate({
      type: 'join-directory',
      directoryId: directory.orgDirectoryId,
      accountId: account.accountId,
    });
  if (row.wasUnlinked !== true) {
    for (const groupId of state.scimMembers.groupsOf(row.id)) {
      const group = state.scimGroups.get(groupId);
      if (group !== undefined) propagateMember(world.propagate, group, linked);
    }
  }
  return linked;
}

function findOrCreate({ state }: ProvisioningWorld, row: ScimUserRow, email: string): Account | undefined {
  const existing = state.accountByEmail(email);
  if (existing !== undefined) {
    const foreign = existing.claimedByOrg !== undefined && !state.isManaged(existing);
    return foreign ? undefined : existing;
  }
  if (!state.isClaimed(email)) return undefined;
  return createAccount(state, {
    email,
    managementSource: 'synced',
    ...(row.attributes.active ? {} : { status: 'inactive', deactivatedAt: state.clock.now() }),
  });
}
