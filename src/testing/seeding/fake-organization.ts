import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  ResourceAri,
  ScimDirectoryId,
} from '../../model/ids.js';
import type { FakeAtlassianOptions } from '../fake-options.js';
import { keepInternals, type FakeInternals } from '../internals.js';
import { endProvisioning } from '../rules/end-provisioning.js';
import { organizationAri } from '../rules/resources.js';
import { firstSite } from '../rules/sites.js';
import { settle } from '../rules/settle.js';
import { FakeClock } from '../state/fake-clock.js';
import { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import type { ProvisioningLogLine, ScimUserAttributes } from '../state/scim-rows.js';
import { NO_LAGS, VisibleState, type FakeLags } from '../state/visible-state.js';
import { DEFAULT_SWITCHES, type FakeSwitches } from '../switches/fake-switches.js';
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
import {
  addAccount,
  addApiToken,
  addUser,
  type AccountFacts,
  type AccountSeed,
  type ApiTokenSeed,
  type UserSeed,
} from './seed-people.js';
import {
  projectView,
  seedProject,
  seedScheme,
  type FakeJiraProjectView,
  type JiraPermissionSchemeSeed,
  type JiraProjectSeed,
} from './seed-jira.js';
import { addServiceAccount, SITE_CREDENTIAL } from './seed-site.js';
import {
  addConfluenceRole,
  addConfluenceSpace,
  changeConfluence,
  spaceView,
  type ConfluenceChange,
  type ConfluenceSpaceSeed,
  type FakeSpaceView,
} from './seed-confluence.js';
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

// Live organization ids hold letters beyond `f`: whoever takes them for a UUID is to find out here.
const ORGANIZATION_ID = '0a9f1c52-3b8a-11e9-kk6d-3c22fb1a9e04' as OrganizationId;

/**
 * The organization inside a {@link FakeAtlassian}: one line adds a thing, and one line tells what became of it.
 *
 * Every inspector gives a copy.
 */
export class FakeOrganization {
  readonly organizationId: OrganizationId = ORGANIZATION_ID;
  /** The SCIM directory it starts with. Not the directory of the organization. */
  readonly directoryId: ScimDirectoryId;
  /** The directory of the Organizations API. */
  readonly orgDirectoryId: OrgDirectoryId;
  /** The key of the SCIM directory. */
  readonly directoryKey: string;
  /** A key of the organization, without scopes. */
  readonly organizationKey: string;
  /** The time of the fake. Give it to the code under test, and nothing waits. */
  readonly clock: FakeClock;
  /** How far reads trail behind writes, in milliseconds. A change counts for what is written after it. */
  readonly lags: { -readonly [Name in keyof FakeLags]: FakeLags[Name] };
  /** Behaviour that nobody has confirmed. Change it at any time. */
  readonly switches: { -readonly [Name in keyof FakeSwitches]: FakeSwitches[Name] };

  readonly #seeds: SeedWorld;
  readonly #internals: FakeInternals;

  constructor(options: FakeAtlassianOptions = {}) {
    const lags = { ...NO_LAGS, ...options.lags };
    const realTime = options.realTime ?? false;
    const startsAt = options.startsAt ?? (realTime ? new Date() : '2026-01-05T09:00:00Z');
    const organization = {
      id: ORGANIZATION_ID,
      name: options.organizationName ?? 'Acme',
      paid: options.paid ?? true,
      guard: options.guard ?? true,
    };
    this.lags = lags;
    this.switches = { ...DEFAULT_SWITCHES, ...options.switches };
    this.clock = new FakeClock(new Date(startsAt).getTime(), { realTime });
    const state = new FakeState(organization, this.clock, () =>
      Math.max(lags.accountReadMs, lags.groupMemberReadMs, lags.roleReadMs),
    );
    this.#internals = keepInternals(this, {
      state,
      visible: new VisibleState(state, lags),
      baseUrl: (options.baseUrl ?? 'https://api.atlassian.com').replace(/\/+$/u, ''),
    });

    this.orgDirectoryId = state.ids.next('orgDirectory') as OrgDirectoryId;
    this.directoryId = state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#seeds = seedWorld(state, this.switches, {
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
    addDomain(this.#state, name, seed);
  }

  /** Adds a person to the SCIM directory, linked to a managed account in the organization directory. */
  addUser(seed: UserSeed = {}): FakeUserView {
    const row = addUser(this.#seeds, seed);
    const email = userView(this.#state, row).email;
    joinGroups(this.#seeds, email, seed.groups ?? []);
    return this.#seeded(userView(this.#state, row));
  }

  /** Adds an account without a SCIM record: managed when its domain is claimed, else external. */
  addAccount(seed: AccountSeed = {}): FakeAccountView {
    const account = addAccount(this.#seeds, seed);
    joinGroups(this.#seeds, account.email, seed.groups ?? []);
    return this.#seeded(accountView(this.#state, account));
  }

  /** Makes a person an organization admin. Adds the account when there is none with that address. */
  addOrgAdmin(seed: AccountSeed & { readonly email: string }): FakeAccountView {
    const account = this.#state.accountByEmail(seed.email) ?? addAccount(this.#seeds, seed);
    const principal = { type: 'user', id: account.accountId } as const;
    grantRole(this.#state, principal, organizationAri(this.#state), 'atlassian/org-admin');
    return this.#seeded(accountView(this.#state, account));
  }

  /** Gives an account an API token, and returns its id. */
  addApiToken(email: string, seed: ApiTokenSeed = {}): string {
    return addApiToken(this.#state, requireAccount(this.#state, email), seed).id;
  }

  /**
   * Gives an account an API token, and returns its value.
   *
   * Without scopes it works on the host of a site, with the email as the user (Basic). With scopes it works at the gateway
   * (`https://api.atlassian.com/ex/jira/<cloudId>`) alone. The token of a service account may go alone too (Bearer).
   */
  addUserToken(email: string, seed: ApiTokenSeed = {}): string {
    return addApiToken(this.#state, requireAccount(this.#state, email), seed).secret;
  }

  /** Adds a service account, which is in no directory, and returns its email. {@link addUserToken} gives it a token. */
  addServiceAccount(name: string): string {
    const email = `${name.toLowerCase().replace(/[^a-z0-9]+/gu, '-')}@serviceaccount.atlassian.com`;
    addServiceAccount(this.#state, { email, name });
    return email;
  }

  /** User and token of the service account that administers every site. It is no member of the organization. */
  get siteCredential(): { readonly user: string; readonly token: string } {
    return { ...SITE_CREDENTIAL };
  }

  /** The first site with a product. Throws when there is none: `addSite` adds one. */
  get site(): { readonly name: string; readonly cloudId: string; readonly url: string } {
    const site = firstSite(this.#state);
    if (site === undefined) throw new Error('The fake has no site: add a product with addSite');
    const { name, cloudId, url } = site;
    return { name, cloudId, url };
  }

  /** Adds a group with its members: synced unless told otherwise. */
  addGroup(seed: GroupSeed): FakeGroupView {
    return this.#seeded(groupById(this.#state, addGroup(this.#seeds, seed)));
  }

  /** Adds a site, by its name (`acme` in `https://acme.atlassian.net`), with products. Returns the products in their order. */
  addSite(site: string, products: readonly (string | Omit<ProductSeed, 'site'>)[]): Workspace[] {
    return products.map((product) =>
      this.addProduct({ ...(typeof product === 'string' ? { key: product } : product), site }),
    );
  }

  /** Adds a product to a site. Groups named in `grantedBy` that do not exist are made, as local ones. */
  addProduct(seed: ProductSeed): Workspace {
    const product = addProduct(this.#seeds, seed);
    for (const name of seed.grantedBy ?? []) {
      if (findGroup(this.#state, name) === undefined) this.addGroup({ name, origin: 'local' });
      this.addGroupRole(name, product.ari, seed.role);
    }
    return this.#seeded(product);
  }

  /** Gives a person a role of their own on a product, or on whatever resource. */
  addRole(email: string, resourceId: ResourceAri, role = 'atlassian/user'): void {
    const { accountId } = requireAccount(this.#state, email);
    grantRole(this.#state, { type: 'user', id: accountId }, resourceId, role);
    this.#internals.visible.flush();
  }

  /** Lets a group give a role on a product, or on whatever resource, to its members. */
  addGroupRole(name: string, resourceId: ResourceAri, role = 'atlassian/user'): void {
    const orgGroupId = findGroup(this.#state, name)?.orgGroupId;
    if (orgGroupId === undefined) throw new Error(`The fake has no group "${name}" in the organization: add it first`);
    grantRole(this.#state, { type: 'group', id: orgGroupId }, resourceId, role);
    this.#internals.visible.flush();
  }

  /**
   * Adds a space, on the first site with Confluence unless told otherwise, and returns its id. Without `roles` and
   * `permissions` everybody with a licence works in it, as in a new one.
   */
  addConfluenceSpace(seed: ConfluenceSpaceSeed): string {
    return addConfluenceSpace(this.#state, seed).id;
  }

  /** Adds a role of the site's own, and returns its id. `Admin`, `Manager`, `Collaborator` and `Viewer` are there already. */
  addConfluenceRole(role: {
    readonly name: string;
    readonly permissions: readonly string[];
    readonly site?: string;
  }): string {
    return addConfluenceRole(this.#state, role);
  }

  /** Changes the Confluence of a site: its mode (`ROLES` at first), edition, and whether it is open to everybody. */
  changeConfluence(change: ConfluenceChange): void {
    changeConfluence(this.#state, change);
  }

  /** The space with this key, and who holds what in it. */
  confluenceSpace(key: string, site?: string): FakeSpaceView | undefined {
    return spaceView(this.#state, key, site);
  }

  /** Adds a project to Jira, and Jira to the site where it has none. Returns the project. */
  addJiraProject(seed: JiraProjectSeed): FakeJiraProjectView {
    const cloudId = this.#jiraCloudId(seed.site);
    const { key } = seedProject(this.#state, cloudId, seed);
    const view = projectView(this.#state, cloudId, key);
    if (view === undefined) throw new Error(`The fake lost the project ${key}`);
    return view;
  }

  /** Adds a permission scheme to Jira, for projects to name. */
  addJiraPermissionScheme(seed: JiraPermissionSchemeSeed): void {
    seedScheme(this.#state, this.#jiraCloudId(seed.site), seed);
  }

  /** Changes the Jira of a site: whether it is on a free plan, which keeps role holders and permission schemes as they are. */
  changeJira({ site, freePlan }: { readonly site?: string; readonly freePlan: boolean }): void {
    this.#state.jira.settings.put({ cloudId: this.#jiraCloudId(site), freePlan });
  }

  /** The Jira project with this key or id, with who holds its roles and what its scheme grants. */
  jiraProject(key: string, site?: string): FakeJiraProjectView | undefined {
    return projectView(this.#state, this.#jiraCloudId(site), key);
  }

  /** The resource on which the role of an organization admin is held. */
  get organizationResourceId(): ResourceAri {
    return organizationAri(this.#state);
  }

  /** Adds a key, and returns its value. */
  addKey(seed: KeySeed = {}): string {
    return addKey(this.#seeds, seed).secret;
  }

  /** Revokes a key, by its value. */
  revokeKey(secret: string): void {
    revokeKey(this.#state, secret);
  }

  /** Adds a SCIM directory, as a second identity provider of the organization has one. */
  addScimDirectory(): AddedScimDirectory {
    const id = this.#state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#putScimDirectory(id);
    return {
      id,
      key: this.addKey({ kind: 'directory', directoryId: id }),
      url: `${this.#internals.baseUrl}/scim/directory/${id}`,
    };
  }

  /**
   * Takes a SCIM directory away, as deleting the provisioning configuration does: its groups become local ones, and its
   * accounts stay as they are.
   */
  removeScimDirectory(id: ScimDirectoryId = this.directoryId): void {
    endProvisioning(this.#state, id);
    this.#internals.visible.flush();
  }

  /** Changes facts of the organization, such as `paid` or `guard`. */
  changeOrganization(change: { readonly name?: string; readonly paid?: boolean; readonly guard?: boolean }): void {
    this.#state.organization = { ...this.#state.organization, ...change };
  }

  /** Adds a directory of the Organizations API, as an organization has one more for each site of the old kind. */
  addOrgDirectory(name: string): OrgDirectoryId {
    const id = this.#state.ids.next('orgDirectory') as OrgDirectoryId;
    this.#state.orgDirectories.put({ id, name });
    return id;
  }

  /**
   * Changes a SCIM user past every rule, so that it and its account drift apart. `accountId: undefined` takes the link
   * away. To change it as a client does, send a request.
   */
  changeUser(ref: string, change: Partial<ScimUserAttributes> & { readonly accountId?: string | undefined }): void {
    const row = findUser(this.#state, ref);
    if (row === undefined) throw new Error(`The fake has no SCIM user ${ref}: add it with addUser first`);
    const { accountId: before, ...rest } = row;
    const { accountId = 'accountId' in change ? undefined : before, ...attributes } = change;
    this.#state.scimUsers.put({
      ...rest,
      attributes: { ...row.attributes, ...attributes },
      ...(accountId !== undefined && { accountId: accountId as AtlassianAccountId }),
    });
  }

  /** Changes facts of an account past every rule, such as `lifecycleBlockers`, or its email so that it drifts. */
  changeAccount(email: string, change: AccountFacts & { readonly email?: string }): void {
    this.#state.accounts.put({ ...requireAccount(this.#state, email), ...change });
    this.#internals.visible.flush();
  }

  /** The SCIM user with this primary email, `userName` or SCIM id; the first directory that has one. */
  user(ref: string): FakeUserView | undefined {
    const row = findUser(this.#state, ref);
    return row === undefined ? undefined : userView(this.#state, row);
  }

  /** The account with this email or account id. A closed account is found by its id only. */
  account(ref: string): FakeAccountView | undefined {
    settle(this.#state);
    const account = this.#state.accounts.get(ref) ?? this.#state.accountByEmail(ref);
    return account === undefined ? undefined : accountView(this.#state, account);
  }

  /** The group of this name, its SCIM side and its mirror as one. */
  group(name: string): FakeGroupView | undefined {
    settle(this.#state);
    return findGroup(this.#state, name);
  }

  /** What the provisioning log of the admin console shows. */
  get provisioningLog(): readonly ProvisioningLogLine[] {
    return this.#state.provisioningLog;
  }

  /** The site of a name, or the first with Jira; where there is none, the first or `acme` gets Jira. */
  #jiraCloudId(name: string | undefined): string {
    const { workspaces } = this.#state;
    const jira = [...workspaces.values()].find(
      (product) => product.owner.startsWith('jira-') && (name === undefined || product.name === name),
    );
    const site = name ?? firstSite(this.#state)?.name;
    return (jira ?? this.addProduct({ key: 'jira-software', ...(site !== undefined && { site }) })).cloudId;
  }

  get #state(): FakeState {
    return this.#internals.state;
  }

  #putScimDirectory(id: ScimDirectoryId): void {
    const { organization, scimDirectories } = this.#state;
    scimDirectories.put({ id, organizationId: organization.id, orgDirectoryId: this.orgDirectoryId });
  }

  /** What is seeded shows at once, whatever lags are set. */
  #seeded<View>(view: View): View {
    this.#internals.visible.flush();
    return view;
  }
}
