import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  ResourceAri,
  ScimDirectoryId,
} from '../../model/ids.js';
import { endProvisioning } from '../rules/end-provisioning.js';
import { organizationAri } from '../rules/resources.js';
import { settle } from '../rules/settle.js';
import type { Account } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { Organization, Workspace } from '../state/organization-rows.js';
import type { ProvisioningLogLine, ScimUserAttributes } from '../state/scim-rows.js';
import type { VisibleState } from '../state/visible-state.js';
import type { ScimSwitches } from '../switches/scim-switches.js';
import {
  addDomain,
  addKey,
  addProduct,
  grantRole,
  revokeKey,
  type DomainSeed,
  type KeySeed,
  type ProductSeed,
} from './seed-organization.js';
import { addGroup, joinGroups, requireAccount, type GroupSeed } from './seed-groups.js';
import { addAccount, addApiToken, addUser, type AccountSeed, type ApiTokenSeed, type UserSeed } from './seed-people.js';
import { seedWorld, type SeedWorld } from './seed-world.js';
import {
  accountView,
  findGroup,
  findUser,
  groupById,
  userView,
  type FakeAccountView,
  type FakeGroupView,
  type FakeUserView,
} from './views.js';

/** A SCIM directory beside the first one. */
export interface AddedScimDirectory {
  readonly id: ScimDirectoryId;
  /** Its key. */
  readonly key: string;
  readonly url: string;
}

/** The organization inside the fake: one line adds a thing, and one line tells what became of it. */
export class FakeOrganization {
  readonly organizationId: OrganizationId;
  /** The SCIM directory it starts with. Not the directory of the organization. */
  readonly directoryId: ScimDirectoryId;
  /** The directory of the Organizations API. */
  readonly orgDirectoryId: OrgDirectoryId;
  /** The key of the SCIM directory. */
  readonly directoryKey: string;
  /** A key of the organization, without scopes. */
  readonly organizationKey: string;
  /** The whole state, for what no inspector shows. Its rows are immutable; its tables are not a stable API. */
  readonly state: FakeState;

  protected readonly visible: VisibleState;
  /** Without a trailing slash. */
  protected readonly baseUrl: string;
  readonly #seeds: SeedWorld;

  constructor(state: FakeState, visible: VisibleState, switches: ScimSwitches, baseUrl: string) {
    this.state = state;
    this.visible = visible;
    this.baseUrl = baseUrl;
    this.organizationId = state.organization.id;
    this.orgDirectoryId = state.ids.next('orgDirectory') as OrgDirectoryId;
    this.directoryId = state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#seeds = seedWorld(state, switches, {
      orgDirectoryId: this.orgDirectoryId,
      scimDirectoryId: this.directoryId,
    });
    state.orgDirectories.put({ id: this.orgDirectoryId, name: 'Primary Directory' });
    this.#putScimDirectory(this.directoryId);
    this.directoryKey = this.addKey({ kind: 'directory' });
    this.organizationKey = this.addKey();
  }

  /**
   * Adds a domain, verified and claimed unless told otherwise, or changes the one of that name. The accounts on it become
   * managed, or stop being so.
   */
  addDomain(name: string, seed: DomainSeed = {}): void {
    addDomain(this.state, name, seed);
  }

  /** Adds a person to the SCIM directory, linked to a managed account in the organization directory. */
  addUser(seed: UserSeed = {}): FakeUserView {
    const row = addUser(this.#seeds, seed);
    const email = userView(this.state, row).email;
    joinGroups(this.#seeds, email, seed.groups ?? []);
    return this.#seeded(userView(this.state, row));
  }

  /** Adds an account without a SCIM record: managed when its domain is claimed, else external. */
  addAccount(seed: AccountSeed = {}): FakeAccountView {
    const account = addAccount(this.#seeds, seed);
    joinGroups(this.#seeds, account.email, seed.groups ?? []);
    return this.#seeded(accountView(this.state, account));
  }

  /** Makes a person an organization admin. Adds the account when there is none with that address. */
  addOrgAdmin(seed: AccountSeed & { readonly email: string }): FakeAccountView {
    const account = this.state.accountByEmail(seed.email) ?? addAccount(this.#seeds, seed);
    const principal = { type: 'user', id: account.accountId } as const;
    grantRole(this.state, principal, organizationAri(this.state), 'atlassian/org-admin');
    return this.#seeded(accountView(this.state, account));
  }

  /** Gives an account an API token, and returns its id. */
  addApiToken(email: string, seed: ApiTokenSeed = {}): string {
    return addApiToken(this.state, requireAccount(this.state, email), seed).id;
  }

  /** Adds a group with its members: synced unless told otherwise. */
  addGroup(seed: GroupSeed): FakeGroupView {
    return this.#seeded(groupById(this.state, addGroup(this.#seeds, seed)));
  }

  /** Adds a site with products. Returns the products by key. */
  addSite(site: string, products: readonly (string | Omit<ProductSeed, 'site'>)[]): Workspace[] {
    return products.map((product) =>
      this.addProduct({ ...(typeof product === 'string' ? { key: product } : product), site }),
    );
  }

  /** Adds a product to a site. Groups named in `grantedBy` that do not exist are made, as local ones. */
  addProduct(seed: ProductSeed): Workspace {
    const product = addProduct(this.#seeds, seed);
    for (const name of seed.grantedBy ?? []) {
      const group = findGroup(this.state, name) ?? this.addGroup({ name, origin: 'local' });
      if (group.orgGroupId === undefined) throw new Error(`The group "${name}" is not in the organization`);
      const principal = { type: 'group', id: group.orgGroupId } as const;
      grantRole(this.state, principal, product.ari, seed.role ?? 'atlassian/user');
    }
    return this.#seeded(product);
  }

  /** Gives a person a role of their own on a product, or on whatever resource. */
  addRole(email: string, resourceId: ResourceAri, role = 'atlassian/user'): void {
    const { accountId } = requireAccount(this.state, email);
    grantRole(this.state, { type: 'user', id: accountId }, resourceId, role);
    this.visible.flush();
  }

  /** Adds a key, and returns its value. */
  addKey(seed: KeySeed = {}): string {
    return addKey(this.#seeds, seed).secret;
  }

  /** Revokes a key, by its value. */
  revokeKey(secret: string): void {
    revokeKey(this.state, secret);
  }

  /** Adds a SCIM directory, as a second identity provider of the organization has one. */
  addScimDirectory(): AddedScimDirectory {
    const id = this.state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#putScimDirectory(id);
    return {
      id,
      key: this.addKey({ kind: 'directory', directoryId: id }),
      url: `${this.baseUrl}/scim/directory/${id}`,
    };
  }

  /**
   * Takes a SCIM directory away, as deleting the provisioning configuration does: its groups become local ones, and its
   * accounts stay as they are.
   */
  removeScimDirectory(id: ScimDirectoryId = this.directoryId): void {
    endProvisioning(this.state, id);
    this.visible.flush();
  }

  /** Changes facts of the organization, such as `paid` or `guard`. */
  changeOrganization(change: Partial<Pick<Organization, 'name' | 'paid' | 'guard'>>): void {
    this.state.organization = { ...this.state.organization, ...change };
  }

  /** Adds a directory of the Organizations API, as an organization has one more for each site of the old kind. */
  addOrgDirectory(name: string): OrgDirectoryId {
    const id = this.state.ids.next('orgDirectory') as OrgDirectoryId;
    this.state.orgDirectories.put({ id, name });
    return id;
  }

  /**
   * Changes a SCIM user past every rule, so that it and its account drift apart. `accountId: undefined` takes the link
   * away. To change it as a client does, send a request.
   */
  changeUser(ref: string, change: Partial<ScimUserAttributes> & { readonly accountId?: string | undefined }): void {
    const row = findUser(this.state, ref);
    if (row === undefined) throw new Error(`The fake has no SCIM user ${ref}: add it with addUser first`);
    const { accountId: before, ...rest } = row;
    const { accountId = 'accountId' in change ? undefined : before, ...attributes } = change;
    this.state.scimUsers.put({
      ...rest,
      attributes: { ...row.attributes, ...attributes },
      ...(accountId !== undefined && { accountId: accountId as AtlassianAccountId }),
    });
  }

  /** Changes facts of an account that no seed has, such as `lifecycleBlockers` or `googleLocked`. */
  changeAccount(email: string, change: Partial<Omit<Account, 'accountId'>>): void {
    this.state.accounts.put({ ...requireAccount(this.state, email), ...change });
    this.visible.flush();
  }

  /** The SCIM user with this primary email, `userName` or SCIM id; the first directory that has one. */
  user(ref: string): FakeUserView | undefined {
    const row = findUser(this.state, ref);
    return row === undefined ? undefined : userView(this.state, row);
  }

  /** The account with this email or account id. A closed account is found by its id only. */
  account(ref: string): FakeAccountView | undefined {
    settle(this.state);
    const account = this.state.accounts.get(ref) ?? this.state.accountByEmail(ref);
    return account === undefined ? undefined : accountView(this.state, account);
  }

  /** The group of this name, its SCIM side and its mirror as one. */
  group(name: string): FakeGroupView | undefined {
    settle(this.state);
    return findGroup(this.state, name);
  }

  /** What the provisioning log of the admin console shows. */
  get provisioningLog(): readonly ProvisioningLogLine[] {
    return this.state.provisioningLog;
  }

  #putScimDirectory(id: ScimDirectoryId): void {
    const { organization, scimDirectories } = this.state;
    scimDirectories.put({ id, organizationId: organization.id, orgDirectoryId: this.orgDirectoryId });
  }

  /** What is seeded shows at once, whatever lags are set. */
  #seeded<View>(view: View): View {
    this.visible.flush();
    return view;
  }
}
