import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId } from '../../model/ids.js';
import type { Account, DirectoryMembership } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { VisibleState } from '../state/visible-state.js';
import { membershipStatus, userStatus } from './composite-status.js';
import { bindingsReaching } from './held-roles.js';

/** Which users a search, a list or a count asks for. What is absent filters nothing. */
export interface UserQuery {
  /** The directory of the path; absent for `-`, all directories. */
  readonly directoryId?: OrgDirectoryId;
  /** Whether managed accounts that are in no directory count. Only where no directory is named. */
  readonly outsiders: boolean;
  readonly accountIds?: readonly string[];
  readonly emails?: readonly string[];
  readonly searchTerm?: string;
  readonly emailDomains?: readonly string[];
  readonly groupIds?: readonly string[];
  readonly directoryIds?: readonly string[];
  readonly resourceIds?: readonly string[];
  readonly roleIds?: readonly string[];
  readonly claimStatus?: string;
  readonly status?: readonly string[];
  readonly accountStatus?: readonly string[];
  readonly membershipStatus?: readonly string[];
  readonly mfaEnabled?: boolean;
  readonly sort?: 'asc' | 'desc';
}

/** A user as reads of the organization show one. */
export interface FoundUser {
  readonly account: Account;
  readonly memberships: readonly DirectoryMembership[];
}

/** The truth, and what reads show of it. */
export interface Reads {
  readonly state: FakeState;
  readonly visible: VisibleState;
}

type Filter = (user: FoundUser) => boolean;

/** Gives the user of an account id when the query asks for it. */
export function userPicker(reads: Reads, query: UserQuery): (accountId: string) => FoundUser | undefined {
  const filters = [...accountFilters(reads, query), ...stateFilters(query), ...accessFilters(reads, query)];
  return (accountId) => {
    const user = findUser(reads, accountId as AtlassianAccountId);
    return user !== undefined && filters.every((holds) => holds(user)) ? user : undefined;
  };
}

/** The user of an account id: a person in a directory, or a managed account. No service accounts. */
export function findUser({ state, visible }: Reads, accountId: AtlassianAccountId): FoundUser | undefined {
  const account = visible.account(accountId);
  if (account?.type !== 'atlassian') return undefined;
  const memberships = visible.membershipsOf(accountId);
  return memberships.length > 0 || state.isManaged(account) ? { account, memberships } : undefined;
}

/** Whether the organization has this person now, whatever reads show yet: in a directory, or as a managed account. */
export function isPersonHere(state: FakeState, accountId: AtlassianAccountId): boolean {
  const account = state.accounts.get(accountId);
  if (account === undefined) return false;
  return state.isManaged(account) || state.directoryMemberships.count('accountId', accountId) > 0;
}

function accountFilters({ state }: Reads, query: UserQuery): Filter[] {
  const { accountIds, emails, emailDomains, searchTerm, claimStatus, mfaEnabled } = query;
  const filters: Filter[] = [];
  if (accountIds !== undefined) filters.push(({ account }) => accountIds.includes(account.accountId));
  if (emails !== undefined) {
    const wanted = new Set(emails.map((email) => email.toLowerCase()));
    filters.push(({ account }) => wanted.has(account.email.toLowerCase()));
  }
  if (emailDomains !== undefined) {
    const endings = emailDomains.map((domain) => `@${domain.toLowerCase()}`);
    filters.push(({ account }) => endings.some((ending) => account.email.toLowerCase().endsWith(ending)));
  }
  if (searchTerm !== undefined) {
    const term = searchTerm.toLowerCase();
    filters.push(({ account: { name, nickname, email } }) =>
      [name, nickname, email].some((text) => text.toLowerCase().includes(term)),
    );
  }
  if (claimStatus !== undefined)
    filters.push(({ account }) => state.isManaged(account) === (claimStatus === 'managed'));
  if (mfaEnabled !== undefined)
    filters.push(({ account }) => state.isManaged(account) && account.mfaEnabled === mfaEnabled);
  return filters;
}

function stateFilters({ status, accountStatus, membershipStatus: wanted }: UserQuery): Filter[] {
  const filters: Filter[] = [];
  if (accountStatus !== undefined) filters.push(({ account }) => accountStatus.includes(account.status));
  if (wanted !== undefined) filters.push(({ memberships }) => wanted.includes(membershipStatus(memberships)));
  if (status !== undefined)
    filters.push(({ account, memberships }) => status.includes(userStatus(account, membershipStatus(memberships))));
  return filters;
}

function accessFilters({ visible }: Reads, query: UserQuery): Filter[] {
  const { directoryId, directoryIds, groupIds, resourceIds, roleIds } = query;
  const filters: Filter[] = [];
  if (directoryId !== undefined) filters.push(({ memberships }) => isIn(memberships, [directoryId]));
  if (directoryIds !== undefined) filters.push(({ memberships }) => isIn(memberships, directoryIds));
  if (directoryId === undefined && directoryIds === undefined && !query.outsiders && query.claimStatus !== 'managed')
    filters.push(({ memberships }) => memberships.length > 0);
  if (groupIds !== undefined) {
    const members = groupIds.map((groupId) => visible.membersOf(groupId as OrgGroupId));
    filters.push(({ account }) => members.some((group) => group.has(account.accountId)));
  }
  if (resourceIds !== undefined || roleIds !== undefined) {
    filters.push(({ account }) => {
      for (const { resourceId, roleId } of bindingsReaching(visible, account.accountId)) {
        if ((resourceIds?.includes(resourceId) ?? true) && (roleIds?.includes(roleId) ?? true)) return true;
      }
      return false;
    });
  }
  return filters;
}

function isIn(memberships: readonly DirectoryMembership[], directoryIds: readonly string[]): boolean {
  return memberships.some(({ directoryId }) => directoryIds.includes(directoryId));
}
