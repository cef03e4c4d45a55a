import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';

/** What the organization and its SCIM directory know of an account or group, whatever product it is seen in. */
export class PeopleByAccount {
  readonly #emails = new Map<string, string[]>();
  readonly #scim = new Map<string, { readonly scim_id: string; readonly external_id: string | undefined }>();
  readonly #scimGroups = new Map<string, string>();

  constructor({ entities }: AccessSnapshot) {
    for (const { id, email } of entities['admin.user']) this.#add(id, email);
    for (const record of entities['scim.user']) {
      if (record.accountId === undefined) continue;
      this.#add(record.accountId, record.email);
      if (record.userName.includes('@')) this.#add(record.accountId, record.userName);
      this.#scim.set(record.accountId, { scim_id: record.id, external_id: record.externalId });
    }
    for (const { id, scimGroupId } of entities['admin.group'])
      if (scimGroupId !== undefined) this.#scimGroups.set(id, scimGroupId);
  }

  emailsOf(accountId: string): readonly string[] {
    return this.#emails.get(accountId) ?? [];
  }

  scimOf(accountId: string): { readonly scim_id?: string; readonly external_id?: string | undefined } {
    return this.#scim.get(accountId) ?? {};
  }

  scimGroupOf(groupId: string): string | undefined {
    return this.#scimGroups.get(groupId);
  }

  #add(accountId: string, email: string | undefined): void {
    if (email === undefined) return;
    const emails = this.#emails.get(accountId);
    if (emails === undefined) this.#emails.set(accountId, [email]);
    else emails.push(email);
  }
}
