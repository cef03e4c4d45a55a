import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceSpace as WireSpace } from '../../clients/confluence/confluence-space.js';
import type { ConfluenceSpaceRole as WireRole } from '../../clients/confluence/confluence-space-role.js';
import type { ConfluenceUser as WireUser } from '../../clients/confluence/confluence-user.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import { once } from '../../model/once.js';
import type { ConfluenceEntity } from '../entities/confluence-entities.js';
import { typesOfProduct } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { DiscoveryReader, ReadOptions } from '../reading/discovery-reader.js';
import { Feed } from '../reading/feed.js';
import { gap, gapOfError, gapOfEverything, type Part } from '../reading/gap-of-error.js';
import { merge } from '../reading/merge.js';
import { ReadSession } from '../reading/read-session.js';
import { readAccessModel, readSpaceAccess, type AccessModel } from './confluence-access-model.js';
import { toInstance, toSpace, toSpaceRole } from './confluence-mapping.js';
import { ConfluencePeople } from './confluence-people.js';
import { HiddenSpaces } from './hidden-spaces.js';

type Stream = AsyncGenerator<ConfluenceEntity | Gap, void, undefined>;

const EVERYTHING: Part = { name: 'everything', hides: typesOfProduct('confluence') };
const MODE = {
  name: 'mode',
  hides: ['confluence.instance', 'confluence.spaceRole', 'confluence.grant'],
  // Where it is not known, permissions are read, which on a site with roles are other grants.
  neededBy: {
    parts: ['space roles', 'spaces', 'hidden spaces', 'access to spaces', 'instance'],
    kinds: ['confluence.grant'],
  },
} as const;
const INSTANCE = { name: 'instance', hides: ['confluence.instance'] } as const;
const ROLES = { name: 'space roles', hides: ['confluence.spaceRole'] } as const;
/** Whether some space is open to people without an account decides what is asked of the instance. */
const FOR_INSTANCE = { parts: ['instance'] } as const;
const SPACES = {
  name: 'spaces',
  hides: ['confluence.space', 'confluence.grant'],
  neededBy: FOR_INSTANCE,
} as const;
const GRANTS = {
  name: 'access to spaces',
  hides: ['confluence.grant', 'confluence.space'],
  neededBy: FOR_INSTANCE,
} as const;

/** What parts of one reading tell each other. */
interface Findings {
  readonly session: ReadSession<'confluence'>;
  /** How to read the site; asked for once, by whoever needs it first. */
  readonly model: () => Promise<AccessModel>;
  /** Whether some space may be read without an account, and whether one lacks its permissions. A checkpoint keeps it. */
  readonly open: { mayBeAnonymous?: boolean; lacksRows?: boolean };
}

/**
 * Reads the Confluence of a site: people, groups, spaces, and who holds what in them, by roles or by permissions.
 *
 * It sees the spaces that the user of the token may view, and no hint of the others, administrator or not: that is a gap.
 * Read with `ConfluenceClient.withAdminKey` to see all; that takes two calls more, to make sure that one key was on from the
 * first page of spaces to the last. People are the members of the groups, and the guests; that there may be people in no
 * group is a gap, which a snapshot closes that has the roles of the organization too.
 *
 * Calls, for G groups of m members, E guests and S spaces of a role assignments, on a site with roles:
 * 3 + ⌈E/200⌉ + 2 + ⌈G/200⌉ + Σ⌈m/200⌉ + ⌈S/250⌉ + 1 + Σ⌈a/250⌉, each ⌈…⌉ at least 1, and one more where a space may be
 * open to people without an account. With classic permissions, their rows are in the place of the assignments, and the 1
 * for the roles falls away; in transition both are read. One more for each 250 members of groups, of all of them together,
 * who cannot use Confluence, to know who of them is deactivated.
 */
export class ConfluenceReader implements DiscoveryReader<'confluence'> {
  readonly product = 'confluence';
  readonly source: string;
  readonly #client: ConfluenceClient;

  constructor(client: ConfluenceClient) {
    this.source = client.siteUrl;
    this.#client = client;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<ConfluenceEntity | Gap, void, undefined> {
    const session = new ReadSession('confluence', options, this.source);
    yield* session.together([this.#read(session)]);
  }

  async *#read(session: ReadSession<'confluence'>): Stream {
    const { users } = this.#client;
    let caller: WireUser;
    try {
      caller = await users.current([], session.call);
    } catch (error) {
      yield session.triedAgain(gapOfEverything(error, this.product, EVERYTHING));
      return;
    }
    if (caller.accountId === undefined) {
      yield session.triedAgain(
        gap(this.product, EVERYTHING, {
          what: 'nobody',
          reason: 'unauthenticated',
          message: 'Confluence takes the token for nobody: it would show what everybody sees',
          advice: "Check the site's user and token.",
        }),
      );
      return;
    }
    const model = once(async () => readAccessModel(this.#client, session.call));
    const findings: Findings = {
      session,
      // Told of by `#mode`, which asks too.
      model: async () => model().catch(() => UNKNOWN_MODEL),
      open: Object.assign({}, session.kept(GRANTS)),
    };
    yield* merge([
      this.#mode(session, model),
      ...new ConfluencePeople(this.#client, session).read({ ...caller, accountId: caller.accountId }),
      this.#site(findings),
    ]);
  }

  async *#mode(session: ReadSession<'confluence'>, model: () => Promise<AccessModel>): Stream {
    if (!session.wants(MODE) && !session.wants(GRANTS)) return;
    try {
      await model();
    } catch (error) {
      yield session.gapOf(error, MODE);
      return;
    }
    yield* session.once(ROLES, async () => (await model()).roles.flatMap(roleFound));
  }

  /** An answer that does not match is no yes. */
  async #lettingIn(call: CallOptions): Promise<LettingIn> {
    try {
      return { access: await this.#client.instance.allowsAnonymous(call) };
    } catch (error) {
      if (!isProvisionerError(error, 'response_invalid')) throw error;
      return { gaps: [gapOfError(error, this.product, INSTANCE)] };
    }
  }

  /** The spaces and the site: whether it lets people in without an account is asked only where a space may. */
  async *#site(findings: Findings): Stream {
    const { session, model } = findings;
    const { instance, spaces } = this.#client;
    const feed = new Feed<WireSpace>();
    const info = once(async () => instance.getSystemInfo(session.call));
    // Sent early; the part that gives the site at the end has its error too.
    if (session.wants(INSTANCE) && !session.isDone(INSTANCE)) info().catch(() => undefined);
    const hidden = new HiddenSpaces(this.#client, session, SPACES);
    const listed = session.pages({
      ...SPACES,
      fetch: async (cursor, call) => {
        await hidden.beforePage();
        return spaces.listPage({}, cursor, call);
      },
      keyOf: ({ id }) => id,
      // Given with who holds what in it.
      map: () => [],
      feed: session.wants(GRANTS) ? feed : undefined,
      kept: () => hidden.kept(),
    });
    yield* merge([
      hidden.around(listed),
      session.each<WireSpace>({
        ...GRANTS,
        items: feed,
        kept: () => ({ ...findings.open }),
        resourceOf: ({ id, name }) => ({ type: 'confluence.space', id, name }),
        otherwise: (space) => [toSpace(space)],
        read: async (space, call) => {
          const { grants, open, lacksRows } = await readSpaceAccess(this.#client, await model(), space.id, call);
          if (open.anonymousAccess !== false) findings.open.mayBeAnonymous = true;
          if (!lacksRows) return [toSpace(space, open), ...grants];
          findings.open.lacksRows = true;
          return [toSpace(space, open), withoutRows(space)];
        },
      }),
    ]);
    yield* session.once(INSTANCE, async (call) => {
      const anonymous = findings.open.mayBeAnonymous === true ? await this.#lettingIn(call) : undefined;
      const found = await model();
      const isKnown = found !== UNKNOWN_MODEL && findings.open.lacksRows !== true;
      const { access, gaps = [] } = anonymous ?? {};
      return [toInstance(await info(), isKnown ? found.mode : undefined, access), ...gaps];
    });
  }
}

/** Whether the site lets people in without an account. */
interface LettingIn {
  readonly access?: boolean;
  readonly gaps?: readonly Gap[];
}

/** A role; one of which Confluence does not tell what it allows is not one that allows nothing. */
function roleFound(role: WireRole): (ConfluenceEntity | Gap)[] {
  const { id, name, spacePermissions } = role;
  if (spacePermissions !== undefined) return [toSpaceRole(role)];
  const unread = gap('confluence', ROLES, {
    what: 'without-permissions',
    reason: 'failed',
    message: `Confluence gave the role ${name} without the list of what it allows`,
    resource: { type: 'confluence.spaceRole', id, name },
  });
  return [toSpaceRole(role), unread];
}

function withoutRows({ id, name }: WireSpace): Gap {
  return gap('confluence', GRANTS, {
    what: 'without-rows',
    reason: 'failed',
    message: `Confluence told of no roles, and listed no permission in the space ${name}, which somebody administers always`,
    advice: 'See whether the user of the token may read the roles of the site: with roles, permissions are in no list.',
    resource: { type: 'confluence.space', id, name },
  });
}

/** How a site is read whose mode is not known. */
const UNKNOWN_MODEL: AccessModel = { mode: 'classic', roles: [] };
