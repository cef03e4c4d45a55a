import type { ResourceAri } from '../../model/ids.js';
import { internalsOf } from '../internals.js';
import { firstSite } from '../rules/sites.js';
import type { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import type { VisibleState } from '../state/visible-state.js';
import { FakeIdentityStore } from './fake-identity-store.js';
import { addProduct, grantRole, type ProductSeed } from './seed-organization.js';
import { requireAccount } from './seed-groups.js';
import {
  projectView,
  seedProject,
  seedScheme,
  type FakeJiraProjectView,
  type JiraPermissionSchemeSeed,
  type JiraProjectSeed,
} from './seed-jira.js';
import {
  CONFLUENCE_CHANGE_NAMES,
  JIRA_PROJECT_NAMES,
  JIRA_SCHEME_NAMES,
  PRODUCT_NAMES,
  SPACE_NAMES,
  refuseUnknownNames,
} from './seed-names.js';
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
import { findGroup } from './views.js';

/**
 * The organization inside a {@link FakeAtlassian}: one line adds a thing, and one line tells what became of it. To its
 * people and groups come the sites with their products, and what people and groups hold there.
 *
 * Every inspector gives a copy.
 */
export class FakeOrganization extends FakeIdentityStore {
  /** Adds a service account, which is in no directory, and returns its email. {@link FakeIdentityStore.addUserToken} gives it a token. */
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

  /** Adds a site, by its name (`acme` in `https://acme.atlassian.net`), with products. Returns the products in their order. */
  addSite(site: string, products: readonly (string | Omit<ProductSeed, 'site'>)[]): Workspace[] {
    return products.map((product) =>
      this.addProduct({ ...(typeof product === 'string' ? { key: product } : product), site }),
    );
  }

  /** Adds a product to a site. Groups named in `grantedBy` that do not exist are made, as local ones. */
  addProduct(seed: ProductSeed): Workspace {
    refuseUnknownNames('addProduct', seed, PRODUCT_NAMES);
    const product = addProduct(this.#state, { ...seed, directoryId: seed.directoryId ?? this.orgDirectoryId });
    for (const name of seed.grantedBy ?? []) {
      if (findGroup(this.#state, name) === undefined) this.addGroup({ name, origin: 'local' });
      this.addGroupRole(name, product.ari, seed.role);
    }
    this.#visible.flush();
    return product;
  }

  /** Gives a person a role of their own on a product, or on whatever resource. */
  addRole(email: string, resourceId: ResourceAri, role = 'atlassian/user'): void {
    const { accountId } = requireAccount(this.#state, email);
    grantRole(this.#state, { type: 'user', id: accountId }, resourceId, role);
    this.#visible.flush();
  }

  /** Lets a group give a role on a product, or on whatever resource, to its members. */
  addGroupRole(name: string, resourceId: ResourceAri, role = 'atlassian/user'): void {
    const orgGroupId = findGroup(this.#state, name)?.orgGroupId;
    if (orgGroupId === undefined) throw new Error(`The fake has no group "${name}" in the organization: add it first`);
    grantRole(this.#state, { type: 'group', id: orgGroupId }, resourceId, role);
    this.#visible.flush();
  }

  /**
   * Adds a space, on the first site with Confluence unless told otherwise, and returns its id. Without `roles` and
   * `permissions` everybody with a licence works in it, as in a new one.
   */
  addConfluenceSpace(seed: ConfluenceSpaceSeed): string {
    refuseUnknownNames('addConfluenceSpace', seed, SPACE_NAMES);
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
    refuseUnknownNames('changeConfluence', change, CONFLUENCE_CHANGE_NAMES);
    changeConfluence(this.#state, change);
  }

  /** The space with this key, and who holds what in it. */
  confluenceSpace(key: string, site?: string): FakeSpaceView | undefined {
    return spaceView(this.#state, key, site);
  }

  /** Adds a project to Jira, and Jira to the site where it has none. Returns the project. */
  addJiraProject(seed: JiraProjectSeed): FakeJiraProjectView {
    refuseUnknownNames('addJiraProject', seed, JIRA_PROJECT_NAMES);
    const cloudId = this.#jiraCloudId(seed.site);
    const { key } = seedProject(this.#state, cloudId, seed);
    const view = projectView(this.#state, cloudId, key);
    if (view === undefined) throw new Error(`The fake lost the project ${key}`);
    return view;
  }

  /** Adds a permission scheme to Jira, for projects to name. */
  addJiraPermissionScheme(seed: JiraPermissionSchemeSeed): void {
    refuseUnknownNames('addJiraPermissionScheme', seed, JIRA_SCHEME_NAMES);
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
    return internalsOf(this).state;
  }

  /** What is seeded shows at once, whatever lags are set. */
  get #visible(): VisibleState {
    return internalsOf(this).visible;
  }
}
