import type { JiraClient } from '../../clients/jira/jira-client.js';
import type { JiraPermissionScheme as WireScheme } from '../../clients/jira/jira-permission-scheme.js';
import type { JiraProject as WireProject } from '../../clients/jira/jira-project.js';
import type { JiraGroupName } from '../../clients/jira/jira-user.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { typesOfProduct } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { JiraEntity } from '../entities/jira-entities.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError, type Part } from '../reading/gap-of-error.js';
import { ReadSession } from '../reading/read-session.js';
import {
  toApplicationRole,
  toInstance,
  toJiraProject,
  toJiraUser,
  toPermissionScheme,
  toProjectRole,
} from './jira-mapping.js';
import { ADD_ONS_ROLE, rolesOfProjects, type RoleOfProject } from './jira-roles.js';

const EVERYTHING: Part = { name: 'everything', hides: typesOfProduct('jira') };
const INSTANCE = { name: 'instance', hides: ['jira.instance'] } as const;
const USERS = { name: 'users', hides: ['jira.user'] } as const;
const GROUPS = { name: 'groups', hides: ['jira.group'] } as const;
const MEMBERS = { name: 'members of groups', hides: ['jira.group'] } as const;
const PROJECTS = { name: 'projects', hides: ['jira.project'] } as const;
const PROJECT_SCHEMES = { name: 'permission schemes of projects', hides: ['jira.project'] } as const;
const ROLES = { name: 'project roles', hides: ['jira.projectRole'] } as const;
const SCHEMES = { name: 'permission schemes', hides: ['jira.permissionScheme'] } as const;
const APPLICATIONS = { name: 'application roles', hides: ['jira.applicationRole'] } as const;
/** What a caller without Administer Jira is not told of. */
const HIDDEN_PROJECTS = { name: 'hidden projects', hides: ['jira.project', 'jira.projectRole'] } as const;

type Session = ReadSession<'jira'>;
type Found = AsyncGenerator<JiraEntity | Gap, void, undefined>;

/** What the caller may do; `undefined` where Jira did not say. */
interface Rights {
  readonly administers: boolean | undefined;
}

/** A group of which Jira tells the id. */
type KnownGroup = JiraGroupName & { readonly groupId: OrgGroupId };

/**
 * Reads the Jira of a site: users, groups with members, projects, roles with their holders, permission schemes and
 * application roles.
 *
 * Calls, for N users, G groups, P projects and Rₚ roles in each: 5 + ⌈N/1000⌉ + 1 + ⌈G/50⌉ + Σ max(1, ⌈members/50⌉) +
 * ⌈P/100⌉ + Σ Rₚ, and P + 2 for permission schemes and application roles. Through the gateway it is one less, and without
 * Administer Jira P more.
 */
export class JiraReader implements DiscoveryReader<'jira'> {
  readonly product = 'jira';
  readonly #jira: JiraClient;

  constructor(jira: JiraClient) {
    this.#jira = jira;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<JiraEntity | Gap, void, undefined> {
    const session = new ReadSession('jira', options);
    const rights = await this.#preflight(session);
    if ('type' in rights) {
      yield rights;
      return;
    }
    yield* session.together([
      this.#instance(session),
      this.#users(session),
      ...this.#groups(session),
      ...this.#projects(session, rights),
      this.#applicationRoles(session),
    ]);
  }

  /** Makes sure that Jira takes the credential: most reads answer a dead one with less or nothing. */
  async #preflight({ call }: Session): Promise<Rights | Gap> {
    try {
      await this.#jira.users.myself([], call);
    } catch (error) {
      const found = gapOfError(error, 'jira', EVERYTHING);
      return isProvisionerError(error, 'not_found') ? { ...found, reason: 'absent' } : found;
    }
    try {
      const permissions = await this.#jira.instance.getMyPermissions(['ADMINISTER', 'USER_PICKER'], call);
      return { administers: permissions.find(({ key }) => key === 'ADMINISTER')?.havePermission };
    } catch (error) {
      if (!isProvisionerError(error) || error.code === 'aborted') throw error;
      return { administers: undefined };
    }
  }

  #instance(session: Session): Found {
    return session.once(INSTANCE, async (call) => {
      const [cloudId, info] = await Promise.all([
        this.#jira.instance.getCloudId(call),
        this.#jira.instance.getServerInfo(call),
      ]);
      return [toInstance(cloudId, info)];
    });
  }

  #users(session: Session): Found {
    return session.pages({
      ...USERS,
      fetch: async (cursor, call) => this.#jira.users.listPage(cursor, call),
      keyOf: ({ accountId }) => accountId,
      map: toJiraUser,
    });
  }

  #groups(session: Session): Found[] {
    if (!session.wants(GROUPS)) return [];
    const groups = new Feed<JiraGroupName>();
    return [
      session.pages({
        ...GROUPS,
        fetch: async (cursor, call) => this.#jira.groups.listPage({}, cursor, call),
        keyOf: ({ groupId, name }) => groupId ?? name,
        map: (group) => (isKnown(group) ? [] : groupWithoutId(group)),
        feed: groups,
      }),
      session.each({
        ...MEMBERS,
        items: known(groups),
        keyOf: ({ groupId }) => groupId,
        resourceOf: ({ groupId, name }) => ({ type: 'jira.group', id: groupId, name }),
        read: async (group, call) => [toGroup(group, await this.#membersOf(group, call))],
        otherwise: (group) => [toGroup(group)],
      }),
    ];
  }

  async #membersOf({ groupId }: KnownGroup, call: CallOptions): Promise<readonly AtlassianAccountId[]> {
    const ids = new Set<AtlassianAccountId>();
    for await (const { accountId } of this.#jira.groups.listMembers(groupId, {}, call)) ids.add(accountId);
    return [...ids];
  }

  #projects(session: Session, { administers }: Rights): Found[] {
    const readsProjects = session.wants(PROJECTS);
    const readsSchemes = session.wants(SCHEMES);
    const readsRoles = session.wants(ROLES);
    const forSchemes = readsProjects ? new Feed<WireProject>() : undefined;
    const forRoles = readsRoles ? new Feed<WireProject>() : undefined;
    const catalogue = once(async () => this.#jira.permissionSchemes.list(session.call));
    return [
      ...(readsProjects || readsRoles
        ? [
            session.pages({
              ...PROJECTS,
              fetch: async (cursor, call) =>
                this.#jira.projects.listPage({ status: ['live', 'archived'] }, cursor, call),
              keyOf: ({ id }) => id,
              // Told with its permission scheme, by the part that reads on from here.
              map: () => [],
              feed: all([forSchemes, forRoles]),
            }),
          ]
        : []),
      ...(readsProjects || readsSchemes
        ? [session.once(SCHEMES, async () => (await catalogue()).map(toPermissionScheme))]
        : []),
      ...(forSchemes === undefined ? [] : [this.#schemesOfProjects(session, forSchemes, catalogue)]),
      ...(forRoles === undefined ? [] : [this.#roles(session, forRoles)]),
      ...(administers === false && (readsProjects || readsRoles) ? [hiddenProjects(session)] : []),
    ];
  }

  /** Each project with its scheme; and the scheme, where the list of all does not have it. */
  #schemesOfProjects(
    session: Session,
    projects: AsyncIterable<WireProject>,
    catalogue: () => Promise<readonly WireScheme[]>,
  ): Found {
    return session.each({
      ...PROJECT_SCHEMES,
      items: projects,
      keyOf: ({ id }) => id,
      resourceOf: ({ id, name }) => ({ type: 'jira.project', id, name }),
      read: async (project, call) => {
        const { id } = await this.#jira.permissionSchemes.getOfProject(project.id, call);
        if (!session.wants(SCHEMES)) return [toJiraProject(project, id)];
        const listed = await catalogue().catch(() => undefined);
        const isListed = listed === undefined || listed.some((scheme) => scheme.id === id);
        const own = isListed ? [] : [toPermissionScheme(await this.#jira.permissionSchemes.get(id, call))];
        return [toJiraProject(project, id), ...own];
      },
      otherwise: (project) => [toJiraProject(project)],
    });
  }

  #roles(session: Session, projects: AsyncIterable<WireProject>): Found {
    return session.each<RoleOfProject>({
      ...ROLES,
      items: rolesOfProjects(this.#jira, projects, session.call),
      keyOf: (item) => ('role' in item ? `${item.project.id}/${item.role.id}` : item.project.id),
      resourceOf: (item) => {
        const { id, name } = item.project;
        return 'role' in item
          ? { type: 'jira.projectRole', id: `${id}/${item.role.id}`, name: `${name} - ${item.role.name}` }
          : { type: 'jira.project', id, name };
      },
      read: async (item, call) => {
        if (!('role' in item)) throw item.error;
        const { project, role } = item;
        if (role.name === ADD_ONS_ROLE) return [toProjectRole(project, role)];
        const found = await this.#jira.projectRoles.get(project.id, role.id, call);
        return [toProjectRole(project, { ...role, ...found }, found.actors ?? [])];
      },
      otherwise: (item) => ('role' in item ? [toProjectRole(item.project, item.role)] : []),
    });
  }

  #applicationRoles(session: Session): Found {
    return session.once(APPLICATIONS, async (call) =>
      (await this.#jira.applicationRoles.list(call)).flatMap((role) => [
        toApplicationRole(role),
        ...role.groups.filter((group) => !isKnown(group)).map(groupWithoutId),
      ]),
    );
  }
}

function toGroup({ groupId, name }: KnownGroup, memberIds?: readonly AtlassianAccountId[]): JiraEntity {
  return { type: 'jira.group', id: groupId, name, ...(memberIds !== undefined && { memberIds }) };
}

function isKnown(group: JiraGroupName): group is KnownGroup {
  return group.groupId !== undefined;
}

async function* known(groups: AsyncIterable<JiraGroupName>): AsyncGenerator<KnownGroup, void, undefined> {
  for await (const group of groups) if (isKnown(group)) yield group;
}

function groupWithoutId({ name }: JiraGroupName): Gap {
  return gap('jira', GROUPS, {
    reason: 'truncated',
    message: 'Jira names a group without its id: who is in it is not read',
    resource: { type: 'jira.group', id: name, name },
  });
}

function hiddenProjects(session: Session): Found {
  return session.once(HIDDEN_PROJECTS, () => [
    gap('jira', HIDDEN_PROJECTS, {
      reason: 'forbidden',
      message: 'The user of the token does not administer Jira: projects that they may not browse are in no list',
      advice: 'Use a user with the global permission Administer Jira.',
    }),
  ]);
}

/** Passes items on to several feeds; `undefined` without any. */
function all<Item>(feeds: readonly (Feed<Item> | undefined)[]): Pick<Feed<Item>, 'push' | 'end'> | undefined {
  const there = feeds.filter((feed) => feed !== undefined);
  if (there.length === 0) return undefined;
  return {
    push: (item) => {
      for (const feed of there) feed.push(item);
    },
    end: () => {
      for (const feed of there) feed.end();
    },
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
