import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceGroup as WireGroup } from '../../clients/confluence/confluence-group.js';
import type { ConfluenceSpace as WireSpace } from '../../clients/confluence/confluence-space.js';
import type { ConfluenceUser as WireUser } from '../../clients/confluence/confluence-user.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { ConfluenceEntity, ConfluenceGroup } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError, gapOfEverything } from '../reading/gap-of-error.js';
import { hiddenSpaces } from './hidden-spaces.js';
import { Lookup } from '../reading/lookup.js';
import { merge } from '../reading/merge.js';
import { ReadSession } from '../reading/read-session.js';
import { readAccessModel, readSpaceAccess, type AccessModel } from './confluence-access-model.js';
import { toGroup, toInstance, toSpace, toSpaceRole, toUser } from './confluence-mapping.js';

type Stream = AsyncGenerator<ConfluenceEntity | Gap, void, undefined>;

const EVERYTHING = {
  name: 'everything',
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
const ADMINISTRATION = { name: 'groups with administration', hides: ['confluence.group'] } as const;
const GROUPS = { name: 'groups', hides: ['confluence.group', 'confluence.user'] } as const;
const MEMBERS = { name: 'members of groups', hides: ['confluence.group', 'confluence.user'] } as const;
const STATUS = { name: 'status of accounts', hides: ['confluence.user'] } as const;
const SPACES = { name: 'spaces', hides: ['confluence.space', 'confluence.grant'] } as const;
const GRANTS = { name: 'access to spaces', hides: ['confluence.grant', 'confluence.space'] } as const;

/** Most people whose status one call reads. */
const BULK_MOST = 250;

/** No search finds more people (documented). */
const SEARCH_MOST = 10_000;

/** What parts of one reading tell each other. */
interface Findings {
  readonly session: ReadSession<'confluence'>;
  /** How to read the site; asked for once, by whoever needs it first. */
  readonly model: () => Promise<AccessModel>;
  /** Whose user entity has been given. */
  readonly given: Set<AtlassianAccountId>;
  readonly guests: Lookup<boolean>;
  /** The groups that give use of Confluence, and those that give its administration. */
  readonly users: Lookup<boolean>;
  readonly admins: Lookup<boolean>;
  /** Whether some space may be read without an account. A checkpoint keeps it. */
  readonly open: { mayBeAnonymous?: boolean };
}

/**
 * Reads the Confluence of a site: people, groups, spaces, and who holds what in them, by roles or by permissions.
 *
 * It sees the spaces that the user of the token may view, and no hint of the others, administrator or not: that is a gap.
 * Read with `ConfluenceClient.withAdminKey` to see all; that takes one call more, to make sure that the key is good. People are the members of the groups, who come with them at no cost and
 * without the limit of 10,000 of the search, and the guests.
 *
 * Calls, for G groups of m members, E guests and S spaces of a role assignments, on a site with roles:
 * 3 + ⌈E/200⌉ + 2 + ⌈G/200⌉ + Σ⌈m/200⌉ + ⌈S/250⌉ + 1 + Σ⌈a/250⌉, each ⌈…⌉ at least 1, and one more where a space may be
 * open to people without an account. With classic permissions, their rows are in the place of the assignments, and the 1
 * for the roles falls away; in transition both are read. One more for each 250 members of a group who cannot use
 * Confluence, to know who of them is deactivated.
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
    let caller: WireUser;
    try {
      caller = await users.current([], session.call);
    } catch (error) {
      yield gapOfEverything(error, this.product, EVERYTHING);
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
    const model = once(async () => readAccessModel(this.#client, session.call));
    const findings: Findings = {
      session,
      // Told of by `#mode`, which asks too.
      model: async () => model().catch(() => UNKNOWN_MODEL),
      given: new Set(),
      guests: new Lookup(session, GUESTS),
      users: new Lookup(session, ACCESS),
      admins: new Lookup(session, ADMINISTRATION),
      open: Object.assign({}, session.kept(GRANTS)),
    };
    yield* atOnce([
      this.#mode(session, model),
      ...this.#people(findings, caller, caller.accountId),
      this.#site(findings),
    ]);
  }

  async *#mode(session: ReadSession<'confluence'>, model: () => Promise<AccessModel>): Stream {
    if (!session.wants(MODE) && !session.wants(GRANTS)) return;
    try {
      await model();
    } catch (error) {
      yield gapOfError(error, this.product, MODE);
      return;
    }
    yield* session.once(ROLES, async () => (await model()).roles.map(toSpaceRole));
  }

  #people(findings: Findings, caller: WireUser, callerId: AtlassianAccountId): Stream[] {
    const { session, given, guests, users, admins } = findings;
    if (!session.wants(GROUPS) || (session.isDone(GROUPS) && session.isDone(MEMBERS))) return [];
    const groups = new Feed<WireGroup>();
    /** Members who cannot use Confluence. */
    const idle = new Set<AtlassianAccountId>();
    const access = ({ id }: WireGroup): ConfluenceGroup['access'] => {
      if (admins.get(id) === true) return 'admin';
      return users.get(id) === true ? 'user' : undefined;
    };
    return [
      this.#guests(findings),
      this.#groupsWithAccess(session, users, 'user'),
      this.#groupsWithAccess(session, admins, 'admin'),
      (async function* callerAsUser(): Stream {
        const isGuest = await guestOr(guests);
        if (given.has(callerId) || guests.get(callerId) === true) return;
        given.add(callerId);
        yield toUser(callerId, caller, isGuest);
      })(),
      session.pages({
        ...GROUPS,
        fetch: async (cursor, call) => this.#client.groups.listPage({}, cursor, call),
        keyOf: ({ id }) => id,
        // Given with its members.
        map: () => [],
        feed: groups,
      }),
      session.each<WireGroup>({
        ...MEMBERS,
        items: groups,
        resourceOf: ({ id, name }) => ({ type: 'confluence.group', id, name }),
        otherwise: (group) => [toGroup(group, access(group))],
        read: async (group, call) => {
          const [isGuest] = await Promise.all([guestOr(guests), users.isRead, admins.isRead]);
          const members: AtlassianAccountId[] = [];
          const found: (ConfluenceEntity | Gap)[] = [];
          const asked: AtlassianAccountId[] = [];
          for await (const user of this.#client.groups.listMembers(group.id, ['operations'], call)) {
            const { accountId } = user;
            if (accountId === undefined) continue;
            members.push(accountId);
            if (given.has(accountId) || guests.get(accountId) === true) continue;
            if (!canUse(user)) {
              if (!idle.has(accountId)) asked.push(accountId);
              idle.add(accountId);
              continue;
            }
            given.add(accountId);
            found.push(toUser(accountId, user, isGuest));
          }
          if (session.wants(STATUS)) found.push(...(await this.#deactivated(asked, call)));
          return [toGroup(group, access(group), members), ...found];
        },
      }),
    ];
  }

  /** Of members who cannot use Confluence, those who are deactivated or closed: they stay in their groups. */
  async #deactivated(ids: readonly AtlassianAccountId[], call: CallOptions): Promise<(ConfluenceEntity | Gap)[]> {
    const found: ConfluenceEntity[] = [];
    try {
      for (let from = 0; from < ids.length; from += BULK_MOST)
        for (const user of await this.#client.users.bulk(ids.slice(from, from + BULK_MOST), call)) {
          const { accountId, accountStatus } = user;
          if (accountId !== undefined && (accountStatus === 'inactive' || accountStatus === 'closed'))
            found.push(toUser(accountId, user, undefined));
        }
      return found;
    } catch (error) {
      return [...found, gapOfError(error, this.product, STATUS)];
    }
  }

  /** The guests: they may be in no group. */
  async *#guests({ session, guests }: Findings): Stream {
    const query = { sitePermissionTypeFilter: 'externalCollaborator' } as const;
    yield* guests.read<'confluence', WireUser>(session, {
      fetch: async (cursor, call) => this.#client.users.searchPage(query, cursor, call),
      keyOf: ({ accountId }) => accountId ?? '',
      map: (user) => {
        const { accountId } = user;
        if (accountId === undefined || guests.get(accountId) === true) return [];
        guests.put(accountId, true);
        return toUser(accountId, user, true);
      },
    });
    if (guests.size >= SEARCH_MOST)
      yield gap(this.product, GUESTS, {
        reason: 'truncated',
        message: `Confluence tells of no more than ${String(SEARCH_MOST)} guests`,
      });
  }

  #groupsWithAccess(session: ReadSession<'confluence'>, found: Lookup<boolean>, accessType: 'user' | 'admin'): Stream {
    return found.read<'confluence', WireGroup>(session, {
      fetch: async (cursor, call) => this.#client.groups.listPage({ accessType }, cursor, call),
      keyOf: ({ id }) => id,
      map: ({ id }) => {
        found.put(id, true);
        return [];
      },
    });
  }

  /** The spaces and the site: whether it lets people in without an account is asked only where a space may. */
  async *#site(findings: Findings): Stream {
    const { session, model } = findings;
    const { instance, spaces } = this.#client;
    const feed = new Feed<WireSpace>();
    const info = once(async () => instance.getSystemInfo(session.call));
    // Sent early; the part that gives the site at the end has its error too.
    if (session.wants(INSTANCE) && !session.isDone(INSTANCE)) info().catch(() => undefined);
    yield* atOnce([
      session.pages({
        ...SPACES,
        fetch: async (cursor, call) => spaces.listPage({}, cursor, call),
        keyOf: ({ id }) => id,
        // Given with who holds what in it.
        map: () => [],
        feed: session.wants(GRANTS) ? feed : undefined,
      }),
      session.each<WireSpace>({
        ...GRANTS,
        items: feed,
        kept: findings.open,
        resourceOf: ({ id, name }) => ({ type: 'confluence.space', id, name }),
        otherwise: (space) => [toSpace(space)],
        read: async (space, call) => {
          const { grants, open } = await readSpaceAccess(this.#client, await model(), space.id, call);
          if (open.anonymousAccess !== false) findings.open.mayBeAnonymous = true;
          return [toSpace(space, open), ...grants];
        },
      }),
    ]);
    // Asked last: the key is for a time, and must have been good to the end.
    if (session.wants(SPACES)) yield* hiddenSpaces(this.#client, session);
    yield* session.once(INSTANCE, async (call) => {
      const anonymousAccess = findings.open.mayBeAnonymous === true ? await instance.allowsAnonymous(call) : undefined;
      const found = await model();
      return [toInstance(await info(), found === UNKNOWN_MODEL ? undefined : found.mode, anonymousAccess)];
    });
  }
}

/** How a site is read whose mode is not known. */
const UNKNOWN_MODEL: AccessModel = { mode: 'classic', roles: [] };

/** Whether whoever is none of the guests is one: no, when all guests are known. */
async function guestOr(guests: Lookup<boolean>): Promise<false | undefined> {
  return (await guests.isRead) && guests.size < SEARCH_MOST ? false : undefined;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** Members of a group need not have access to Confluence, and deactivated people have not. */
function canUse({ operations }: WireUser): boolean {
  return operations?.some(({ operation, targetType }) => operation === 'use' && targetType === 'application') ?? true;
}

/** Reads parts at once within one reading, whose end is not theirs. */
function atOnce(parts: readonly Stream[]): Stream {
  return merge(parts, () => undefined);
}
