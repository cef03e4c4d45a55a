import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { CallOptions } from '../../http/transport.js';
import type { ConfluenceEntity } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import { gap, type Part } from '../reading/gap-of-error.js';
import type { ReadSession } from '../reading/read-session.js';

type Stream = AsyncGenerator<ConfluenceEntity | Gap, void, undefined>;

/** Grants on the spaces that were listed are not among it: those were read. */
const HIDDEN_SPACES = { name: 'hidden spaces', hides: ['confluence.space'] } as const;
/** Listed without knowing whether a key is on, they are listed anew. */
const LISTED_WITH_IT = { parts: ['hidden spaces', 'spaces', 'access to spaces', 'instance'] } as const;

/** What a checkpoint keeps beside the list of spaces. */
interface Kept {
  /** The admin key that has been on since the first page, by when it runs out. */
  readonly key?: string | undefined;
  /** Why spaces may be hidden. */
  readonly why?: string | undefined;
}

/**
 * Says that spaces may be hidden from the user of the token, unless one admin key was on for as long as they were listed.
 *
 * Nothing else shows that all were listed: an administrator too is told of no space that they may not view (documented).
 * When a key runs out says which key it is: a new one has another time (documented). So the two calls, before the first
 * page and after the last, see a key that came on, went off, or did both in between. One that is renewed meanwhile counts
 * as gone: nobody tells whether it was off before. At the gateway a key was seen to do nothing.
 */
export class HiddenSpaces {
  readonly #client: ConfluenceClient;
  readonly #session: ReadSession<'confluence'>;
  /** The list of spaces. */
  readonly #spaces: Part;
  #isFirst = true;
  #key: string | undefined;
  #why: string | undefined;
  #unread: Gap | undefined;

  constructor(client: ConfluenceClient, session: ReadSession<'confluence'>, spaces: Part) {
    this.#client = client;
    this.#session = session;
    this.#spaces = spaces;
    // What was kept is what is kept below.
    const { key, why } = (session.kept(spaces) ?? {}) as Kept;
    this.#key = key;
    this.#why = why;
  }

  kept(): Kept {
    return { key: this.#key, why: this.#why };
  }

  /** To be called before each page of spaces. */
  async beforePage(): Promise<void> {
    const isNeeded = this.#isFirst && !this.#session.isDone(HIDDEN_SPACES);
    this.#isFirst = false;
    if (isNeeded) await this.#look({ ...HIDDEN_SPACES, neededBy: LISTED_WITH_IT });
  }

  /** The list of spaces, and the gap after it. Where it breaks off, a reading that is taken up says more. */
  async *around(list: Stream): Stream {
    const session = this.#session;
    let isWhole = true;
    for await (const found of list) {
      isWhole &&= found.type !== 'gap';
      yield found;
    }
    if (session.isDone(HIDDEN_SPACES) || !session.wants(this.#spaces)) return;
    if (isWhole) await this.#look(HIDDEN_SPACES);
    const why = this.#why;
    if (this.#unread !== undefined) yield this.#unread;
    // Grants on spaces that are hidden are missing too.
    else if (isWhole || why !== undefined)
      yield* session.once({ ...HIDDEN_SPACES, hides: this.#spaces.hides }, () =>
        why === undefined ? [] : [mayBeHidden(why)],
      );
  }

  async #look(part: Part): Promise<void> {
    if (this.#why !== undefined) return;
    try {
      this.#why = await this.#doubt(this.#session.call);
    } catch (error) {
      this.#unread = this.#session.gapOf(error, part);
      this.#why = 'Whether the admin key was on could not be read';
    }
  }

  async #doubt(call: CallOptions): Promise<string | undefined> {
    const { usesAdminKey, isAtGateway, instance } = this.#client;
    if (!usesAdminKey) return 'Confluence was read without an admin key';
    if (isAtGateway) return 'Confluence was read through the gateway, where an admin key was seen to do nothing';
    const found = await instance.findAdminKey(call);
    if (found === undefined) return 'The admin key was not on from the first page of spaces to the last';
    const { expirationTime = '' } = found;
    this.#key ??= expirationTime;
    return this.#key === expirationTime ? undefined : 'The admin key was turned on anew while spaces were listed';
  }
}

function mayBeHidden(why: string): Gap {
  return gap('confluence', HIDDEN_SPACES, {
    what: 'not-shown',
    reason: 'truncated',
    message: `${why}: spaces that the user of the token may not view are in no list`,
    advice:
      'On Premium and Enterprise, turn the admin key on for long enough, and read with `ConfluenceClient.withAdminKey` on the host of the site.',
  });
}
