import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { IdentityAmbiguousError, type IdentityCandidate } from '../errors/identity-errors.js';
import { IdentityConflictError } from '../errors/identity-conflict-error.js';
import type { IdSource, Sourced } from '../model/identity.js';
import type { AtlassianAccountId, ScimDirectoryId } from '../model/ids.js';
import type { AccountReads } from './account-reads.js';
import { sameText } from './identity-ref.js';
import type { RecordReads } from './record-reads.js';
import type { Seen } from './seen.js';

/** A record and the account it is linked to. */
export interface LinkedRecord {
  readonly record: Seen<ScimUser>;
  readonly account: Sourced<AtlassianAccountId>;
}

/** Finds the one record of our directory that an id means. */
export class RecordFinder {
  readonly #records: RecordReads;
  readonly #accounts: AccountReads | undefined;
  readonly #directoryId: ScimDirectoryId | undefined;

  constructor(records: RecordReads, accounts: AccountReads | undefined, directoryId: ScimDirectoryId | undefined) {
    this.#records = records;
    this.#accounts = accounts;
    this.#directoryId = directoryId;
  }

  async byUserName(userName: string): Promise<Seen<ScimUser> | undefined> {
    return onlyOne('userName', await this.#records.byUserName(userName), 'scim-record');
  }

  async byExternalId(externalId: string): Promise<Seen<ScimUser> | undefined> {
    return onlyOne('externalId', await this.#records.byExternalId(externalId), 'scim-record');
  }

  /**
   * The record whose primary email it is.
   *
   * No filter finds an email, so `userName` is tried, and the links of the email after it. A record whose `userName` is
   * the email while its primary email is another one is not it.
   */
  async byEmail(email: string): Promise<Seen<ScimUser> | undefined> {
    const known = this.#records.known.byEmail(email);
    if (known.length > 0) return onlyOne('email', known, 'scim-record');

    const named = await this.#records.byUserName(email);
    const matching = named.filter(
      ({ value }) => value.primaryEmail === undefined || sameText(value.primaryEmail, email),
    );
    if (matching.length > 0) return onlyOne('email', matching, 'scim-record');

    return this.#records.listed ? undefined : this.byEmailLink(email);
  }

  /** The record whose primary email it is, by the links of the email: they name records without an account too. */
  async byEmailLink(email: string): Promise<Seen<ScimUser> | undefined> {
    if (this.#accounts === undefined) return undefined;
    const links = await this.#accounts.linksForEmail(email);
    const records = await this.#recordsOf(links.value);
    const matching = records.filter(({ value }) => sameText(value.primaryEmail, email));
    return onlyOne('email', matching, 'scim-links-by-email');
  }

  /**
   * The record that is linked to the account.
   *
   * @throws `identity_conflict` when Atlassian links the account to a record which names another account.
   */
  async byAccount(accountId: AtlassianAccountId): Promise<LinkedRecord | undefined> {
    const known = onlyOne('accountId', this.#records.known.byAccount(accountId), 'scim-extension');
    if (known !== undefined) return linkedByExtension(known, accountId);
    if (this.#accounts === undefined) return undefined;

    const named = await this.#byNameOfSynced(accountId);
    if (named !== undefined) return linkedByExtension(named, accountId);
    if (this.#records.listed && !(await this.#mayBeUnlinkedInList(accountId))) return undefined;

    const links = await this.#accounts.linksForAccount(accountId);
    const records = await this.#recordsOf(links.value);
    const record = onlyOne('accountId', records, 'scim-links-by-account');
    if (record === undefined) return undefined;
    const { id: scimUserId, accountId: inRecord } = record.value;
    if (inRecord === accountId) return linkedByExtension(record, accountId);
    if (inRecord === undefined)
      return { record, account: { value: accountId, source: 'scim-links-by-account', observedAt: links.at } };
    throw new IdentityConflictError(
      'A record and its provisioning link name different accounts',
      [
        { scimUserId, accountId, foundIn: 'scim-links-by-account' },
        { scimUserId, accountId: inRecord, foundIn: 'scim-extension' },
      ],
      'Try again in a minute; if it stays, name the person by the SCIM id, or unlink the record.',
    );
  }

  isOurs(link: ScimLink): boolean {
    return link.scimDirectoryId === this.#directoryId;
  }

  /** Where a search has shown an account to be synced, its email is mostly a `userName`: one call instead of two. */
  async #byNameOfSynced(accountId: AtlassianAccountId): Promise<Seen<ScimUser> | undefined> {
    const user = this.#accounts?.knownById(accountId)?.value;
    if (user?.managementSource !== 'synced' || user.email === undefined) return undefined;
    const named = await this.#records.byUserName(user.email);
    return named.find(({ value }) => value.accountId === accountId);
  }

  /** With the whole directory read, only a record without an account id can still turn out to be linked to the account. */
  async #mayBeUnlinkedInList(accountId: AtlassianAccountId): Promise<boolean> {
    const email = (await this.#accounts?.byId(accountId))?.value.email;
    return email !== undefined && this.#records.known.byEmail(email).some(({ value }) => value.accountId === undefined);
  }

  async #recordsOf(links: readonly ScimLink[]): Promise<readonly Seen<ScimUser>[]> {
    const ids = new Set(links.filter((link) => this.isOurs(link)).map(({ scimUserId }) => scimUserId));
    const records = await Promise.all([...ids].map((id) => this.#records.byId(id)));
    return records.filter((record) => record !== undefined);
  }
}

function linkedByExtension(record: Seen<ScimUser>, accountId: AtlassianAccountId): LinkedRecord {
  return { record, account: { value: accountId, source: 'scim-extension', observedAt: record.at } };
}

function onlyOne(what: string, records: readonly Seen<ScimUser>[], foundIn: IdSource): Seen<ScimUser> | undefined {
  const [record, ...more] = records;
  if (more.length === 0) return record;
  throw new IdentityAmbiguousError(
    `Two records have the given ${what}`,
    records.map(({ value: { id, accountId } }): IdentityCandidate => ({
      scimUserId: id,
      ...(accountId !== undefined && { accountId }),
      foundIn,
    })),
  );
}
