import type { AtlassianAccountId, ScimUserId } from '../../model/ids.js';
import type { AdminUser, ScimRecord } from '../entities/admin-entities.js';
import type { BitbucketUser } from '../entities/bitbucket-entities.js';
import type { ConfluenceUser } from '../entities/confluence-entities.js';
import { PRODUCTS, type Product } from '../entities/entity-type.js';
import type { JiraUser } from '../entities/jira-entities.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { hiddenBy } from './gap-index.js';
import type { Standing } from './weighing.js';
import { type WorkspaceOwner, workspaceOwner } from './workspace-owner.js';

/**
 * Whom a question is about: an account id, an email address, a SCIM id or the UUID of a Bitbucket user, either as it is or
 * by name. As a plain text it is tried as each of them, in this order: account id, SCIM id, UUID, email.
 */
export type IdentityRef =
  | string
  | { readonly accountId: string }
  | { readonly email: string }
  | { readonly scimUserId: string }
  | { readonly bitbucketUuid: string };

/** A person or an app, with what every service calls it. */
export interface Identity {
  /** Absent where the snapshot links no account to the SCIM record. */
  readonly accountId?: AtlassianAccountId;
  readonly name?: string;
  readonly email?: string;
  readonly accountType?: string;
  readonly scimUserIds: readonly ScimUserId[];
  readonly bitbucketUuid?: string;
  /** The products in which the snapshot has it as a user. */
  readonly knownIn: readonly Product[];
  /** From outside the organization: a guest, or an account that it does not manage. Absent where nothing tells. */
  readonly external?: boolean;
  /** Where it reaches nothing for the time being, and why. */
  readonly blocked: readonly BlockedIn[];
}

/** Why a person reaches nothing in a product although grants are there. */
export interface BlockedIn {
  readonly product: Product;
  readonly because: string;
}

/** Everybody whom the snapshot mentions, by number. */
export class People {
  readonly ids: AtlassianAccountId[] = [];
  readonly admin: (AdminUser | undefined)[] = [];
  readonly jira: (JiraUser | undefined)[] = [];
  readonly confluence: (ConfluenceUser | undefined)[] = [];
  readonly bitbucket: (BitbucketUser | undefined)[] = [];
  readonly #byId = new Map<string, number>();
  readonly #records = new Map<number, ScimRecord[]>();
  readonly #byScimId = new Map<string, { record: ScimRecord; person: number | undefined }>();
  readonly #workspaceOwner: WorkspaceOwner;
  /** Products of which the snapshot has users, or would have them but for a gap. */
  readonly #withUsers: ReadonlySet<Product>;
  readonly #byEmail: ReadonlyMap<string, readonly number[]>;
  readonly #byUuid = new Map<string, number>();
  /** SCIM records without an account. */
  readonly #unlinked: ScimRecord[] = [];

  constructor({ entities, gaps }: AccessSnapshot) {
    this.#workspaceOwner = workspaceOwner(entities);
    for (const user of entities['admin.user']) this.admin[this.intern(user.id)] = user;
    for (const user of entities['jira.user']) this.jira[this.intern(user.id)] = user;
    for (const user of entities['confluence.user']) this.confluence[this.intern(user.id)] = user;
    for (const user of entities['bitbucket.user']) this.bitbucket[this.intern(user.id)] = user;

    const linked = new Map<string, string>();
    for (const { from, to } of entities.connection) {
      const [record, account] = from.type === 'scim.user' ? [from, to] : [to, from];
      if (record.type === 'scim.user' && account.type.endsWith('.user')) linked.set(record.id, account.id);
    }
    for (const record of entities['scim.user']) {
      const accountId = record.accountId ?? linked.get(record.id);
      const person = accountId === undefined ? undefined : this.intern(accountId);
      this.#byScimId.set(record.id, { record, person });
      if (person === undefined) this.#unlinked.push(record);
      else this.#records.set(person, [...(this.#records.get(person) ?? []), record]);
    }
    this.#withUsers = new Set(
      PRODUCTS.filter((product) => {
        const type = `${product}.user` as const;
        return (
          entities[type].length > 0 || gaps.some((gap) => gap.resource === undefined && hiddenBy(gap).includes(type))
        );
      }),
    );
    this.#byEmail = this.#emailIndex();
    for (const [person, user] of this.bitbucket.entries())
      if (user?.uuid !== undefined) this.#byUuid.set(user.uuid, person);
  }

  get size(): number {
    return this.ids.length;
  }

  /** Number of an account, which is new where it was not mentioned before. */
  intern(accountId: string): number {
    const known = this.#byId.get(accountId);
    if (known !== undefined) return known;
    const person = this.ids.length;
    this.ids.push(accountId as AtlassianAccountId);
    this.#byId.set(accountId, person);
    return person;
  }

  find(accountId: string): number | undefined {
    return this.#byId.get(accountId);
  }

  /** SCIM records that are linked to the account. */
  recordsOf(person: number): readonly ScimRecord[] {
    return this.#records.get(person) ?? [];
  }

  /** All who match: one where the reference is good, several where an address is shared. */
  match(ref: IdentityRef): (number | ScimRecord)[] {
    if (typeof ref === 'object') {
      if ('accountId' in ref) return listOf(this.#byId.get(ref.accountId));
      if ('scimUserId' in ref) return this.#matchScim(ref.scimUserId);
      if ('bitbucketUuid' in ref) return listOf(this.#byUuid.get(ref.bitbucketUuid));
      return this.#matchEmail(ref.email);
    }
    const ways = [
      () => listOf(this.#byId.get(ref)),
      () => this.#matchScim(ref),
      () => listOf(this.#byUuid.get(ref)),
      () => this.#matchEmail(ref),
    ];
    for (const way of ways) {
      const found = way();
      if (found.length > 0) return found;
    }
    return [];
  }

  describe(person: number): Identity {
    const id = this.ids[person];
    const admin = this.admin[person];
    const jira = this.jira[person];
    const confluence = this.confluence[person];
    const bitbucket = this.bitbucket[person];
    const records = this.recordsOf(person);
    const email = admin?.email ?? jira?.email ?? confluence?.email ?? bitbucket?.email ?? records[0]?.email;
    const name = admin?.name ?? jira?.displayName ?? confluence?.displayName ?? bitbucket?.displayName;
    const accountType = admin?.accountType ?? jira?.accountType ?? confluence?.accountType;
    const external = this.isExternal(person);
    // One by one: spreading what may be absent would take ten times as long, and there are lists of everybody.
    const told: { -readonly [Key in keyof Identity]?: Identity[Key] } = {};
    if (id !== undefined) told.accountId = id;
    if (name !== undefined) told.name = name;
    if (email !== undefined) told.email = email;
    if (accountType !== undefined) told.accountType = accountType;
    if (bitbucket?.uuid !== undefined) told.bitbucketUuid = bitbucket.uuid;
    if (external !== undefined) told.external = external;
    return Object.assign(told, {
      scimUserIds: records.map((record) => record.id),
      knownIn: PRODUCTS.filter((product) => this.isKnownIn(person, product)),
      blocked: this.#blockedIn(person),
    });
  }

  #blockedIn(person: number): BlockedIn[] {
    const blocked: BlockedIn[] = [];
    for (const product of PRODUCTS) {
      const because = this.blockedBecause(person, product);
      if (because !== undefined) blocked.push({ product, because });
    }
    return blocked;
  }

  isKnownIn(person: number, product: Product): boolean {
    return this[product][person] !== undefined;
  }

  /** Apps and people of whom nothing says that they are people. */
  mayBeApp(person: number): boolean {
    const type =
      this.admin[person]?.accountType ?? this.jira[person]?.accountType ?? this.confluence[person]?.accountType;
    return type === undefined || type === 'app' || type === 'unknown';
  }

  isExternal(person: number): boolean | undefined {
    if (this.confluence[person]?.externalCollaborator === true || this.jira[person]?.guest === true) return true;
    // Not to be a guest of Confluence says nothing of whose account it is: only the organization tells that.
    const userType = this.admin[person]?.userType;
    if (userType === 'unmanaged') return true;
    return userType === 'managed' ? false : undefined;
  }

  /** Why the person reaches nothing in the product, where the snapshot says that they do not. */
  blockedBecause(person: number, product: Product): string | undefined {
    const admin = this.admin[person];
    if (admin?.accountStatus === 'inactive') return 'The account is deactivated';
    if (admin?.accountStatus === 'closed') return 'The account is closed';
    if (admin?.membershipStatus === 'suspended' && (product !== 'bitbucket' || this.#workspaceOwner === 'ours'))
      return 'The membership in the organization is suspended';
    if (product === 'jira' && this.jira[person]?.active === false) return 'The user is not active in Jira';
    if (product === 'confluence') {
      const status = this.confluence[person]?.accountStatus;
      if (status === 'inactive' || status === 'closed') return `The account is ${status} in Confluence`;
    }
    if (product === 'bitbucket') {
      if (this.bitbucket[person]?.deleted === true) return 'The user is deleted in Bitbucket';
      if (this.bitbucket[person]?.active === false) return 'The user is not active in Bitbucket';
    }
    return undefined;
  }

  /** Whether the person may reach nothing in the product: no answer has them as active there. */
  mayBeBlocked(person: number, product: Product): boolean {
    if (this.blockedBecause(person, product) !== undefined) return false;
    const { accountStatus, membershipStatus } = this.admin[person] ?? {};
    // It ends what is held in a workspace of this organization, and nothing in one of another.
    if (membershipStatus === 'suspended') return product === 'bitbucket' && this.#workspaceOwner === 'unknown';
    if (accountStatus === 'active' && membershipStatus !== undefined) return false;
    if (this.#withUsers.has(product) && !this.isKnownIn(person, product)) return true;
    return PRODUCTS.some((other) => other !== product && this.blockedBecause(person, other) !== undefined);
  }

  /** Whether what the person holds in the product is of use. */
  standingIn(person: number, product: Product): Standing {
    if (this.blockedBecause(person, product) !== undefined) return 'blocked';
    return this.mayBeBlocked(person, product) ? 'doubtful' : 'active';
  }

  #matchScim(id: string): (number | ScimRecord)[] {
    const found = this.#byScimId.get(id);
    return found === undefined ? [] : [found.person ?? found.record];
  }

  #matchEmail(email: string): (number | ScimRecord)[] {
    const wanted = email.toLowerCase();
    const people = this.#byEmail.get(wanted);
    if (people !== undefined) return [...people];
    return this.#unlinked.filter(({ email: address, userName }) =>
      [address, userName].some((text) => text?.toLowerCase() === wanted),
    );
  }

  #emailIndex(): ReadonlyMap<string, number[]> {
    const index = new Map<string, number[]>();
    const add = (text: string | undefined, person: number): void => {
      if (text === undefined || text === '') return;
      const email = text.toLowerCase();
      const people = index.get(email);
      if (people === undefined) index.set(email, [person]);
      else if (people.at(-1) !== person) people.push(person);
    };
    for (let person = 0; person < this.size; person += 1) {
      add(this.admin[person]?.email, person);
      add(this.jira[person]?.email, person);
      add(this.confluence[person]?.email, person);
      add(this.bitbucket[person]?.email, person);
      for (const { email, userName } of this.recordsOf(person)) {
        add(email, person);
        add(userName, person);
      }
    }
    return index;
  }
}

function listOf(person: number | undefined): number[] {
  return person === undefined ? [] : [person];
}
