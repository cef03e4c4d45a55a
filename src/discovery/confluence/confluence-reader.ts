import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceGroup as WireGroup } from '../../clients/confluence/confluence-group.js';
import type { ConfluenceSpace as WireSpace } from '../../clients/confluence/confluence-space.js';
import type { ConfluenceUser as WireUser } from '../../clients/confluence/confluence-user.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { ConfluenceEntity, ConfluenceGroup } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError } from '../reading/gap-of-error.js';
import { merge } from '../reading/merge.js';
import { ReadSession } from '../reading/read-session.js';
import { readAccessModel, readSpaceAccess, type AccessModel } from './confluence-access-model.js';
import { toGroup, toInstance, toSpace, toSpaceRole, toUser } from './confluence-mapping.js';

type Stream = AsyncGenerator<ConfluenceEntity | Gap, void, undefined>;

const EVERYTHING = {
  name: 'credential',
  hides: [
    'confluence.instance',
    'confluence.user',
    'confluence.group',
    'confluence.space',
    'confluence.spaceRole',
    'confluence.grant',
  ],
} as const;
const MODE = { name: 'mode', hides: ['confluence.instance', 'confluence.spaceRole', 'confluence.grant'] } as const;
const INSTANCE = { name: 'instance', hides: ['confluence.instance'] } as const;
const ROLES = { name: 'space roles', hides: ['confluence.spaceRole'] } as const;
const GUESTS = { name: 'guests', hides: ['confluence.user'] } as const;
const ACCESS = { name: 'groups with access', hides: ['confluence.group'] } as const;
const GROUPS = { name: 'groups', hides: ['confluence.group', 'confluence.user'] } as const;
const MEMBERS = { name: 'members of groups', hides: ['confluence.group', 'confluence.user'] } as const;
const SPACES = { name: 'spaces', hides: ['confluence.space', 'confluence.grant'] } as const;
const GRANTS = { name: 'access to spaces', hides: ['confluence.grant', 'confluence.space'] } as const;

/** No search finds more people (documented). */
const SEARCH_MOST = 10_000;

/** What parts of one reading tell each other. */
interface Findings {
  readonly session: ReadSession<'confluence'>;
  readonly model: AccessModel;
  /** Whose user entity has been given. */
  readonly given: Set<AtlassianAccountId>;
  /** Whether some space may be read without an account. */
  mayBeAnonymous: boolean;
}

/**
 * Reads the Confluence of a site: people, groups, spaces, and who holds what in them, by roles or by permissions.
 *
 * It sees the spaces that the user of the token may view, and no hint of the others: read with
 * `ConfluenceClient.withAdminKey` to see all. People are the members of the groups, who come with them at no cost and
 * without the limit of 10,000 of the search, and the guests.
 *
 * Calls, for G groups of m members, E guests and S spaces of a role assignments, on a site with roles:
 * 3 + ⌈E/200⌉ + 2 + ⌈G/200⌉ + Σ⌈m/200⌉ + ⌈S/250⌉ + 1 + Σ⌈a/250⌉, each ⌈…⌉ at least 1, and one more where a space may be
 * open to people without an account. With classic permissions, their rows are in the place of the assignments, and the 1
 * for the roles falls away; in transition both are read.
 */
export class ConfluenceReader implements DiscoveryReader<'confluence'> {
  readonly product = 'confluence';
  readonly #client: ConfluenceClient;

  constructor(client: ConfluenceClient) {
    this.#client = client;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<ConfluenceEntity | Gap, void, undefined> {
    const session = new ReadSession('confluence', options);
    yield* session.together([this.#read(session)]);
  }

  async *#read(session: ReadSession<'confluence'>): Stream {
    const { users } = this.#client;
    let model: AccessModel = { mode: 'classic', roles: [] };
    let caller: WireUser;
    try {
      caller = await users.current([], session.call);
    } catch (error) {
      yield gapOfError(error, this.product, EVERYTHING);
      return;
    }
    if (caller.accountId === undefined) {
      yield gap(this.product, EVERYTHING, {
        reason: 'unauthenticated',
        message: 'Confluence takes the token for nobody: it would show what everybody sees',
        advice: "Check the site's user and token.",
      });
      return;
    }
    if (session.wants(MODE) || session.wants(GRANTS)) {
      try {
        model = await readAccessModel(this.#client, session.call);
      } catch (error) {
        yield gapOfError(error, this.product, MODE);
      }
    }
    const findings: Findings = { session, model, given: new Set(), mayBeAnonymous: false };
    yield* atOnce([
      session.once(ROLES, () => model.roles.map(toSpaceRole)),
      this.#people(findings, caller, caller.accountId),
      this.#site(findings),
    ]);
  }

  async *#people(findings: Findings, caller: WireUser, callerId: AtlassianAccountId): Stream {
    const { session } = findings;
    if (!session.wants(GROUPS) || (session.isDone(GROUPS) && session.isDone(MEMBERS))) return;
    const found: (ConfluenceEntity | Gap)[] = [];
    const [guests, access] = await Promise.all([this.#guests(session, found), this.#access(session, found)]);
    for (const [id, user] of guests ?? []) {
      findings.given.add(id);
      found.push(toUser(id, user, true));
    }
    // Whoever is none of the guests is none.
    const isGuest = guests === undefined ? undefined : false;
    if (!findings.given.has(callerId)) {
      findings.given.add(callerId);
      found.push(toUser(callerId, caller, isGuest));
    }
    yield* found;

    const groups = new Feed<WireGroup>();
    yield* atOnce([
      session.pages({
        ...GROUPS,
        fetch: async (cursor, call) => this.#client.groups.listPage({}, cursor, call),
        keyOf: ({ id }) => id,
        // Given with its members.
        map: () => [],
        feed: groups,
      }),
      session.each({
        ...MEMBERS,
        items: groups,
        keyOf: ({ id }) => id,
        resourceOf: ({ id, name }) => ({ type: 'confluence.group', id, name }),
        otherwise: (group) => [toGroup(group, access?.get(group.id))],
        read: async (group, call) => {
          const members: AtlassianAccountId[] = [];
          const users: ConfluenceEntity[] = [];
          for await (const user of this.#client.groups.listMembers(group.id, ['operations'], call)) {
            const { accountId } = user;
            if (accountId === undefined) continue;
            members.push(accountId);
            if (findings.given.has(accountId) || !canUse(user)) continue;
            findings.given.add(accountId);
            users.push(toUser(accountId, user, isGuest));
          }
          return [toGroup(group, access?.get(group.id), members), ...users];
        },
      }),
    ]);
  }

  /** The guests: they may be in no group. `undefined` when they could not be read. */
  async #guests(
    session: ReadSession<'confluence'>,
    found: (ConfluenceEntity | Gap)[],
  ): Promise<ReadonlyMap<AtlassianAccountId, WireUser> | undefined> {
    const guests = new Map<AtlassianAccountId, WireUser>();
    try {
      const query = { sitePermissionTypeFilter: 'externalCollaborator' } as const;
      for await (const user of this.#client.users.search(query, session.call))
        if (user.accountId !== undefined) guests.set(user.accountId, user);
    } catch (error) {
      found.push(gapOfError(error, this.product, GUESTS));
      return undefined;
    }
    if (guests.size >= SEARCH_MOST)
      found.push(
        gap(this.product, GUESTS, {
          reason: 'truncated',
          message: `Confluence tells of no more than ${String(SEARCH_MOST)} guests`,
        }),
      );
    return guests;
  }

  /** The groups that give use of Confluence, or its administration. `undefined` when they could not be read. */
  async #access(
    session: ReadSession<'confluence'>,
    found: (ConfluenceEntity | Gap)[],
  ): Promise<ReadonlyMap<OrgGroupId, NonNullable<ConfluenceGroup['access']>> | undefined> {
    const access = new Map<OrgGroupId, 'user' | 'admin'>();
    try {
      // Admins last: they have use of it too.
      for (const accessType of ['user', 'admin'] as const)
        for await (const { id } of this.#client.groups.list({ accessType }, session.call)) access.set(id, accessType);
    } catch (error) {
      found.push(gapOfError(error, this.product, ACCESS));
      return undefined;
    }
    return access;
  }

  /** The spaces, and then the site: whether it lets people in without an account is asked only where a space may. */
  async *#site(findings: Findings): Stream {
    const { session, model } = findings;
    const { instance, spaces } = this.#client;
    const feed = new Feed<WireSpace>();
    yield* atOnce([
      session.pages({
        ...SPACES,
        fetch: async (cursor, call) => spaces.listPage({}, cursor, call),
        keyOf: ({ id }) => id,
        // Given with who holds what in it.
        map: () => [],
        feed: session.wants(GRANTS) ? feed : undefined,
      }),
      session.each({
        ...GRANTS,
        items: feed,
        keyOf: ({ id }) => id,
        resourceOf: ({ id, name }) => ({ type: 'confluence.space', id, name }),
        otherwise: (space) => [toSpace(space)],
        read: async (space, call) => {
          const { grants, open } = await readSpaceAccess(this.#client, model, space.id, call);
          findings.mayBeAnonymous ||= open.anonymousAccess !== false;
          return [toSpace(space, open), ...grants];
        },
      }),
    ]);
    yield* session.once(INSTANCE, async (call) => {
      const info = await instance.getSystemInfo(call);
      const anonymousAccess = findings.mayBeAnonymous ? await instance.allowsAnonymous(call) : undefined;
      return [toInstance(info, model.mode, anonymousAccess)];
    });
  }
}

/** Members of a group need not have access to Confluence, and deactivated people have not. */
function canUse({ operations }: WireUser): boolean {
  return operations?.some(({ operation, targetType }) => operation === 'use' && targetType === 'application') ?? true;
}

/** Reads parts at once within one reading, whose end is not theirs. */
function atOnce(parts: readonly Stream[]): Stream {
  return merge(parts, () => undefined);
}
