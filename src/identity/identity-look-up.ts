import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { CallOptions } from '../http/transport.js';
import type { Sourced } from '../model/identity.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
import { AccountFinder } from './account-finder.js';
import { AccountReads, type OrgUserExpansion } from './account-reads.js';
import { capabilityMissing, type IdentityClients } from './identity-clients.js';
import {
  toIdentity,
  type IdentityNeed,
  type IdentityObservation,
  type PersonEvidence,
} from './identity-observation.js';
import type { RefParts } from './identity-ref.js';
import { RecordFinder } from './record-finder.js';
import { RecordReads } from './record-reads.js';
import type { Now, Seen } from './seen.js';

/** The side of SCIM in one look-up. */
interface RecordSide {
  readonly reads: RecordReads;
  readonly finder: RecordFinder;
}

/** The side of the organization in one look-up. */
interface AccountSide {
  readonly reads: AccountReads;
  readonly finder: AccountFinder;
}

/**
 * Looks people up, with the fewest calls for what is needed of them.
 *
 * One look-up serves one call of the mapper, for one person or for many: what it has read, it does not read again.
 */
export class IdentityLookUp {
  readonly #records: RecordSide | undefined;
  readonly #accounts: AccountSide | undefined;
  readonly #needs: ReadonlySet<IdentityNeed>;

  constructor(
    { scim, admin }: IdentityClients,
    needs: readonly IdentityNeed[],
    { now, call, expand }: { now: Now; call: CallOptions; expand?: OrgUserExpansion | undefined },
  ) {
    const directoryId = scim?.directoryId;
    const accounts = admin && new AccountReads(admin, now, call, expand);
    const records = scim && new RecordReads(scim, now, call);
    this.#accounts = accounts && { reads: accounts, finder: new AccountFinder(accounts, directoryId) };
    this.#records = records && { reads: records, finder: new RecordFinder(records, accounts, directoryId) };
    this.#needs = new Set(needs);
  }

  /** What is needed of each person. */
  get needs(): ReadonlySet<IdentityNeed> {
    return this.#needs;
  }

  /** The reads of this look-up; `undefined` where the credential for them is not configured. */
  get recordReads(): RecordReads | undefined {
    return this.#records?.reads;
  }

  /** The reads of this look-up; `undefined` where the credential for them is not configured. */
  get accountReads(): AccountReads | undefined {
    return this.#accounts?.reads;
  }

  /**
   * Looks one person up; `undefined` when nobody has the id.
   *
   * @throws `identity_ambiguous`, `identity_conflict`, and `capability_missing` when nothing configured knows such ids.
   */
  async observe(ref: RefParts): Promise<IdentityObservation | undefined> {
    const person = await this.#find(ref);
    if (person === undefined) return undefined;

    const accountId = person.account?.value;
    const orgUser =
      accountId === undefined
        ? undefined
        : this.#needs.has('orgUser')
          ? await this.#accounts?.reads.byId(accountId)
          : this.#accounts?.reads.knownById(accountId);

    return {
      identity: toIdentity({ ...person, orgUser }),
      ...(person.record !== undefined && { scimUser: person.record.value }),
      ...(orgUser !== undefined && this.#needs.has('orgUser') && { orgUser: orgUser.value }),
    };
  }

  /** The record of a person, by everything that finds one; nothing is looked up about its account. */
  async findRecord(ref: RefParts): Promise<Seen<ScimUser> | undefined> {
    const { finder } = this.#recordSide(ref);
    switch (ref.kind) {
      case 'email':
        return finder.byEmail(ref.value);
      case 'userName':
        return finder.byUserName(ref.value);
      case 'externalId':
        return finder.byExternalId(ref.value);
      case 'scimUserId':
        return this.#recordSide(ref).reads.byId(ref.value as ScimUserId);
      case 'accountId':
        return (await finder.byAccount(ref.value as AtlassianAccountId))?.record;
    }
  }

  async #find(ref: RefParts): Promise<PersonEvidence | undefined> {
    if (ref.kind === 'accountId') return this.#findByAccount(ref.value as AtlassianAccountId);
    if (ref.kind === 'email') return this.#findByEmail(ref);
    const record = await this.findRecord(ref);
    return record && this.#withAccount(record);
  }

  async #findByEmail(ref: RefParts): Promise<PersonEvidence | undefined> {
    if (this.#records === undefined) return this.#findAccountByEmail(ref.value);
    const searched = await this.#searchedAccount(ref.value);
    if (searched !== undefined) return { link: 'unknown', account: searched };

    const record = await this.#records.finder.byEmail(ref.value);
    if (record !== undefined)
      return this.#withAccount(record, { value: ref.value, source: 'given', observedAt: record.at });
    if (this.#accounts === undefined || !this.#wantsAccount()) return undefined;

    const account = await this.#accounts.finder.ofEmail(ref.value);
    if (account === undefined) return undefined;
    // The record of that account can have another email than the account has.
    const linked = await this.#linkedRecord(account.value);
    return linked ?? { link: 'unsynced', account, email: { ...account, value: ref.value } };
  }

  async #findAccountByEmail(email: string): Promise<PersonEvidence | undefined> {
    if (this.#accounts === undefined) throw capabilityMissing('Looking up an email', 'admin');
    const account = await this.#accounts.finder.ofEmailWithoutDirectory(email);
    return account && { link: 'unknown', account, email: { ...account, value: email } };
  }

  async #findByAccount(accountId: AtlassianAccountId): Promise<PersonEvidence | undefined> {
    if (this.#accounts === undefined) throw capabilityMissing('Looking up an account id', 'admin');
    const onlyAccount = this.#records === undefined || !this.#needs.has('scimUser');
    if (this.#needs.has('orgUser')) await this.#accounts.reads.byId(accountId);
    if (!onlyAccount) {
      const linked = await this.#linkedRecord(accountId, { certain: true });
      if (linked !== undefined) return linked;
    }

    const account = await this.#confirmed(accountId);
    if (account === undefined || onlyAccount) return account && { link: 'unknown', account };
    const email = this.#accounts.reads.knownById(accountId)?.value.email;
    const record = email === undefined ? undefined : await this.#recordWithoutAccount(email);
    return { link: record === undefined ? 'unsynced' : 'unlinked', account, record };
  }

  /** The account, if the organization or a provisioning link knows it. */
  async #confirmed(accountId: AtlassianAccountId): Promise<Sourced<AtlassianAccountId> | undefined> {
    const user = await this.#accounts?.reads.byId(accountId);
    if (user !== undefined) return { value: accountId, source: 'directory-search', observedAt: user.at };
    const links = await this.#accounts?.reads.linksForAccount(accountId);
    if (links === undefined || links.value.length === 0) return undefined;
    return { value: accountId, source: 'scim-links-by-account', observedAt: links.at };
  }

  async #recordWithoutAccount(email: string): Promise<Seen<ScimUser> | undefined> {
    const finder = this.#records?.finder;
    const record =
      this.#records?.reads.listed === true ? await finder?.byEmail(email) : await finder?.byEmailLink(email);
    return record?.value.accountId === undefined ? record : undefined;
  }

  /** The record linked to an account. An account that was invited by hand has none, unless that must be certain. */
  async #linkedRecord(accountId: AtlassianAccountId, { certain = false } = {}): Promise<PersonEvidence | undefined> {
    const known: OrgUser | undefined = this.#accounts?.reads.knownById(accountId)?.value;
    if (!certain && known?.managementSource === 'invited') return undefined;
    const linked = await this.#records?.finder.byAccount(accountId);
    return linked && { link: 'linked', ...linked };
  }

  async #withAccount(record: Seen<ScimUser>, email?: Sourced<string>): Promise<PersonEvidence> {
    const { accountId } = record.value;
    if (accountId !== undefined)
      return {
        link: 'linked',
        record,
        account: { value: accountId, source: 'scim-extension', observedAt: record.at },
        email,
      };
    if (this.#accounts === undefined || !this.#wantsAccount()) return { link: 'unlinked', record, email };
    return { record, email, ...(await this.#accounts.finder.ofRecord(record.value)) };
  }

  /** The account alone: where no record is wanted, one search gives the user, and may have been made for many together. */
  async #searchedAccount(email: string): Promise<Sourced<AtlassianAccountId> | undefined> {
    if (this.#needs.has('scimUser')) return undefined;
    if (this.#needs.has('orgUser')) await this.#accounts?.reads.byEmail(email);
    const [user, ...more] = this.#accounts?.reads.knownByEmail(email) ?? [];
    if (user === undefined || more.length > 0) return undefined;
    return { value: user.value.accountId, source: 'directory-search', observedAt: user.at };
  }

  #wantsAccount(): boolean {
    return this.#needs.has('accountId') || this.#needs.has('orgUser');
  }

  #recordSide({ kind }: RefParts): RecordSide {
    if (this.#records === undefined) throw capabilityMissing(`Looking up by ${kind}`, 'scim');
    return this.#records;
  }
}
