import { present } from '../../model/present.js';
import type { AdminGroup, AdminUser, ScimRecord } from '../entities/admin-entities.js';
import type { BitbucketUser } from '../entities/bitbucket-entities.js';
import type { JiraUser } from '../entities/jira-entities.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import { whoseSite } from '../graph/product-roles.js';

/** What is kept of an account. */
type AccountFact = Pick<AdminUser, 'email' | 'accountStatus' | 'addedAt' | 'deactivatedAt'> & {
  readonly lastUseOfJira?: string | undefined;
};

/** What the organization and its SCIM directory know of accounts, for the products that do not. It keeps no more than that. */
export class AccountFacts {
  readonly #users = new Map<AtlassianAccountId, AccountFact>();
  readonly #records = new Map<AtlassianAccountId, Pick<ScimRecord, 'createdAt' | 'changedAt'>>();
  readonly #sites: ReadonlySet<string>;
  /** Sites on which somebody has used Jira, while it is not known which one is read. */
  readonly #sitesUsed = new Set<string>();

  /** `sites` are the ids of those whose Jira is read; empty where it is not known. */
  constructor(
    users: readonly AdminUser[] = [],
    records: readonly ScimRecord[] = [],
    sites: ReadonlySet<string> = new Set(),
  ) {
    this.#sites = sites;
    for (const user of users) this.addUser(user);
    for (const record of records) this.addRecord(record);
  }

  addUser(user: AdminUser): void {
    const { id, email, accountStatus, addedAt, deactivatedAt } = user;
    const known = { email, accountStatus, addedAt, deactivatedAt, lastUseOfJira: this.#lastUseOfJira(user) };
    this.#users.set(id, present(known));
  }

  addRecord({ accountId, createdAt, changedAt }: ScimRecord): void {
    if (accountId !== undefined) this.#records.set(accountId, present({ createdAt, changedAt }));
  }

  /**
   * The user with the four dates that Jira does not give.
   *
   * Created is when the account came into the organization, last login the last time any Jira product of the site was
   * used, changed the last change of the SCIM record. What is not known stays absent.
   */
  withDates(user: JiraUser): JiraUser {
    const account = this.#users.get(user.id);
    const record = this.#records.get(user.id);
    const createdAt = account?.addedAt ?? record?.createdAt;
    const lastLoginAt = this.#sitesUsed.size > 1 ? undefined : account?.lastUseOfJira;
    const deactivatedAt = account?.deactivatedAt;
    const changedAt = record?.changedAt;
    return {
      ...user,
      ...(createdAt !== undefined && { createdAt }),
      ...(lastLoginAt !== undefined && { lastLoginAt }),
      ...(deactivatedAt !== undefined && { deactivatedAt }),
      ...(changedAt !== undefined && { changedAt }),
    };
  }

  /** The user with the email that Bitbucket does not list, and with the account's own word on its state. */
  withEmail(user: BitbucketUser): BitbucketUser {
    const account = this.#users.get(user.id);
    if (account === undefined) return user;
    const { email, accountStatus } = account;
    return {
      ...user,
      ...(email !== undefined && { email }),
      ...(accountStatus !== undefined && { active: accountStatus === 'active', deleted: accountStatus === 'closed' }),
    };
  }

  #lastUseOfJira({ productAccess = [] }: AdminUser): string | undefined {
    const uses = productAccess.filter(
      (use) => use.product?.startsWith('jira') === true && whoseSite(use, this.#sites) !== 'another',
    );
    if (this.#sites.size === 0)
      for (const { resourceId } of uses)
        if (resourceId !== undefined) this.#sitesUsed.add(resourceId.slice(resourceId.lastIndexOf('/')));
    return uses
      .flatMap(({ lastActiveAt }) => lastActiveAt ?? [])
      .sort()
      .at(-1);
  }
}

/**
 * The groups, each with the one group of its name that the records of the SCIM directory are in. Of several groups of one
 * name, in several directories, it is the one that is synced.
 */
export function withScimIds(groups: readonly AdminGroup[], records: readonly ScimRecord[]): AdminGroup[] {
  const ids = new Map<string, Set<AdminGroup['scimGroupId'] & string>>();
  for (const { id, name } of records.flatMap((record) => record.groups)) {
    if (name === undefined) continue;
    const known = ids.get(name.toLowerCase()) ?? new Set();
    ids.set(name.toLowerCase(), known.add(id));
  }
  const named = new Map<string, AdminGroup[]>();
  for (const group of groups) {
    const key = group.name.toLowerCase();
    named.set(key, [...(named.get(key) ?? []), group]);
  }
  return groups.map((group) => {
    const key = group.name.toLowerCase();
    const [scimGroupId, ...others] = ids.get(key) ?? [];
    if (scimGroupId === undefined || others.length > 0) return group;
    const all = named.get(key) ?? [];
    const candidates = all.length > 1 ? all.filter(({ origin }) => origin !== 'local') : all;
    return candidates.length === 1 && candidates[0] === group ? { ...group, scimGroupId } : group;
  });
}
