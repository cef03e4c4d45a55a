import type { ScimDirectoryId, ScimUserId } from '../../model/ids.js';
import { primaryEmail, scimKey, type FakeState } from '../state/fake-state.js';
import type { ScimUserAttributes, ScimUserRow } from '../state/scim-rows.js';
import { linkAccount } from './account-linking.js';
import { propagateLossOfGroups } from './group-mirror.js';
import type { ProvisioningWorld } from './provisioning-world.js';
import { withStatus } from './push-profile.js';
import { scimTimestamp } from './scim-timestamp.js';

/** The attribute by which a user collides with something that exists, and its value as given. */
export interface UserConflict {
  readonly attribute: 'email' | 'userName' | 'externalId';
  readonly value: string;
}

/**
 * What a user with these attributes would collide with: another user of the directory by email, `userName` or a non-empty
 * `externalId`, or an Atlassian account that holds the email and cannot be its own.
 */
export function findUserConflict(
  state: FakeState,
  directoryId: ScimDirectoryId,
  attributes: ScimUserAttributes,
  own: ScimUserRow | undefined,
): UserConflict | undefined {
  const email = primaryEmail({ attributes }) ?? '';
  if (emailConflicts(state, directoryId, email, own)) return { attribute: 'email', value: email };

  const { userName, externalId } = attributes;
  const sameName = state.scimUsers.find('userName', scimKey(directoryId, userName.toLowerCase()));
  if (sameName !== undefined && sameName.id !== own?.id) return { attribute: 'userName', value: userName };

  if (externalId === undefined || externalId === '') return undefined;
  const sameExternalId = state.scimUsers.find('externalId', scimKey(directoryId, externalId));
  if (sameExternalId === undefined || sameExternalId.id === own?.id) return undefined;
  return { attribute: 'externalId', value: externalId };
}

function emailConflicts(
  state: FakeState,
  directoryId: ScimDirectoryId,
  email: string,
  own: ScimUserRow | undefined,
): boolean {
  const isOther = (row: ScimUserRow): boolean => row.directoryId === directoryId && row.id !== own?.id;
  if (state.scimUsers.findAll('email', email.toLowerCase()).some(isOther)) return true;

  const holder = state.accountByEmail(email);
  if (holder === undefined || holder.accountId === own?.accountId) return false;
  if (holder.claimedByOrg !== undefined && !state.isManaged(holder)) return true;
  if (state.scimUsers.findAll('accountId', holder.accountId).some(isOther)) return true;
  const moves = own === undefined || primaryEmail(own)?.toLowerCase() !== email.toLowerCase();
  return own?.accountId !== undefined && moves;
}

/** Adds a user and links it. The caller has made sure that nothing collides. */
export function createScimUser(
  world: ProvisioningWorld,
  directoryId: ScimDirectoryId,
  attributes: ScimUserAttributes,
): ScimUserRow {
  const now = scimTimestamp(world.state.clock.now());
  const row: ScimUserRow = {
    id: world.state.ids.next('scimUser') as ScimUserId,
    directoryId,
    attributes,
    created: now,
    lastModified: now,
  };
  world.state.scimUsers.put(row);
  return linkAccount(world, row, undefined);
}

/** Replaces the attributes of a user, and lets the account follow. The caller has made sure that nothing collides. */
export function updateScimUser(
  world: ProvisioningWorld,
  before: ScimUserRow,
  attributes: ScimUserAttributes,
): ScimUserRow {
  const row: ScimUserRow = { ...before, attributes, lastModified: scimTimestamp(world.state.clock.now()) };
  world.state.scimUsers.put(row);
  return linkAccount(world, row, before);
}

/** Deletes a record for good, and deactivates the account where the organization manages it. */
export function deleteScimUser(world: ProvisioningWorld, row: ScimUserRow): void {
  dropScimUser(world, row);
  const account = row.accountId === undefined ? undefined : world.state.accounts.get(row.accountId);
  if (account === undefined || !world.state.isManaged(account)) return;
  world.state.accounts.put(withStatus(account, false, world.state.clock.now()));
}

/** Deletes a record and nothing else; its groups lose the person. */
export function dropScimUser(world: ProvisioningWorld, row: ScimUserRow): void {
  const { state, propagate } = world;
  propagateLossOfGroups(state, propagate, row);
  state.scimMembers.dropMember(row.id);
  state.scimUsers.delete(row.id);
}
