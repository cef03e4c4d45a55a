import type { AdminOrgClient } from '../../clients/admin/admin-org-client.js';
import { ALL_DIRECTORIES } from '../../clients/admin/org-directory-scope.js';
import type { OrgUser } from '../../clients/admin/org-user.js';
import type { ScimDirectoryClient } from '../../clients/scim/scim-directory-client.js';
import { SCIM_PAGE_SIZE } from '../../clients/scim/scim-list.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { AdminEntity, AdminGroup, AdminRoleAssignment } from '../entities/admin-entities.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError } from '../reading/gap-of-error.js';
import { ReadSession } from '../reading/read-session.js';
import { toAdminGroup, toAdminUser, toGroupRoles, toScimRecord, toTenant, toUserRoles } from './admin-mapping.js';

const PAGE = 100;

const TENANT = { name: 'organization', hides: ['admin.tenant'] } as const;
const BILLING = { name: 'managed accounts', hides: ['admin.user'] } as const;
const USERS = { name: 'users', hides: ['admin.user'] } as const;
const DEACTIVATION = { name: 'deactivations', hides: ['admin.user'] } as const;
const GROUPS = { name: 'groups', hides: ['admin.group'] } as const;
const GROUP_ROLES = { name: 'roles of groups', hides: ['admin.roleAssignment'] } as const;
const USER_ROLES = { name: 'roles of users', hides: ['admin.roleAssignment'] } as const;
const RECORDS = { name: 'SCIM records', hides: ['scim.user', 'connection'] } as const;

/** What to read of an organization beside the lists. */
export interface AdminReaderOptions {
  /**
   * Whose roles to read. `everybody` (default) takes a call for each group and each person, and alone tells of roles that
   * were given directly; `groups` takes a call for each group, and leaves a gap for the rest.
   */
  readonly roles?: 'everybody' | 'groups' | 'none' | undefined;
}

/**
 * Reads an organization: people, groups, memberships, roles, and the records of its SCIM directory.
 *
 * Calls, for N people of whom D are deactivated and M are managed, G groups and S records: 1 + ⌈N/100⌉ + D + the pages of
 * M (their size is Atlassian's) + ⌈G/100⌉ + G + N + ⌈S/100⌉, where no person and no group has more than 100 roles.
 */
export class AdminReader implements DiscoveryReader<'admin'> {
  readonly product = 'admin';
  readonly #admin: AdminOrgClient | undefined;
  readonly #scim: ScimDirectoryClient | undefined;
  readonly #roles: NonNullable<AdminReaderOptions['roles']>;

  constructor(
    clients: { readonly admin?: AdminOrgClient | undefined; readonly scim?: ScimDirectoryClient | undefined },
    { roles = 'everybody' }: AdminReaderOptions = {},
  ) {
    this.#admin = clients.admin;
    this.#scim = clients.scim;
    this.#roles = roles;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<AdminEntity | Gap, void, undefined> {
    const session = new ReadSession('admin', options);
    yield* session.together([
      ...(this.#admin === undefined ? [] : this.#organization(this.#admin, session)),
      this.#records(session),
    ]);
  }

  #organization(admin: AdminOrgClient, session: ReadSession<'admin'>) {
    const readsGroupRoles = this.#roles !== 'none' && session.wants(GROUP_ROLES);
    const readsUserRoles = this.#roles === 'everybody' && session.wants(USER_ROLES);
    const groups = readsGroupRoles ? new Feed<AdminGroup['id']>() : undefined;
    const users = readsUserRoles ? new Feed<AtlassianAccountId>() : undefined;
    return [
      session.once(TENANT, async (call) => [toTenant(await admin.organizations.get(call))]),
      this.#users(admin, session, users),
      session.pages({
        ...GROUPS,
        fetch: async (cursor, call) => admin.groups.searchPage(GROUP_QUERY, cursor, call),
        keyOf: ({ id }) => id,
        map: toAdminGroup,
        feed: groups && mapped(groups, ({ id }: { readonly id: OrgGroupId }) => id),
      }),
      ...(groups === undefined ? [] : [this.#groupRoles(admin, session, groups)]),
      ...(users === undefined ? [] : [this.#userRoles(admin, session, users)]),
      ...(this.#roles === 'everybody' ? [] : [unread(session, this.#roles)]),
    ];
  }

  async *#users(
    admin: AdminOrgClient,
    session: ReadSession<'admin'>,
    feed: Feed<AtlassianAccountId> | undefined,
  ): AsyncGenerator<AdminEntity | Gap, void, undefined> {
    const gaps: Gap[] = [];
    const billable = session.wants(USERS) ? await billableAccounts(admin, session, gaps) : new Map<string, boolean>();
    yield* gaps;
    yield* session.pages({
      ...USERS,
      fetch: async (cursor, call) => {
        const page = await admin.users.searchPage(USER_QUERY, cursor, call);
        const since = session.wants(USERS) ? await deactivations(admin, page.items, session, call) : NOTHING;
        const items = page.items.map((user): ListedUser => ({ user, since: since.get(user.accountId) }));
        return { items, next: page.next };
      },
      keyOf: ({ user }) => user.accountId,
      map: ({ user, since }) => {
        const isBillable = billable.get(user.accountId);
        const known = typeof since === 'string' ? since : undefined;
        const entity = toAdminUser(user, isBillable === undefined ? {} : { billable: isBillable }, known);
        return since === undefined || typeof since === 'string' ? entity : [entity, since];
      },
      feed: feed && mapped(feed, ({ user }: ListedUser) => user.accountId),
    });
  }

  #groupRoles(admin: AdminOrgClient, session: ReadSession<'admin'>, items: AsyncIterable<OrgGroupId>) {
    return session.each({
      ...GROUP_ROLES,
      items,
      keyOf: (id) => id,
      resourceOf: (id) => ({ type: 'admin.group', id }),
      read: async (id, call) => {
        const found: AdminRoleAssignment[] = [];
        for await (const row of admin.groups.listRoleAssignments(ALL_DIRECTORIES, id, { limit: PAGE }, call))
          found.push(...toGroupRoles({ type: 'group', id }, row));
        return found;
      },
    });
  }

  #userRoles(admin: AdminOrgClient, session: ReadSession<'admin'>, items: AsyncIterable<AtlassianAccountId>) {
    return session.each({
      ...USER_ROLES,
      items,
      keyOf: (id) => id,
      resourceOf: (id) => ({ type: 'admin.user', id }),
      read: async (id, call) => {
        const found: AdminRoleAssignment[] = [];
        for await (const row of admin.users.listRoleAssignments(ALL_DIRECTORIES, id, { limit: PAGE }, call))
          found.push(...toUserRoles({ type: 'account', id }, row));
        return found;
      },
    });
  }

  #records(session: ReadSession<'admin'>): AsyncGenerator<AdminEntity | Gap, void, undefined> {
    const scim = this.#scim;
    if (scim === undefined)
      return session.once(RECORDS, () => [
        gap('admin', RECORDS, {
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

/** A person, and since when they are deactivated or why that is not known. */
interface ListedUser {
  readonly user: OrgUser;
  readonly since: string | Gap | undefined;
}

const USER_QUERY = { expand: ['platformRoles', 'productAccess', 'groups'], limit: PAGE } as const;
const GROUP_QUERY = { expand: ['counts.users'], limit: PAGE } as const;
const NOTHING: ReadonlyMap<AtlassianAccountId, string | Gap> = new Map();

/** Whether each managed account takes a paid seat: the search does not tell. */
async function billableAccounts(
  admin: AdminOrgClient,
  session: ReadSession<'admin'>,
  gaps: Gap[],
): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  if (session.isDone(USERS)) return found;
  try {
    for await (const { accountId, billable } of admin.users.listManaged(session.call))
      if (billable !== undefined) found.set(accountId, billable);
  } catch (error) {
    gaps.push(gapOfError(error, 'admin', BILLING));
  }
  return found;
}

/** Since when each deactivated person of a page is: the search does not tell. */
async function deactivations(
  admin: AdminOrgClient,
  users: readonly OrgUser[],
  session: ReadSession<'admin'>,
  call: CallOptions,
): Promise<ReadonlyMap<AtlassianAccountId, string | Gap>> {
  const inactive = users.filter(({ accountStatus }) => accountStatus === 'inactive');
  const known = await Promise.all(
    inactive.map(async ({ accountId, email }) => {
      try {
        const { deactivatedAt } = await admin.users.get(ALL_DIRECTORIES, accountId, call);
        return [accountId, deactivatedAt] as const;
      } catch (error) {
        const resource = { type: 'admin.user', id: accountId, ...(email !== undefined && { name: email }) } as const;
        return [accountId, gapOfError(error, session.product, DEACTIVATION, resource)] as const;
      }
    }),
  );
  return new Map(known.flatMap(([id, since]) => (since === undefined ? [] : [[id, since] as const])));
}

function unread(session: ReadSession<'admin'>, roles: 'groups' | 'none'): AsyncGenerator<AdminEntity | Gap> {
  const part = { ...USER_ROLES, name: roles === 'groups' ? USER_ROLES.name : 'roles' };
  return session.once(part, () => [
    gap('admin', part, {
      reason: 'skipped',
      message:
        roles === 'groups' ? 'Roles that were given to people directly were not asked for' : 'Roles were not asked for',
      advice: "Read with `roles: 'everybody'`, which takes a call for each group and each person.",
    }),
  ]);
}

/** A feed of something else, which passes on what is pushed into it. */
function mapped<From, To>(feed: Feed<To>, map: (item: From) => To): Pick<Feed<From>, 'push' | 'end'> {
  return { push: (item) => feed.push(map(item)), end: () => feed.end() };
}
