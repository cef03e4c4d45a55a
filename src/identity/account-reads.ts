import type { OrgUserQuery } from '../clients/admin/org-user-query.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimLink } from '../clients/admin/scim-link.js';
import type { CallOptions } from '../http/transport.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { chunksOf } from './chunks.js';
import type { OrganizationReads } from './identity-clients.js';
import { foldCase, sameText } from './identity-ref.js';
import { Once, orMissing } from './once.js';
import { seenAt, type Now, type Seen } from './seen.js';

/** Addresses that one user search takes (documented). */
export const EMAILS_PER_SEARCH = 100;
/** Account ids that one user search takes (documented). */
export const ACCOUNTS_PER_SEARCH = 10;
const USERS_PER_PAGE = 100;

/** What to add to each user of the organization. */
export type OrgUserExpansion = NonNullable<OrgUserQuery['expand']>;

/**
 * The reads of accounts and provisioning links for one look-up, of one person or of many. Each is sent once, and what
 * another read has shown is not asked for again. Holds nothing longer than that, so that what it answers is fresh.
 */
export class AccountReads {
  readonly #admin: OrganizationReads;
  readonly #now: Now;
  readonly #call: CallOptions;
  readonly #expand: OrgUserExpansion;
  readonly #once = new Once();
  readonly #ofEmail = new Map<string, readonly Seen<OrgUser>[]>();
  readonly #ofId = new Map<string, Seen<OrgUser> | undefined>();

  constructor(admin: OrganizationReads, now: Now, call: CallOptions, expand: OrgUserExpansion = []) {
    this.#admin = admin;
    this.#now = now;
    this.#call = call;
    this.#expand = expand;
  }

  async linksForAccount(accountId: AtlassianAccountId): Promise<Seen<readonly ScimLink[]>> {
    return this.#once.read(`links-of-account:${accountId}`, async () => {
      const links = await orMissing(() => this.#admin.provisioningLinks.forAccount(accountId, this.#call));
      return seenAt(this.#now, links ?? []);
    });
  }

  async linksForEmail(email: string): Promise<Seen<readonly ScimLink[]>> {
    return this.#once.read(`links-of-email:${foldCase(email)}`, async () => {
      const links = await orMissing(() => this.#admin.provisioningLinks.forEmail(foldCase(email), this.#call));
      return seenAt(this.#now, links ?? []);
    });
  }

  /** The accounts with this email, if they were searched for before. */
  knownByEmail(email: string): readonly Seen<OrgUser>[] | undefined {
    return this.#ofEmail.get(foldCase(email));
  }

  async byEmail(email: string): Promise<readonly Seen<OrgUser>[]> {
    await this.searchEmails([email]);
    return this.#ofEmail.get(foldCase(email)) ?? [];
  }

  /** The account with this id, if it was read before. */
  knownById(accountId: AtlassianAccountId): Seen<OrgUser> | undefined {
    return this.#ofId.get(accountId);
  }

  async byId(accountId: AtlassianAccountId): Promise<Seen<OrgUser> | undefined> {
    await this.searchAccounts([accountId]);
    return this.#ofId.get(accountId);
  }

  /** Searches for accounts by email, 100 in one call. */
  async searchEmails(emails: readonly string[]): Promise<void> {
    const wanted = [...new Set(emails.map(foldCase))].filter((email) => !this.#ofEmail.has(email));
    await Promise.all(chunksOf(wanted, EMAILS_PER_SEARCH).map((chunk) => this.#searchEmails(chunk)));
  }

  /** Searches for accounts by id, 10 in one call. */
  async searchAccounts(accountIds: readonly AtlassianAccountId[]): Promise<void> {
    const wanted = [...new Set(accountIds)].filter((id) => !this.#ofId.has(id));
    await Promise.all(
      chunksOf(wanted, ACCOUNTS_PER_SEARCH).map((chunk) =>
        this.#once.read(`search-accounts:${chunk.join(' ')}`, async () => {
          await this.#search({ accountIds: chunk });
          for (const id of chunk) if (!this.#ofId.has(id)) this.#ofId.set(id, undefined);
        }),
      ),
    );
  }

  async #searchEmails(emails: readonly string[]): Promise<void> {
    await this.#once.read(`search-emails:${emails.join(' ')}`, async () => {
      const users = await this.#search({ emails });
      const [email, ...more] = emails;
      if (email !== undefined && more.length === 0) {
        // An account may come without its address. One that comes with another is not whom we asked for.
        const theirs = users.filter(({ value }) => value.email === undefined || sameText(value.email, email));
        this.#ofEmail.set(email, theirs);
        return;
      }
      // An account may come without its address. Then it cannot be told whose it is, and who has no other hit is left open.
      const anyHidden = users.some(({ value }) => value.email === undefined);
      for (const wanted of emails) {
        const hits = users.filter(({ value }) => sameText(value.email, wanted));
        if (hits.length > 0 || !anyHidden) this.#ofEmail.set(wanted, hits);
      }
    });
  }

  async #search(query: OrgUserQuery): Promise<readonly Seen<OrgUser>[]> {
    const expand = this.#expand.length === 0 ? {} : { expand: this.#expand };
    const found = new Map<string, Seen<OrgUser>>();
    for await (const user of this.#admin.users.search({ ...query, ...expand, limit: USERS_PER_PAGE }, this.#call))
      found.set(user.accountId, seenAt(this.#now, user));
    for (const [id, user] of found) this.#ofId.set(id, user);
    return [...found.values()];
  }
}
