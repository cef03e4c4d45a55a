import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceGroup as WireGroup } from '../../clients/confluence/confluence-group.js';
import type { ConfluenceUser as WireUser } from '../../clients/confluence/confluence-user.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { ConfluenceEntity, ConfluenceGroup } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import { Batches } from '../reading/batches.js';
import { CompactIds } from '../reading/compact-ids.js';
import { Feed } from '../reading/feed.js';
import { gap } from '../reading/gap-of-error.js';
import { Lookup } from '../reading/lookup.js';
import type { ReadSession } from '../reading/read-session.js';
import { keyOfAccount, namesAnAccount, Unidentified } from '../reading/unidentified.js';
import type { Give } from '../reading/under-way.js';
import { toGroup, toUser } from './confluence-mapping.js';
import { PEOPLE_IN_NO_GROUP, peopleInNoGroup } from './people-in-no-group.js';

type Found = ConfluenceEntity | Gap;
type Stream = AsyncGenerator<Found, void, undefined>;

/** Whom the token belongs to. */
export type Caller = WireUser & { readonly accountId: AtlassianAccountId };

/** Each group is given with what it gives, and each member as a guest or as none. */
const FOR_GROUPS = { parts: ['groups', 'members of groups', 'status of accounts'] } as const;
const GUESTS = { name: 'guests', hides: ['confluence.user'], neededBy: FOR_GROUPS } as const;
const ACCESS = { name: 'groups with access', hides: ['confluence.group'], neededBy: FOR_GROUPS } as const;
const ADMINISTRATION = {
  name: 'groups with administration',
  hides: ['confluence.group'],
  neededBy: FOR_GROUPS,
} as const;
const GROUPS = { name: 'groups', hides: ['confluence.group', 'confluence.user'] } as const;
const MEMBERS = { name: 'members of groups', hides: ['confluence.group', 'confluence.user'] } as const;
const STATUS = { name: 'status of accounts', hides: ['confluence.user'] } as const;

/** What a checkpoint keeps of those whose status is asked for: all of them, and those who were not asked for yet. */
interface KeptOfStatus {
  readonly idle: readonly string[];
  readonly rest: readonly AtlassianAccountId[];
  readonly untold: number;
}

/** Most people whose status one call reads. */
const BULK_MOST = 250;

/** New people of one group that are given at once. */
const GIVEN_AT_ONCE = 200;

/** No search finds more people (documented). */
const SEARCH_MOST = 10_000;

/**
 * Reads the people of a Confluence, and its groups with their members.
 *
 * People come with the groups, at no cost and without the limit of 10,000 of the search, and guests from a search of their
 * own. That there may be people in no group is a gap.
 */
export class ConfluencePeople {
  readonly #client: ConfluenceClient;
  readonly #session: ReadSession<'confluence'>;
  readonly #guests: Lookup;
  /** The groups that give use of Confluence, and those that give its administration. */
  readonly #users: Lookup;
  readonly #admins: Lookup;
  /** Whose user entity has been given; the guests are not among them. */
  readonly #given = new CompactIds();
  /** Members who cannot use Confluence, of whichever group. */
  readonly #idle: CompactIds;
  readonly #toAskFor: Batches<AtlassianAccountId>;
  /** How many of them Confluence does not tell the status of. */
  #untold: number;

  constructor(client: ConfluenceClient, session: ReadSession<'confluence'>) {
    this.#client = client;
    this.#session = session;
    this.#guests = new Lookup(session, GUESTS);
    this.#users = new Lookup(session, ACCESS);
    this.#admins = new Lookup(session, ADMINISTRATION);
    // What was kept is what is kept below.
    const { idle, rest, untold = 0 } = (session.kept(STATUS) ?? {}) as Partial<KeptOfStatus>;
    this.#idle = new CompactIds(idle);
    this.#toAskFor = new Batches(BULK_MOST, rest);
    this.#untold = untold;
  }

  /** The parts, to be read at once. */
  read(caller: Caller): Stream[] {
    const session = this.#session;
    if (!session.wants(GROUPS)) return [];
    const groups = new Feed<WireGroup>();
    return [
      this.#readGuests(),
      this.#groupsWithAccess(this.#users, 'user'),
      this.#groupsWithAccess(this.#admins, 'admin'),
      this.#callerAsUser(caller),
      session.once(PEOPLE_IN_NO_GROUP, () => [peopleInNoGroup()]),
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
        otherwise: (group) => [toGroup(group, this.#accessOf(group))],
        read: async (group, call, give) => this.#members(group, call, give),
        feed: this.#toAskFor,
      }),
      session.each<readonly AtlassianAccountId[]>({
        ...STATUS,
        items: this.#toAskFor.feed,
        kept: (): KeptOfStatus => ({
          idle: this.#idle.toTexts(),
          rest: this.#toAskFor.rest,
          untold: this.#untold,
        }),
        read: async (ids, call) => this.#deactivated(ids, call),
      }),
    ];
  }

  async *#callerAsUser(caller: Caller): Stream {
    const isGuest = await this.#guestOr();
    if (this.#guests.get(caller.accountId) === true || !this.#given.add(caller.accountId)) return;
    yield toUser(caller.accountId, caller, isGuest);
  }

  /** The group with its members; and before it, as they come, those members who have not been given yet. */
  async #members(group: WireGroup, call: CallOptions, give: Give<Found>): Promise<readonly Found[]> {
    const [isGuest] = await Promise.all([this.#guestOr(), this.#users.isRead, this.#admins.isRead]);
    const keepsMembers = this.#session.wants({ hides: ['confluence.group'] });
    const members: AtlassianAccountId[] = [];
    const found: Found[] = [];
    const unidentified = new Unidentified('confluence', MEMBERS, {
      type: 'confluence.group',
      id: group.id,
      name: group.name,
    });
    try {
      for await (const user of this.#client.groups.listMembers(group.id, ['operations'], call)) {
        const { accountId } = user;
        if (!namesAnAccount(accountId)) {
          unidentified.add();
          continue;
        }
        if (keepsMembers) members.push(accountId);
        if (this.#given.has(accountId) || this.#guests.get(accountId) === true) continue;
        if (canUse(user)) {
          this.#given.add(accountId);
          found.push(toUser(accountId, user, isGuest));
        } else if (this.#idle.add(accountId)) {
          this.#toAskFor.push(accountId);
          await this.#toAskFor.room();
        }
        if (found.length >= GIVEN_AT_ONCE) await give(found.splice(0));
      }
    } finally {
      // Whoever is noted as given is given, though the rest of the group cannot be read.
      if (found.length > 0) await give(found);
    }
    return [toGroup(group, this.#accessOf(group), [...new Set(members)]), ...unidentified.gaps()];
  }

  /** A group that gives use may give administration too: `user` is said only when all that give administration are known. */
  #accessOf({ id }: WireGroup): ConfluenceGroup['access'] {
    if (this.#admins.get(id) === true) return 'admin';
    return this.#admins.isWhole && this.#users.get(id) === true ? 'user' : undefined;
  }

  /** Of members who cannot use Confluence, those who are deactivated or closed: they stay in their groups. */
  async #deactivated(ids: readonly AtlassianAccountId[], call: CallOptions): Promise<readonly Found[]> {
    const told = (await this.#client.users.bulk(ids, call)).filter(({ accountStatus }) => STATES.has(accountStatus));
    const answered = new Set(told.flatMap(({ accountId }) => accountId ?? []));
    this.#untold += ids.filter((id) => !answered.has(id)).length;
    const out = told.flatMap((user) => {
      const { accountId, accountStatus } = user;
      const isNew = accountId !== undefined && accountStatus !== 'active' && this.#given.add(accountId);
      return isNew ? [toUser(accountId, user, undefined)] : [];
    });
    // Of all batches: the gap has one id.
    return this.#untold > 0 ? [...out, statusUntold(this.#untold)] : out;
  }

  /** The guests: they may be in no group. */
  async *#readGuests(): Stream {
    const query = { sitePermissionTypeFilter: 'externalCollaborator' } as const;
    yield* this.#guests.read<'confluence', WireUser>(this.#session, {
      fetch: async (cursor, call) => this.#client.users.searchPage(query, cursor, call),
      keyOf: ({ accountId }) => keyOfAccount(accountId),
      map: (user) => {
        const { accountId } = user;
        if (accountId === undefined || this.#guests.get(accountId) === true) return [];
        this.#guests.put(accountId, true);
        return toUser(accountId, user, true);
      },
    });
    if (this.#guests.size >= SEARCH_MOST)
      yield gap('confluence', GUESTS, {
        what: 'most',
        reason: 'truncated',
        message: `Confluence tells of no more than ${String(SEARCH_MOST)} guests`,
      });
  }

  /** Whether whoever is none of the guests is one: no, when all guests are known. */
  async #guestOr(): Promise<false | undefined> {
    return (await this.#guests.isRead) && this.#guests.size < SEARCH_MOST ? false : undefined;
  }

  #groupsWithAccess(found: Lookup, accessType: 'user' | 'admin'): Stream {
    return found.read<'confluence', WireGroup>(this.#session, {
      fetch: async (cursor, call) => this.#client.groups.listPage({ accessType }, cursor, call),
      keyOf: ({ id }) => id,
      map: ({ id }) => {
        found.put(id, true);
        return [];
      },
    });
  }
}

/** What Confluence says of an account when it tells its status. */
const STATES: ReadonlySet<string | undefined> = new Set(['active', 'inactive', 'closed']);

function statusUntold(count: number): Gap {
  return gap('confluence', STATUS, {
    what: 'untold',
    reason: 'truncated',
    message: `Confluence does not tell the status of ${String(count)} members of groups who cannot use it: whether they are deactivated is not known`,
  });
}

/** Members of a group need not have access to Confluence, and deactivated people have not. */
function canUse({ operations }: WireUser): boolean {
  return operations?.some(({ operation, targetType }) => operation === 'use' && targetType === 'application') ?? true;
}
