import type { JiraClient } from '../../clients/jira/jira-client.js';
import type { JiraPermissionScheme as WireScheme } from '../../clients/jira/jira-permission-scheme.js';
import type { JiraProject as WireProject } from '../../clients/jira/jira-project.js';
import type { JiraGroupName, JiraUser } from '../../clients/jira/jira-user.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import { once } from '../../model/once.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { Gap } from '../entities/gap.js';
import type { JiraEntity } from '../entities/jira-entities.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed, intoAll, type FeedInput } from '../reading/feed.js';
import { endsThePart, gap, gapOfError, gapOfEverything } from '../reading/gap-of-error.js';
import { ReadSession } from '../reading/read-session.js';
import { keyOfAccount } from '../reading/unidentified.js';
import { toApplicationRole, toInstance, toJiraProject, toJiraUser, toProjectRole } from './jira-mapping.js';
import { GroupMembers, MEMBERS } from './group-members.js';
import {
  groupWithoutId,
  isKnown,
  NO_ADDRESS,
  NO_APPLICATION,
  nobodyListed,
  rolesRefused,
  roleWithUnknownGroup,
  schemeFound,
  withoutActors,
  type KnownGroup,
} from './jira-gaps.js';
import {
  APPLICATIONS,
  EVERYTHING,
  GROUPS,
  HIDDEN_PROJECTS,
  INSTANCE,
  PROJECT_SCHEMES,
  PROJECTS,
  ROLES,
  SCHEMES,
  USERS,
} from './jira-parts.js';
import { isForAppsAlone, RoleFinder, type KnownRole } from './jira-roles.js';

/** Pages of the members of one group that are read at once. */
const PAGES_AT_ONCE = 8;

type Session = ReadSession<'jira'>;
type Found = AsyncGenerator<JiraEntity | Gap, void, undefined>;

/** What the caller may do; `undefined` where Jira did not say. */
interface Rights {
  readonly administers: boolean | undefined;
  readonly browsesUsers: boolean | undefined;
  /** Why Jira did not say. */
  readonly error?: unknown;
}

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
  readonly source: string;
  /** The id of the site, where the way to it has it: through the gateway. */
  readonly siteId: string | undefined;
  readonly #jira: JiraClient;

  constructor(jira: JiraClient) {
    this.source = jira.siteUrl;
    this.siteId = /\/ex\/jira\/([^/]+)$/.exec(jira.baseUrl)?.[1];
    this.#jira = jira;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<JiraEntity | Gap, void, undefined> {
    const session = new ReadSession('jira', options, this.source);
    const rights = await this.#preflight(session);
    if ('type' in rights) {
      yield rights;
      return;
    }
    const listsProjects = session.wants(PROJECTS) || session.wants(ROLES);
    if (listsProjects && rights.administers !== true) yield hiddenProjects(session, rights);
    yield* session.together([
      this.#instance(session),
      this.#users(session, rights),
      ...this.#groups(session, rights),
      ...this.#projects(session),
      this.#applicationRoles(session),
    ]);
  }

  /** Makes sure that Jira takes the credential: most reads answer a dead one with less or nothing. */
  async #preflight(session: Session): Promise<Rights | Gap> {
    const { call } = session;
    try {
      await this.#jira.users.myself([], call);
    } catch (error) {
      return session.triedAgain(gapOfEverything(error, 'jira', EVERYTHING));
    }
    try {
      const permissions = await this.#jira.instance.getMyPermissions(['ADMINISTER', 'USER_PICKER'], call);
      const has = (wanted: string) => permissions.find(({ key }) => key === wanted)?.havePermission;
      return { administers: has('ADMINISTER'), browsesUsers: has('USER_PICKER') };
    } catch (error) {
      if (!isProvisionerError(error) || error.code === 'aborted') throw error;
      return { administers: undefined, browsesUsers: undefined, error };
    }
  }

  #instance(session: Session): Found {
    return session.once(INSTANCE, async (call) => {
      const [cloudId, info] = await Promise.all([
        this.#jira.instance.getCloudId(call),
        this.#jira.instance.getServerInfo(call),
      ]);
      return [toInstance(cloudId, info), ...(info.baseUrl === undefined ? [NO_ADDRESS] : [])];
    });
  }

  /** The caller is one of the users: a list without anybody is not one of nobody. */
  #users(session: Session, { browsesUsers }: Rights): Found {
    return session.pages<JiraUser>({
      ...USERS,
      fetch: async (cursor, call) => this.#jira.users.listPage(cursor, call),
      keyOf: ({ accountId }) => keyOfAccount(accountId),
      map: toJiraUser,
      ofNothing: () => nobodyListed(USERS, browsesUsers),
    });
  }

  #groups(session: Session, rights: Rights): Found[] {
    if (!session.wants(GROUPS)) return [];
    const groups = new Feed<KnownGroup>();
    return [
      this.#listedGroups(session, rights, groups),
      session.each({
        ...MEMBERS,
        items: groups,
        resourceOf: ({ groupId, name }) => ({ type: 'jira.group', id: groupId, name }),
        read: async (group, call) => this.#membersOf(group, call),
        otherwise: (group) => [toGroup(group)],
      }),
    ];
  }

  #listedGroups(session: Session, { browsesUsers }: Rights, groups: Feed<KnownGroup>): Found {
    return session.pages<JiraGroupName>({
      ...GROUPS,
      fetch: async (cursor, call) => this.#jira.groups.listPage({}, cursor, call),
      keyOf: ({ groupId, name }) => groupId ?? name,
      map: (group) => (isKnown(group) ? [] : groupWithoutId(group)),
      feed: knownAlone(groups),
      ofNothing: () => (browsesUsers === false ? nobodyListed(GROUPS, browsesUsers) : undefined),
    });
  }

  /** The group with its members, several pages at once where the first one tells how many there are. */
  async #membersOf(group: KnownGroup, call: CallOptions): Promise<(JiraEntity | Gap)[]> {
    const { groupId, name } = group;
    const members = new GroupMembers(groupId, name);
    const read = async (cursor?: string) => this.#jira.groups.listMembersPage(groupId, {}, cursor, call);
    let page = await read();
    members.take(page);
    const { total = 0, items } = page;
    while (page.next !== undefined) {
      const from = Number(page.next);
      const rest = Math.ceil((total - from) / items.length);
      const count = Math.max(1, Math.min(PAGES_AT_ONCE, rest));
      const cursors = Array.from({ length: count }, (_, index) => String(from + index * items.length));
      const pages = await Promise.all(cursors.map(read));
      for (const next of pages) {
        page = next;
        members.take(page);
        // Shorter than the first: the pages after it began too late.
        if (page.items.length < items.length) break;
      }
    }
    return [toGroup(group, members.ids()), ...members.gaps()];
  }

  #projects(session: Session): Found[] {
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
              feed: intoAll([forSchemes, forRoles].filter((feed) => feed !== undefined)),
            }),
          ]
        : []),
      ...(readsProjects || readsSchemes
        ? [session.once(SCHEMES, async () => (await catalogue()).flatMap(schemeFound))]
        : []),
      ...(forSchemes === undefined ? [] : [this.#schemesOfProjects(session, forSchemes, catalogue)]),
      ...(forRoles === undefined ? [] : [this.#roles(session, forRoles)]),
    ];
  }

  /** Each project with its scheme; and the scheme, where the list of all does not have it. */
  #schemesOfProjects(
    session: Session,
    projects: Feed<WireProject>,
    catalogue: () => Promise<readonly WireScheme[]>,
  ): Found {
    return session.each({
      ...PROJECT_SCHEMES,
      items: projects,
      resourceOf: ({ id, name }) => ({ type: 'jira.project', id, name }),
      read: async (project, call) => {
        const { id } = await this.#jira.permissionSchemes.getOfProject(project.id, call);
        if (!session.wants(SCHEMES)) return [toJiraProject(project, id)];
        let listed: readonly WireScheme[];
        try {
          listed = await catalogue();
        } catch (error) {
          // Told of by the list itself, unless that was given before.
          return [toJiraProject(project, id), ...(session.isDone(SCHEMES) ? [session.gapOf(error, SCHEMES)] : [])];
        }
        const isListed = listed.some((scheme) => scheme.id === id);
        const own = isListed ? [] : schemeFound(await this.#jira.permissionSchemes.get(id, call));
        return [toJiraProject(project, id), ...own];
      },
      otherwise: (project) => [toJiraProject(project)],
    });
  }

  #roles(session: Session, projects: Feed<WireProject>): Found {
    const finder = new RoleFinder(this.#jira);
    return session.each({
      ...ROLES,
      items: projects,
      resourceOf: ({ id, name }) => ({ type: 'jira.project', id, name }),
      read: async (project, call) => {
        const roles = await finder.rolesOf(project, call);
        if (roles === undefined) return [rolesRefused(project)];
        const found = await Promise.all(roles.map(async (role) => this.#roleOf(project, role, call)));
        return found.flat();
      },
    });
  }

  /** A role with its holders; without them, and with a gap, where they could not be read. */
  async #roleOf(project: WireProject, role: KnownRole, call: CallOptions): Promise<(JiraEntity | Gap)[]> {
    if (isForAppsAlone(role, project)) return [toProjectRole(project, role)];
    const resource = {
      type: 'jira.projectRole',
      id: `${project.id}/${role.id}`,
      name: `${project.name} - ${role.name}`,
    } as const;
    try {
      const found = await this.#jira.projectRoles.get(project.id, role.id, call);
      const known = toProjectRole(project, { ...role, ...found }, found.actors);
      return found.actors === undefined ? [known, withoutActors(resource)] : [known];
    } catch (error) {
      if (endsThePart(error)) throw error;
      return [toProjectRole(project, role), gapOfError(error, 'jira', ROLES, resource)];
    }
  }

  #applicationRoles(session: Session): Found {
    return session.once(APPLICATIONS, async (call) => {
      const roles = await this.#jira.applicationRoles.list(call);
      if (roles.length === 0) return [NO_APPLICATION];
      return roles.flatMap((role) => [
        toApplicationRole(role),
        ...(role.groups.every(isKnown) ? [] : [roleWithUnknownGroup(role)]),
      ]);
    });
  }
}

function toGroup({ groupId, name }: KnownGroup, memberIds?: readonly AtlassianAccountId[]): JiraEntity {
  return { type: 'jira.group', id: groupId, name, ...(memberIds !== undefined && { memberIds }) };
}

function knownAlone(groups: Feed<KnownGroup>): FeedInput<JiraGroupName> {
  return {
    push: (group) => {
      if (isKnown(group)) groups.push(group);
    },
    expect: (total) => groups.expect(total),
    end: (isWhole) => groups.end(isWhole),
    room: async () => groups.room(),
  };
}

/** That there may be projects which are in no list. A reading that is taken up asks for the rights again. */
function hiddenProjects(session: Session, { administers, error }: Rights): Gap {
  const who =
    administers === false
      ? 'The user of the token does not administer Jira'
      : 'Jira did not say whether the user of the token administers it';
  const found = gap('jira', HIDDEN_PROJECTS, {
    what: 'not-shown',
    reason: 'forbidden',
    message: `${who}: projects that they may not browse are in no list`,
    advice: 'Use a user with the global permission Administer Jira.',
  });
  if (error === undefined) return found;
  const { reason, code, message } = gapOfError(error, 'jira', HIDDEN_PROJECTS);
  const why = { ...found, reason, message: `${found.message}; ${message}`, ...(code !== undefined && { code }) };
  return session.triedAgain(why, HIDDEN_PROJECTS);
}
