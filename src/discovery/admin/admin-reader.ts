import type { AdminOrgClient } from '../../clients/admin/admin-org-client.js';
import { ALL_DIRECTORIES } from '../../clients/admin/org-directory-scope.js';
import type { ManagedUser } from '../../clients/admin/managed-user.js';
import type { OrgUser } from '../../clients/admin/org-user.js';
import { present } from '../../model/present.js';
import type { ScimDirectoryClient } from '../../clients/scim/scim-directory-client.js';
import { SCIM_PAGE_SIZE } from '../../clients/scim/scim-list.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { AdminEntity, AdminGroup, AdminRoleAssignment } from '../entities/admin-entities.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed, intoAll, mapped } from '../reading/feed.js';
import { gap, type Part } from '../reading/gap-of-error.js';
import { Lookup } from '../reading/lookup.js';
import { ReadSession } from '../reading/read-session.js';
import { toAdminGroup, toAdminUser, toGroupRoles, toScimRecord, toTenant, toUserRoles } from './admin-mapping.js';
import { WITHOUT_ORGANIZATION } from './without-organization.js';

const PAGE = 100;

const TENANT = { name: 'organization', hides: ['admin.tenant'] } as const;
const BILLING = {
  name: 'managed accounts',
  hides: ['admin.user'],
  neededBy: { parts: ['users', 'deactivations'], unfinished: ['roles of users'] },
} as const;
// Without the people, neither their roles nor what ties them to the products is known. The roles of groups are among those
// of the people in them, so that a list of groups that fails leaves nobody's access open.
const USERS = { name: 'users', hides: ['admin.user'], carries: ['admin.roleAssignment', 'connection'] } as const;
const DEACTIVATION = { name: 'deactivations', hides: ['admin.user'] } as const;
const GROUPS = { name: 'groups', hides: ['admin.group'] } as const;
const GROUP_ROLES = { name: 'roles of groups', hides: ['admin.roleAssignment'] } as const;
const USER_ROLES = { name: 'roles of users', hides: ['admin.roleAssignment'] } as const;
const ORGANIZATION = {
  name: 'connections',
  hides: ['admin.tenant', 'admin.user', 'admin.group', 'admin.roleAssignment', 'connection'],
} as const;
const RECORDS = { name: 'SCIM records', hides: ['scim.user', 'connection'] } as const;

/** What to read of an organization beside the lists. */
export interface AdminReaderOptions {
  /**
   * Whose roles to read. `everybody` (default) takes a call for each group and each person, and alone tells of roles that
   * were given directly; `groups` takes a call for each group, and leaves a gap for the rest.
   */
  readonly roles?: 'everybody' | 'groups' | 'none' | undefined;
  /**
   * What to read of people. `whole` (default) takes the pages of the managed accounts, for their paid seats, and a call for
   * each deactivated person, for the day; `dates` leaves the paid seats out, `listed` both, with a gap each.
   */
  readonly people?: 'whole' | 'dates' | 'listed' | undefined;
}

/**
 * Reads an organization: people, groups, memberships, roles, and the records of its SCIM directory.
 *
 * Calls, for N people of whom D are deactivated and M are managed, G groups and S records: 1 + ⌈N/100⌉ + D + the pages of
 * M (their size is Atlassian's) + ⌈G/100⌉ + G + N + ⌈S/100⌉, where no person and no group has more than 100 roles.
 */
export class AdminReader implements DiscoveryReader<'admin'> {
  readonly product = 'admin';
  readonly source: string;
  readonly #admin: AdminOrgClient | undefined;
  readonly #scim: ScimDirectoryClient | undefined;
  readonly #roles: NonNullable<AdminReaderOptions['roles']>;
  readonly #people: NonNullable<AdminReaderOptions['people']>;

  constructor(
    clients: { readonly admin?: AdminOrgClient | undefined; readonly scim?: ScimDirectoryClient | undefined },
    { roles = 'everybody', people = 'whole' }: AdminReaderOptions = {},
  ) {
    this.source = [clients.admin?.organizationId, clients.scim?.directoryId].filter((id) => id !== undefined).join(' ');
    this.#admin = clients.admin;
    this.#scim = clients.scim;
    this.#roles = roles;
    this.#people = people;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<AdminEntity | Gap, void, undefined> {
    const session = new ReadSession('admin', options, this.source);
    yield* session.together([
      ...(this.#admin === undefined ? [withoutKey(session)] : this.#organization(this.#admin, session)),
      this.#records(session),
    ]);
  }

  #organization(admin: AdminOrgClient, session: ReadSession<'admin'>) {
    const readsGroupRoles = this.#roles !== 'none' && session.wants(GROUP_ROLES);
    const readsUserRoles = this.#roles === 'everybody' && session.wants(USER_ROLES);
    const groups = readsGroupRoles ? new Feed<AdminGroup['id']>() : undefined;
    return [
      session.once(TENANT, async (call) => [toTenant(await admin.organizations.get(call))]),
      ...this.#users(admin, session, readsUserRoles),
      session.pages({
        ...GROUPS,
        fetch: async (cursor, call) => admin.groups.searchPage(GROUP_QUERY, cursor, call),
        keyOf: ({ id }) => id,
        map: toAdminGroup,
        feed: groups && mapped(groups, ({ id }: { readonly id: OrgGroupId }) => id),
      }),
      ...(groups === undefined ? [] : [this.#groupRoles(admin, session, groups)]),
      ...(this.#roles === 'everybody' ? [] : [unread(session, this.#roles)]),
    ];
  }

  /** The people as the search lists them; then each with what the search does not tell, and each one's roles. */
  #users(admin: AdminOrgClient, session: ReadSession<'admin'>, readsRoles: boolean) {
    const people = session.wants(USERS) ? new Feed<OrgUser>() : undefined;
    const holders = readsRoles ? new Feed<AtlassianAccountId>() : undefined;
    if (people === undefined && holders === undefined) return [];
    const feeds = [people, holders && mapped(holders, ({ accountId }: OrgUser) => accountId)];
    const billable = new Lookup(session, BILLING);
    return [
      session.pages<OrgUser>({
        ...USERS,
        fetch: async (cursor, call) => admin.users.searchPage(USER_QUERY, cursor, call),
        keyOf: ({ accountId }) => accountId,
        // Given with what the search does not tell.
        map: () => [],
        feed: intoAll(feeds.filter((feed) => feed !== undefined)),
      }),
      ...(people === undefined ? [] : [this.#persons(admin, session, people, billable)]),
      ...(people === undefined || session.isDone(DEACTIVATION) ? [] : this.#billing(admin, session, billable)),
      ...(holders === undefined ? [] : [this.#userRoles(admin, session, holders)]),
    ];
  }

  #billing(admin: AdminOrgClient, session: ReadSession<'admin'>, billable: Lookup) {
    if (this.#people === 'whole') return [readBillable(admin, session, billable)];
    const left = this.#people === 'dates' ? [BILLING] : [BILLING, DEACTIVATION];
    return left.map((part) => session.once({ ...part, name: `${part.name} (left out)` }, () => [leftOut(part)]));
  }

  #persons(admin: AdminOrgClient, session: ReadSession<'admin'>, items: Feed<OrgUser>, billable: Lookup) {
    const billing = ({ accountId }: OrgUser) => present({ billable: billable.get(accountId) });
    return session.each<OrgUser>({
      ...DEACTIVATION,
      items,
      resourceOf: ({ accountId, email }) => ({
        type: 'admin.user',
        id: accountId,
        ...(email !== undefined && { name: email }),
      }),
      otherwise: (user) => [toAdminUser(user, billing(user))],
      read: async (user, call) => {
        if (this.#people === 'whole') await billable.isRead;
        const isInactive = user.accountStatus === 'inactive' && this.#people !== 'listed';
        const details = isInactive ? await admin.users.get(ALL_DIRECTORIES, user.accountId, call) : undefined;
        return [toAdminUser(user, billing(user), details?.deactivatedAt)];
      },
    });
  }

  #groupRoles(admin: AdminOrgClient, session: ReadSession<'admin'>, items: Feed<OrgGroupId>) {
    return session.each({
      ...GROUP_ROLES,
      items,
      resourceOf: (id) => ({ type: 'admin.group', id }),
      read: async (id, call) => {
        const found: AdminRoleAssignment[] = [];
        let isTold = true;
        for await (const row of admin.groups.listRoleAssignments(ALL_DIRECTORIES, id, { limit: PAGE }, call)) {
          isTold &&= row.roles !== undefined;
          found.push(...toGroupRoles({ type: 'group', id }, row));
        }
        return isTold ? found : [...found, rolesUntold(GROUP_ROLES, { type: 'admin.group', id })];
      },
    });
  }

  #userRoles(admin: AdminOrgClient, session: ReadSession<'admin'>, items: Feed<AtlassianAccountId>) {
    return session.each({
      ...USER_ROLES,
      items,
      resourceOf: (id) => ({ type: 'admin.user', id }),
      read: async (id, call) => {
        const found: AdminRoleAssignment[] = [];
        let isTold = true;
        for await (const row of admin.users.listRoleAssignments(ALL_DIRECTORIES, id, { limit: PAGE }, call)) {
          isTold &&= row.roleAssignments !== undefined;
          found.push(...toUserRoles({ type: 'account', id }, row));
        }
        return isTold ? found : [...found, rolesUntold(USER_ROLES, { type: 'admin.user', id })];
      },
    });
  }

  #records(session: ReadSession<'admin'>): AsyncGenerator<AdminEntity | Gap, void, undefined> {
    const scim = this.#scim;
    if (scim === undefined)
      return session.once(RECORDS, () => [
        gap('admin', RECORDS, {
          what: 'no-directory',
          reason: 'not-configured',
          message: 'No SCIM directory is configured: its records, and which account each belongs to, are not read',
          advice: 'Give `scim` in the configuration.',
        }),
      ]);
    return session.pages({
      ...RECORDS,
      fetch: async (cursor, call) => {
        const startIndex = cursor === undefined ? 1 : Number(cursor);
        const page = await scim.users.listPage({ startIndex, count: SCIM_PAGE_SIZE }, call);
        const { items, nextStartIndex, totalResults } = page;
        return { items, next: nextStartIndex?.toString(), total: totalResults };
      },
      keyOf: ({ id }) => id,
      map: toScimRecord,
    });
  }
}

const USER_QUERY = { expand: ['platformRoles', 'productAccess', 'groups'], limit: PAGE } as const;
const GROUP_QUERY = { expand: ['counts.users'], limit: PAGE } as const;

/** Whether each managed account takes a paid seat: the search of people does not tell. */
function readBillable(admin: AdminOrgClient, session: ReadSession<'admin'>, found: Lookup) {
  return found.read<'admin', ManagedUser>(session, {
    fetch: async (cursor, call) => admin.users.listManagedPage(cursor, call),
    keyOf: ({ accountId }) => accountId,
    map: ({ accountId, billable }) => {
      if (billable !== undefined) found.put(accountId, billable);
      return [];
    },
  });
}

function withoutKey(session: ReadSession<'admin'>): AsyncGenerator<AdminEntity | Gap> {
  return session.once(ORGANIZATION, () => [
    gap('admin', ORGANIZATION, {
      what: 'no-organization',
      reason: 'not-configured',
      message: WITHOUT_ORGANIZATION,
      advice: 'Give `admin` and `organizationId` in the configuration.',
    }),
  ]);
}

/** Of rows without their list of roles: that is not a list of none. */
function rolesUntold(part: typeof GROUP_ROLES | typeof USER_ROLES, resource: NonNullable<Gap['resource']>): Gap {
  return gap('admin', part, {
    what: 'row-without-roles',
    reason: 'truncated',
    message: 'Atlassian listed a resource without the roles on it',
    resource,
  });
}

function leftOut(part: Part): Gap {
  return gap('admin', part, {
    what: 'not-asked',
    reason: 'skipped',
    message: `The ${part.name} were not asked for`,
    advice: "Read with `people: 'whole'`.",
  });
}

function unread(session: ReadSession<'admin'>, roles: 'groups' | 'none'): AsyncGenerator<AdminEntity | Gap> {
  const part = { ...USER_ROLES, name: roles === 'groups' ? USER_ROLES.name : 'roles' };
  return session.once(part, () => [
    gap('admin', part, {
      what: 'not-asked',
      reason: 'skipped',
      message:
        roles === 'groups' ? 'Roles that were given to people directly were not asked for' : 'Roles were not asked for',
      advice: "Read with `roles: 'everybody'`, which takes a call for each group and each person.",
    }),
  ]);
}
