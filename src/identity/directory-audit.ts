import type { CallOptions } from '../http/transport.js';
import { throwIfAborted } from './abort.js';
import { AccountReads } from './account-reads.js';
import { classifyAccount, classifyRecord, type LinkEvidence } from './directory-audit-classify.js';
import type { DirectoryAuditEntry } from './directory-audit-entry.js';
import { DirectoryAuditIndex, type AuditedAccount, type AuditedRecord } from './directory-audit-index.js';
import { capabilityMissing, type IdentityClients, type OrganizationReads, type ScimReads } from './identity-clients.js';
import { sameText } from './identity-ref.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { mapLimited } from './map-limited.js';
import { orMissing } from './once.js';
import { seenAt, type Now } from './seen.js';

const ENTRIES_AT_A_TIME = 100;
const LINKS_AT_A_TIME = 8;
const USERS_PER_PAGE = 100;

/** How far a directory audit looks. */
export interface DirectoryAuditOptions extends CallOptions {
  /**
   * For whom the provisioning links are read, a call for each.
   *
   * - `doubtful`: where record and account do not fit each other. The default
   * - `all`: for every record
   */
  readonly links?: 'doubtful' | 'all' | undefined;
}

/** Classifies a whole directory. */
export class DirectoryAudit {
  readonly #scim: ScimReads;
  readonly #admin: OrganizationReads | undefined;
  readonly #now: Now;
  readonly #call: CallOptions;
  readonly #allLinks: boolean;
  readonly #index = new DirectoryAuditIndex();

  constructor({ scim, admin }: IdentityClients, now: Now, { links = 'doubtful', ...call }: DirectoryAuditOptions) {
    if (scim === undefined) throw capabilityMissing('Auditing a directory', 'scim');
    this.#scim = scim;
    this.#admin = admin;
    this.#now = now;
    this.#call = call;
    this.#allLinks = links === 'all';
  }

  /** Reads both sides whole, then yields the entries; what is doubtful is asked after, as its entry is due. */
  async *entries(): AsyncGenerator<DirectoryAuditEntry, void, undefined> {
    await this.#read();
    for (const records of batches(this.#index.records())) {
      throwIfAborted('identity.audit', this.#call);
      await this.#findMissingAccounts(records);
      yield* await mapLimited(records, LINKS_AT_A_TIME, (record) => this.#classifyRecord(record));
    }
    for (const accounts of batches(this.#accountsWithoutRecord())) {
      throwIfAborted('identity.audit', this.#call);
      const entries = await mapLimited(accounts, LINKS_AT_A_TIME, (account) => this.#classifyAccount(account));
      yield* entries.filter((entry) => entry !== undefined);
    }
  }

  async #read(): Promise<void> {
    for await (const user of this.#scim.users.list({}, this.#call)) this.#index.addRecord(seenAt(this.#now, user));
    if (this.#admin === undefined) return;
    for await (const user of this.#admin.users.search({ limit: USERS_PER_PAGE }, this.#call))
      this.#index.addAccount(seenAt(this.#now, user));
  }

  /** An account can slip through a list that changes while it is read, so that those missing are searched for by id. */
  async #findMissingAccounts(records: readonly AuditedRecord[]): Promise<void> {
    if (this.#admin === undefined) return;
    const missing = records.flatMap(({ accountId }) =>
      accountId === undefined || this.#index.account(accountId) !== undefined ? [] : [accountId],
    );
    const reads = new AccountReads(this.#admin, this.#now, this.#call);
    await reads.searchAccounts(missing);
    for (const id of missing) {
      const found = reads.knownById(id);
      if (found !== undefined) this.#index.addAccount(found);
    }
  }

  async #classifyRecord(record: AuditedRecord): Promise<DirectoryAuditEntry> {
    return classifyRecord(record, {
      index: this.#index,
      accountsRead: this.#admin !== undefined,
      links: await this.#linksOfRecord(record),
    });
  }

  async #linksOfRecord(record: AuditedRecord): Promise<LinkEvidence | undefined> {
    const { accountId, email } = record;
    if (accountId !== undefined)
      return this.#allLinks || this.#isDoubtful(record) ? this.#linksOf({ accountId }) : undefined;
    return email === undefined ? undefined : this.#linksOf({ email });
  }

  #isDoubtful({ accountId, email }: AuditedRecord): boolean {
    const account = this.#index.account(accountId);
    if (account === undefined || this.#index.recordsOfAccount(accountId).length > 1) return true;
    return email !== undefined && account.email !== undefined && !sameText(email, account.email);
  }

  *#accountsWithoutRecord(): Generator<AuditedAccount, void, undefined> {
    for (const account of this.#index.accounts()) {
      if (this.#index.recordsOfAccount(account.accountId).length > 0) continue;
      if (account.managementSource === 'synced' || this.#index.accountsOfEmail(account.email).length > 1) yield account;
    }
  }

  async #classifyAccount(account: AuditedAccount): Promise<DirectoryAuditEntry | undefined> {
    const links =
      account.managementSource === 'synced' ? await this.#linksOf({ accountId: account.accountId }) : undefined;
    const late = await this.#lateRecord(account, links);
    return late === undefined ? classifyAccount(account, { index: this.#index, links }) : this.#classifyRecord(late);
  }

  /** The record of an account can have been created after the list was read. */
  async #lateRecord(account: AuditedAccount, links: LinkEvidence | undefined): Promise<AuditedRecord | undefined> {
    const link = links?.links.find(({ scimDirectoryId }) => scimDirectoryId === this.#scim.directoryId);
    if (link === undefined || this.#index.record(link.scimUserId) !== undefined) return undefined;
    const user = await orMissing(() => this.#scim.users.get(link.scimUserId, this.#call));
    return user?.accountId === account.accountId ? this.#index.addRecord(seenAt(this.#now, user)) : undefined;
  }

  async #linksOf(person: { accountId: AtlassianAccountId } | { email: string }): Promise<LinkEvidence | undefined> {
    if (this.#admin === undefined) return undefined;
    const reads = new AccountReads(this.#admin, this.#now, this.#call);
    const [by, { value: links }] =
      'email' in person
        ? (['email', await reads.linksForEmail(person.email)] as const)
        : (['account', await reads.linksForAccount(person.accountId)] as const);
    return { by, links, directoryId: this.#scim.directoryId };
  }
}

/** Cuts a sequence into parts, without having it whole; what is added to it meanwhile comes too. */
function* batches<Item>(items: Iterable<Item>): Generator<readonly Item[], void, undefined> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < ENTRIES_AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
