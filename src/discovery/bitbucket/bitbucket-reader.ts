import type { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import type { BitbucketGroup as WireGroup } from '../../clients/bitbucket/bitbucket-groups.js';
import type { BitbucketProject as WireProject } from '../../clients/bitbucket/bitbucket-projects.js';
import type { BitbucketRepository as WireRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import type { BitbucketWorkspace, BitbucketWorkspacePermission } from '../../clients/bitbucket/bitbucket-workspaces.js';
import { ResponseInvalidError } from '../../errors/api-errors.js';
import type { CallOptions } from '../../http/transport.js';
import type { BitbucketEntity } from '../entities/bitbucket-entities.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError, gapOfEverything, isPassing } from '../reading/gap-of-error.js';
import { merge } from '../reading/merge.js';
import { ReadSession } from '../reading/read-session.js';
import { keyOfAccount, namesAnAccount } from '../reading/unidentified.js';
import { EVERYTHING, oneGapWhereAbsent } from './absent-workspace.js';
import {
  toGroup,
  toProject,
  toRepository,
  toUser,
  toUserGrant,
  toWorkspace,
  type GrantedOn,
} from './bitbucket-mapping.js';
import { readExplicitGrants } from './explicit-grants.js';
import { FirstDecides } from './first-decides.js';
import { GRANTS, RepositoryReading, resourceOf, RULES } from './repository-reading.js';

type Stream = AsyncGenerator<BitbucketEntity | Gap, void, undefined>;

/** How Bitbucket is read. */
export interface BitbucketReaderOptions {
  /** Leaves the protection of default branches out, and with it one call for each repository. */
  readonly skipBranchProtection?: boolean | undefined;
}

const WORKSPACE = { name: 'workspace', hides: ['bitbucket.workspace'] } as const;
const PEOPLE = { name: 'users', hides: ['bitbucket.user', 'bitbucket.grant'] } as const;
const GROUPS = { name: 'groups', hides: ['bitbucket.group'] } as const;
const PROJECTS = { name: 'projects', hides: ['bitbucket.project'], carries: ['bitbucket.grant'] } as const;
const PROJECT_GRANTS = { name: 'grants on projects', hides: ['bitbucket.grant'] } as const;
const LISTED = { name: 'repositories', hides: ['bitbucket.repository', 'bitbucket.grant'] } as const;
/** What is granted on the repositories that were listed is not among it. */
const HIDDEN = {
  name: 'hidden repositories',
  hides: ['bitbucket.project', 'bitbucket.repository'],
  neededBy: {},
} as const;
const REPOSITORIES = { name: 'access to repositories', hides: ['bitbucket.repository', 'bitbucket.grant'] } as const;

/** 1,000 calls an hour are allowed about repositories: the last of many waits long for its turn. */
const PATIENCE_MS = 86_400_000;

/**
 * Reads a Bitbucket workspace: people, groups, projects, repositories, and who holds what on them.
 *
 * Calls, for U people, J projects, R repositories with u grants to people and g to groups, by an administrator:
 * T + ⌈U/100⌉ + ⌈J/100⌉ + ⌈R/100⌉ + 1 + Σ⌈u/100⌉ + Σ⌈g/100⌉ over repositories and over projects, each ⌈…⌉ at least 1, T
 * being the requests for tokens; one more for each repository with a default branch, and another where a rule of its
 * branching model could change what is known. Without the scope for explicit grants, ⌈P/100⌉ for the P pairs of a person
 * and a repository stand in their place.
 */
export class BitbucketReader implements DiscoveryReader<'bitbucket'> {
  readonly product = 'bitbucket';
  readonly source: string;
  readonly #client: BitbucketClient;
  readonly #options: BitbucketReaderOptions;

  constructor(client: BitbucketClient, options: BitbucketReaderOptions = {}) {
    this.source = client.workspaceSlug;
    this.#client = client;
    this.#options = options;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<BitbucketEntity | Gap, void, undefined> {
    const session = new ReadSession(
      'bitbucket',
      { ...options, totalTimeoutMs: options.totalTimeoutMs ?? PATIENCE_MS },
      this.source,
    );
    yield* session.together([oneGapWhereAbsent(session, this.#read(session))]);
  }

  async *#read(session: ReadSession<'bitbucket'>): Stream {
    let scopes: ReadonlySet<string> | undefined;
    try {
      scopes = await this.#client.grantedScopes(session.call);
    } catch (error) {
      yield session.triedAgain(gapOfEverything(error, this.product, EVERYTHING));
      return;
    }
    let listed: Promise<readonly WireGroup[]> | undefined;
    const groups = async (): Promise<readonly WireGroup[]> =>
      (listed ??= allOf(this.#client.groups.list(session.call)));
    yield* merge([
      this.#people(session),
      session.once(GROUPS, async () => (await groups()).flatMap(groupFound)),
      this.#hidden(session, groups),
      this.#projects(session, scopes),
      this.#repositories(session, new RepositoryReading(this.#client, scopes)),
    ]);
  }

  /** Whoever may list the groups administers the workspace (documented), and sees all of it; others see what they may. */
  async *#hidden(session: ReadSession<'bitbucket'>, groups: () => Promise<unknown>): Stream {
    if (session.isDone(GROUPS) || (!session.wants(LISTED) && !session.wants(PROJECTS))) return;
    try {
      await groups();
    } catch (error) {
      const found = gapOfError(error, this.product, HIDDEN);
      const isRefused = !isPassing(found);
      yield session.triedAgain(
        {
          ...found,
          ...(isRefused && { reason: 'forbidden' }),
          message: `Nothing shows that the credential administers the workspace: projects and repositories that it may not see are in no list${isRefused ? '' : `; ${found.message}`}`,
          advice: 'Use the credential of an administrator of the workspace.',
        },
        HIDDEN,
      );
    }
  }

  /** People come with the workspace; it is asked for by itself only where they cannot be read. */
  async *#people(session: ReadSession<'bitbucket'>): Stream {
    const before = session.kept(PEOPLE) as { readonly workspace?: BitbucketWorkspace } | undefined;
    let workspace = before?.workspace;
    let isGiven = before?.workspace !== undefined && session.isDone(PEOPLE);
    const ask = async (call: CallOptions) => (workspace ??= await this.#client.workspace.get(call));
    const found = session.pages<BitbucketWorkspacePermission>({
      ...PEOPLE,
      kept: () => ({ workspace }),
      fetch: async (cursor, call) => {
        const page = await this.#client.workspace.listPermissionsPage(cursor, call);
        if (page.items.length === 0 && page.next === undefined && cursor === undefined) throw nobodyListed();
        const told = page.items.find((row) => row.workspace !== undefined)?.workspace;
        workspace ??= told;
        // Without it nobody's role would be known.
        if (page.items.length > 0) await ask(call);
        return page;
      },
      keyOf: ({ user }) => keyOfAccount(user?.accountId),
      map: (permission) => {
        const first = isGiven || workspace === undefined ? [] : [toWorkspace(workspace)];
        isGiven ||= first.length > 0;
        return [...first, ...personOf({ ...(workspace !== undefined && { workspace }), ...permission })];
      },
    });
    if (session.wants(PEOPLE))
      for await (const one of found) {
        yield one;
        if (one.type !== 'gap' || one.reason !== 'forbidden' || !session.wants(LISTED)) continue;
        yield gap(this.product, LISTED, {
          what: 'public-alone',
          reason: 'truncated',
          message: 'The credential is not of the workspace: only what is public may have been listed',
        });
      }
    if (!isGiven) yield* session.once(WORKSPACE, async (call) => [toWorkspace(await ask(call))]);
  }

  async *#projects(session: ReadSession<'bitbucket'>, scopes: ReadonlySet<string> | undefined): Stream {
    const lacksScope = scopes?.has('project:admin') === false;
    const feed = new Feed<WireProject>();
    const parts = [
      session.pages<WireProject>({
        ...PROJECTS,
        fetch: async (cursor, call) => this.#client.projects.listPage(cursor, call),
        keyOf: ({ uuid }) => uuid,
        map: toProject,
        feed: lacksScope || !session.wants(PROJECT_GRANTS) ? undefined : feed,
      }),
    ];
    if (lacksScope && session.wants(PROJECT_GRANTS)) yield NO_PROJECT_GRANTS;
    if (!lacksScope && session.wants(PROJECT_GRANTS)) parts.push(this.#projectGrants(session, scopes, feed));
    yield* merge(parts);
  }

  async *#projectGrants(
    session: ReadSession<'bitbucket'>,
    scopes: ReadonlySet<string> | undefined,
    projects: Feed<WireProject>,
  ): Stream {
    const scope = new FirstDecides<boolean>(scopes === undefined ? undefined : true);
    let isTold = false;
    yield* session.each<WireProject>({
      ...PROJECT_GRANTS,
      items: projects,
      resourceOf: resourceOfProject,
      read: async (project, call) => {
        const { uuid, key } = project;
        const on: GrantedOn = { on: 'project', resourceId: uuid, projectKey: key };
        const at = { place: { project: key }, on, part: PROJECT_GRANTS, resource: resourceOfProject(project) };
        const found = await readExplicitGrants(this.#client.permissions, scope, at, call);
        if (found !== undefined) return [...found.grants, ...found.gaps];
        const isFirst = !isTold;
        isTold = true;
        return isFirst ? [NO_PROJECT_GRANTS] : [];
      },
    });
  }

  async *#repositories(session: ReadSession<'bitbucket'>, reading: RepositoryReading): Stream {
    const feed = new Feed<WireRepository>();
    const { skipBranchProtection = false } = this.#options;
    if (skipBranchProtection && session.wants(RULES))
      yield gap(this.product, RULES, {
        what: 'skipped',
        reason: 'skipped',
        message: 'The protection of default branches was not read',
      });
    yield* merge([
      session.pages<WireRepository>({
        ...LISTED,
        fetch: async (cursor, call) => this.#client.repositories.listPage({}, cursor, call),
        keyOf: ({ uuid }) => uuid,
        // Given with what is granted on it.
        map: () => [],
        feed: session.wants(REPOSITORIES) ? feed : undefined,
      }),
      session.each<WireRepository>({
        ...REPOSITORIES,
        items: feed,
        resourceOf,
        otherwise: (repository) => [toRepository(repository, 'unread', {})],
        read: async (repository, call) => {
          const [access, rules] = await Promise.all([
            session.wants(GRANTS) ? reading.grantsOn(repository, call) : UNREAD,
            session.wants(RULES) && !skipBranchProtection ? reading.protectionOf(repository, call) : UNKNOWN,
          ]);
          const found = toRepository(repository, access.basis, rules.protection);
          return [found, ...access.grants, ...access.gaps, ...rules.gaps];
        },
      }),
    ]);
  }
}

const UNREAD = { basis: 'unread', grants: [], gaps: [] } as const;
const UNKNOWN = { protection: {}, gaps: [] } as const;

const NO_PROJECT_GRANTS = gap('bitbucket', PROJECT_GRANTS, {
  what: 'no-scope',
  reason: 'forbidden',
  message:
    'The credential lacks the scope that administers projects: what projects give to people and groups was not read',
  advice: 'Give the OAuth consumer the scope project:admin, or the API token read:project:bitbucket.',
});

/** Somebody and their role. */
function personOf(permission: BitbucketWorkspacePermission): BitbucketEntity[] {
  const { user, workspace } = permission;
  if (!namesAnAccount(user?.accountId)) return [];
  const found: BitbucketEntity[] = [toUser(user.accountId, user, permission)];
  if (workspace === undefined) return found;
  return [
    ...found,
    toUserGrant({ permission: permission.permission, user }, { on: 'workspace', resourceId: workspace.uuid }),
  ];
}

function resourceOfProject({ uuid, name }: WireProject): NonNullable<Gap['resource']> {
  return { type: 'bitbucket.project', id: uuid, name };
}

/** A workspace has an owner always. */
function nobodyListed(): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation: 'bitbucket.workspaces.listPermissions', method: 'GET', status: 200, attempts: 1 },
    [{ path: 'values', expected: 'somebody, for a workspace has an owner always', received: 'nobody' }],
  );
}

/** A group; of one with members that have no account id, that there are more. */
function groupFound(group: WireGroup): (BitbucketEntity | Gap)[] {
  const { slug, name, members } = group;
  if (members.every(({ accountId }) => accountId !== undefined)) return [toGroup(group)];
  const incomplete = gap('bitbucket', GROUPS, {
    what: 'unidentified',
    reason: 'truncated',
    message: `Bitbucket lists members of the group ${name} without an account id, who cannot be told from others`,
    resource: { type: 'bitbucket.group', id: slug, name },
  });
  return [toGroup(group), incomplete];
}

async function allOf<Item>(walk: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of walk) items.push(item);
  return items;
}
