import type { ScimUser } from '../clients/scim/scim-user.js';
import { foldCase } from './identity-ref.js';
import type { Seen } from './seen.js';

/** Records of one SCIM directory, by each of their ids. A record that comes twice, as paging can have it, counts once. */
export class RecordIndex {
  readonly #byId = new Map<string, Seen<ScimUser>>();
  readonly #byUserName = new Map<string, Seen<ScimUser>[]>();
  readonly #byEmail = new Map<string, Seen<ScimUser>[]>();
  readonly #byExternalId = new Map<string, Seen<ScimUser>[]>();
  readonly #byAccount = new Map<string, Seen<ScimUser>[]>();

  add(record: Seen<ScimUser>): void {
    const { id, userName, primaryEmail, externalId, accountId } = record.value;
    if (this.#byId.has(id)) return;
    this.#byId.set(id, record);
    append(this.#byUserName, foldCase(userName), record);
    if (primaryEmail !== undefined) append(this.#byEmail, foldCase(primaryEmail), record);
    if (externalId !== undefined) append(this.#byExternalId, externalId, record);
    if (accountId !== undefined) append(this.#byAccount, accountId, record);
  }

  byId(id: string): Seen<ScimUser> | undefined {
    return this.#byId.get(id);
  }

  byUserName(userName: string): readonly Seen<ScimUser>[] {
    return this.#byUserName.get(foldCase(userName)) ?? [];
  }

  /** By primary email. */
  byEmail(email: string): readonly Seen<ScimUser>[] {
    return this.#byEmail.get(foldCase(email)) ?? [];
  }

  byExternalId(externalId: string): readonly Seen<ScimUser>[] {
    return this.#byExternalId.get(externalId) ?? [];
  }

  /** By the account id in the extension. */
  byAccount(accountId: string): readonly Seen<ScimUser>[] {
    return this.#byAccount.get(accountId) ?? [];
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
