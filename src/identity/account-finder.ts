import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { IdentityAmbiguousError, type IdentityCandidate } from '../errors/identity-errors.js';
import type { Sourced } from '../model/identity.js';
import type { AtlassianAccountId, ScimDirectoryId } from '../model/ids.js';
import type { AccountReads } from './account-reads.js';
import type { Seen } from './seen.js';

/** The account of a record. It can be found without being linked. */
export interface AccountOfRecord {
  readonly link: 'linked' | 'unlinked';
  readonly account?: Sourced<AtlassianAccountId>;
}

/** Finds the one account that goes with an email or with a record that names none. */
export class AccountFinder {
  readonly #accounts: AccountReads;
  readonly #directoryId: ScimDirectoryId | undefined;

  constructor(accounts: AccountReads, directoryId: ScimDirectoryId | undefined) {
    this.#accounts = accounts;
    this.#directoryId = directoryId;
  }

  /**
   * The account of a record without an account id.
   *
   * A link of the record itself makes it `linked`. An account that merely has the same email is given with its source, and
   * the record stays `unlinked`.
   */
  async ofRecord({ id, primaryEmail }: ScimUser): Promise<AccountOfRecord> {
    if (primaryEmail === undefined) return { link: 'unlinked' };
    const searched = this.#fromSearchBefore(primaryEmail);
    if (searched !== undefined) return { link: 'unlinked', account: searched };

    const links = await this.#accounts.linksForEmail(primaryEmail);
    const own = links.value.find(
      (link) => this.#isOurs(link) && link.scimUserId === id && link.accountId !== undefined,
    );
    if (own?.accountId !== undefined)
      return { link: 'linked', account: { value: own.accountId, source: 'scim-links-by-email', observedAt: links.at } };

    const account = this.#fromOtherDirectories(links) ?? (await this.#fromSearch(primaryEmail));
    return { link: 'unlinked', ...(account !== undefined && { account }) };
  }

  /** The account with an email of which our directory has no record. */
  async ofEmail(email: string): Promise<Sourced<AtlassianAccountId> | undefined> {
    if (this.#accounts.knownByEmail(email) !== undefined) return this.#fromSearch(email);
    return this.#fromOtherDirectories(await this.#accounts.linksForEmail(email)) ?? this.#fromSearch(email);
  }

  /**
   * The account with an email where no SCIM directory is configured.
   *
   * The search comes first: it finds more than the links, and one call serves both purposes.
   */
  async ofEmailWithoutDirectory(email: string): Promise<Sourced<AtlassianAccountId> | undefined> {
    return (await this.#fromSearch(email)) ?? this.#fromOtherDirectories(await this.#accounts.linksForEmail(email));
  }

  /**
   * What an earlier search for many emails says, where nothing better can come of the links.
   *
   * An account which that search shows as not synced has no link that would be worth a call.
   */
  #fromSearchBefore(email: string): Sourced<AtlassianAccountId> | undefined {
    const [user, ...more] = this.#accounts.knownByEmail(email) ?? [];
    if (user === undefined || more.length > 0 || user.value.managementSource === 'synced') return undefined;
    return fromSearch(user);
  }

  async #fromSearch(email: string): Promise<Sourced<AtlassianAccountId> | undefined> {
    const users = await this.#accounts.byEmail(email);
    const [user, ...more] = users;
    if (more.length > 0)
      throw ambiguous(users.map(({ value: { accountId } }) => ({ accountId, foundIn: 'directory-search' })));
    return user && fromSearch(user);
  }

  /** A link of another directory is evidence of the account, and no record of ours. */
  #fromOtherDirectories({ value: links, at }: Seen<readonly ScimLink[]>): Sourced<AtlassianAccountId> | undefined {
    const foreign = links.filter((link) => !this.#isOurs(link) && link.accountId !== undefined);
    const accountIds = new Set(foreign.map(({ accountId }) => accountId));
    const accountId = foreign[0]?.accountId;
    if (accountId === undefined) return undefined;
    if (accountIds.size > 1)
      throw ambiguous(
        foreign.map(({ scimUserId, scimDirectoryId, accountId: id }) => ({
          scimUserId,
          scimDirectoryId,
          ...(id !== undefined && { accountId: id }),
          foundIn: 'scim-links-by-email',
        })),
      );
    return { value: accountId, source: 'scim-links-by-email', observedAt: at };
  }

  #isOurs({ scimDirectoryId }: ScimLink): boolean {
    return scimDirectoryId === this.#directoryId;
  }
}

function fromSearch({ value: { accountId }, at }: Seen<OrgUser>): Sourced<AtlassianAccountId> {
  return { value: accountId, source: 'directory-search', observedAt: at };
}

function ambiguous(candidates: readonly IdentityCandidate[]): IdentityAmbiguousError {
  return new IdentityAmbiguousError('Two accounts have the email', candidates);
}
