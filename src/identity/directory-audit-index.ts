import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
import { foldCase } from './identity-ref.js';
import type { Seen } from './seen.js';

/** What an audit keeps of a record: a few hundred bytes each, for directories of a million. */
export interface AuditedRecord {
  readonly scimUserId: ScimUserId;
  readonly userName: string;
  readonly email: string | undefined;
  readonly externalId: string | undefined;
  readonly active: boolean;
  readonly accountId: AtlassianAccountId | undefined;
  readonly at: string;
}

/** What an audit keeps of an account. */
export interface AuditedAccount {
  readonly accountId: AtlassianAccountId;
  readonly email: string | undefined;
  readonly accountStatus: string | undefined;
  readonly status: string | undefined;
  readonly claimStatus: string | undefined;
  readonly managementSource: string | undefined;
  readonly at: string;
}

/** Items by one of their attributes, several to a value. */
class Groups<Item> {
  readonly #items = new Map<string, Item | Item[]>();

  add(key: string | undefined, item: Item): void {
    if (key === undefined || key === '') return;
    const known = this.#items.get(key);
    // Nearly every value is held once, and an array for each would cost more than the item.
    if (known === undefined) this.#items.set(key, item);
    else if (Array.isArray(known)) known.push(item);
    else this.#items.set(key, [known, item]);
  }

  get(key: string | undefined): readonly Item[] {
    const known = key === undefined ? undefined : this.#items.get(key);
    if (known === undefined) return [];
    return Array.isArray(known) ? known : [known];
  }
}

/** Both sides of a directory in memory, each item reduced to what an audit compares. */
export class DirectoryAuditIndex {
  readonly #records = new Map<ScimUserId, AuditedRecord>();
  readonly #recordsByAccount = new Groups<AuditedRecord>();
  readonly #recordsByEmail = new Groups<AuditedRecord>();
  readonly #recordsByExternalId = new Groups<AuditedRecord>();
  readonly #accounts = new Map<AtlassianAccountId, AuditedAccount>();
  readonly #accountsByEmail = new Groups<AuditedAccount>();

  addRecord({ value: user, at }: Seen<ScimUser>): AuditedRecord {
    const known = this.#records.get(user.id);
    if (known !== undefined) return known;
    const record = {
      scimUserId: user.id,
      userName: user.userName,
      email: user.primaryEmail,
      externalId: user.externalId === '' ? undefined : user.externalId,
      active: user.active,
      accountId: user.accountId,
      at,
    };
    this.#records.set(record.scimUserId, record);
    this.#recordsByAccount.add(record.accountId, record);
    this.#recordsByEmail.add(fold(record.email), record);
    this.#recordsByExternalId.add(record.externalId, record);
    return record;
  }

  addAccount({ value: user, at }: Seen<OrgUser>): void {
    if (this.#accounts.has(user.accountId)) return;
    const account = {
      accountId: user.accountId,
      email: user.email,
      accountStatus: user.accountStatus,
      status: user.status,
      claimStatus: user.claimStatus,
      managementSource: user.managementSource,
      at,
    };
    this.#accounts.set(account.accountId, account);
    this.#accountsByEmail.add(fold(account.email), account);
  }

  records(): Iterable<AuditedRecord> {
    return this.#records.values();
  }

  accounts(): Iterable<AuditedAccount> {
    return this.#accounts.values();
  }

  record(id: ScimUserId): AuditedRecord | undefined {
    return this.#records.get(id);
  }

  account(id: AtlassianAccountId | undefined): AuditedAccount | undefined {
    return id === undefined ? undefined : this.#accounts.get(id);
  }

  recordsOfAccount(id: AtlassianAccountId | undefined): readonly AuditedRecord[] {
    return this.#recordsByAccount.get(id);
  }

  recordsOfEmail(email: string | undefined): readonly AuditedRecord[] {
    return this.#recordsByEmail.get(fold(email));
  }

  recordsOfExternalId(externalId: string | undefined): readonly AuditedRecord[] {
    return this.#recordsByExternalId.get(externalId);
  }

  accountsOfEmail(email: string | undefined): readonly AuditedAccount[] {
    return this.#accountsByEmail.get(fold(email));
  }
}

function fold(text: string | undefined): string | undefined {
  return text === undefined ? undefined : foldCase(text);
}
