import type { ScimUserFilter } from '../clients/scim/scim-filter.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { CallOptions } from '../http/transport.js';
import type { ScimUserId } from '../model/ids.js';
import type { ScimReads } from './identity-clients.js';
import { foldCase, sameText } from './identity-ref.js';
import { Once, orMissing } from './once.js';
import { RecordIndex } from './record-index.js';
import { seenAt, type Now, type Seen } from './seen.js';

/** One page of the directory: how many records there are, how many came, and where to go on. */
export interface ListedPage {
  readonly totalResults: number;
  readonly read: number;
  readonly nextStartIndex: number | undefined;
}

/**
 * The reads of SCIM records for one look-up, of one person or of many. Each is sent once, and what another read has shown
 * is not asked for again. Holds nothing longer than that, so that what it answers is fresh.
 */
export class RecordReads {
  readonly #scim: ScimReads;
  readonly #now: Now;
  readonly #call: CallOptions;
  readonly #once = new Once();
  readonly #known = new RecordIndex();
  #listed = false;

  constructor(scim: ScimReads, now: Now, call: CallOptions) {
    this.#scim = scim;
    this.#now = now;
    this.#call = call;
  }

  /** What was read so far. */
  get known(): Omit<RecordIndex, 'add'> {
    return this.#known;
  }

  /** Whether the whole directory was read, so that a record which is not known does not exist. */
  get listed(): boolean {
    return this.#listed;
  }

  async byId(id: ScimUserId): Promise<Seen<ScimUser> | undefined> {
    const known = this.#known.byId(id);
    if (known !== undefined || this.#listed) return known;
    return this.#once.read(`id:${id}`, async () => {
      const record = await orMissing(() => this.#scim.users.get(id, this.#call));
      return record === undefined ? undefined : this.#keep(record);
    });
  }

  /** `userName` is unique in a directory, so that one record which is known settles it. */
  async byUserName(userName: string): Promise<readonly Seen<ScimUser>[]> {
    const known = this.#known.byUserName(userName);
    if (known.length > 0 || this.#listed) return known;
    return this.#once.read(`userName:${foldCase(userName)}`, () =>
      this.#filter({ userName }, (record) => sameText(record.userName, userName)),
    );
  }

  /** Atlassian leaves it to the client whether an `externalId` is unique, so that all who have it are asked for. */
  async byExternalId(externalId: string): Promise<readonly Seen<ScimUser>[]> {
    if (this.#listed) return this.#known.byExternalId(externalId);
    return this.#once.read(`externalId:${externalId}`, () =>
      this.#filter({ externalId }, (record) => record.externalId === externalId),
    );
  }

  async listPage(startIndex: number): Promise<ListedPage> {
    const page = await this.#scim.users.listPage({ startIndex }, this.#call);
    for (const record of page.items) this.#keep(record);
    if (startIndex === 1 && page.nextStartIndex === undefined) this.#listed = true;
    return { totalResults: page.totalResults, read: page.items.length, nextStartIndex: page.nextStartIndex };
  }

  /** Reads on to the end of the directory, one page at a time. */
  async listRest({ nextStartIndex }: ListedPage): Promise<void> {
    for (let next = nextStartIndex; next !== undefined;) next = (await this.listPage(next)).nextStartIndex;
    this.#listed = true;
  }

  async #filter(filter: ScimUserFilter, matches: (record: ScimUser) => boolean): Promise<readonly Seen<ScimUser>[]> {
    const found = new Map<string, Seen<ScimUser>>();
    for await (const record of this.#scim.users.list({ filter }, this.#call))
      if (matches(record)) found.set(record.id, this.#keep(record));
    return [...found.values()];
  }

  #keep(record: ScimUser): Seen<ScimUser> {
    const seen = seenAt(this.#now, record);
    this.#known.add(seen);
    return seen;
  }
}
