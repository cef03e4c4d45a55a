import type { OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import type { Account, OrgGroup } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import { createAccount } from './create-account.js';
import { joinDirectory } from './group-mirror.js';
import { refusalOfEdit, refusalOfMember, type GroupRules } from './org-group-writes.js';
import type { RoleTarget } from './resources.js';
import { isBillable } from './role-catalogue.js';
import { grantRole, refusalOfRole, refusalOfUserGrant, userPrincipal } from './role-grants.js';
import { hasFreeSeat, seatHolders } from './seats.js';

/** What people are invited to. */
export interface Invitation {
  readonly roles: readonly { readonly target: RoleTarget; readonly roleId: string }[];
  readonly groups: readonly OrgGroup[];
}

/** What came of one part of an invitation; `reason` is there where it failed. */
interface InvitationOutcome<Id extends string> {
  readonly id: Id;
  readonly roleId?: string;
  readonly reason: string | undefined;
}

/** One person who was invited. */
export interface InvitedPerson {
  readonly account: Account;
  readonly roles: readonly InvitationOutcome<ResourceAri>[];
  readonly groups: readonly InvitationOutcome<OrgGroupId>[];
}

/** Whether a product of the invitation has no seat left for anyone: then the whole invitation is refused. */
export function isOutOfSeats(state: FakeState, { roles }: Invitation, emails: readonly string[]): boolean {
  return roles.some(({ target, roleId }) =>
    target.workspaces.some((workspace) => {
      if (!isBillable(roleId) || hasFreeSeat(state, workspace)) return false;
      const holders = seatHolders(state, workspace);
      return !emails.some((email) => {
        const account = state.accountByEmail(email);
        return account !== undefined && holders.has(account.accountId);
      });
    }),
  );
}

/**
 * Invites one person: finds the account or creates it, puts it into the directories of the products and groups, and gives
 * what can be given. One part that fails does not stop the others.
 */
export function invitePerson(
  state: FakeState,
  email: string,
  { roles, groups }: Invitation,
  rules: GroupRules,
): InvitedPerson {
  const account =
    state.accountByEmail(email) ??
    createAccount(state, { email, managementSource: 'invited', emailVerified: state.isClaimed(email) });
  const { accountId } = account;
  for (const directoryId of directoriesOf(state, { roles, groups })) joinDirectory(state, directoryId, accountId);

  return {
    account,
    roles: roles.map(({ target, roleId }) => {
      const refused = refusalOfRole(target, roleId) ?? refusalOfUserGrant(state, accountId, target, roleId);
      const { resourceId } = target;
      if (refused === undefined) grantRole(state, { principal: userPrincipal(accountId), resourceId, roleId });
      return { id: resourceId, roleId, reason: refused?.detail };
    }),
    groups: groups.map((group) => {
      const refused =
        refusalOfEdit(group, rules) ?? refusalOfMember(state, group, accountId, { ...rules, readdMember: 204 });
      if (refused === undefined) state.groupMembers.add(group.id, accountId);
      return { id: group.id, reason: refused?.detail };
    }),
  };
}

/** The directories of what is given; the oldest of the organization where nothing is. */
function directoriesOf(state: FakeState, { roles, groups }: Invitation): Set<OrgDirectoryId> {
  const directories = new Set([
    ...roles.flatMap(({ target }) => target.workspaces.map((workspace) => workspace.orgDirectoryId)),
    ...groups.map((group) => group.directoryId),
  ]);
  const [oldest] = state.orgDirectories.values();
  if (directories.size === 0 && oldest !== undefined) directories.add(oldest.id);
  return directories;
}
