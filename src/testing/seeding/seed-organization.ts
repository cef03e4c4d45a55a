import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  ResourceAri,
  ScimDirectoryId,
} from '../../model/ids.js';
import { startJira } from '../rules/jira/jira-projects.js';
import { bindingKey, emailDomain, type FakeState } from '../state/fake-state.js';
import type { RolePrincipal } from '../state/account-rows.js';
import type { ApiKey, Domain, Workspace } from '../state/organization-rows.js';
import { administerSite } from './seed-site.js';
import type { SeedWorld } from './seed-world.js';

/** A domain to add. */
export interface DomainSeed {
  /** Default `verified`. */
  readonly status?: 'verified' | 'unverified' | 'deleted' | 'superseded' | 'missing_token';
  /** Whether the accounts on it are claimed, and so managed. Default: when it is verified. */
  readonly claimed?: boolean;
  /** Default `dns`. */
  readonly claimType?: 'dns' | 'http';
}

/** Adds a domain, or changes the one of that name; the accounts on it become managed, or stop being so. */
export function addDomain(state: FakeState, name: string, seed: DomainSeed = {}): Domain {
  const status = seed.status ?? 'verified';
  const domain: Domain = {
    id: state.domains.find('name', name.toLowerCase())?.id ?? state.ids.next('domain'),
    name: name.toLowerCase(),
    claimType: seed.claimType ?? 'dns',
    status,
    claimed: seed.claimed ?? status === 'verified',
  };
  state.domains.put(domain);

  for (const account of [...state.accounts.values()]) {
    if (account.status === 'closed' || emailDomain(account.email) !== domain.name) continue;
    const { claimedByOrg: before, ...rest } = account;
    if (state.isClaimed(account.email)) {
      if (before === undefined) state.accounts.put({ ...rest, claimedByOrg: state.organization.id });
    } else if (before === state.organization.id) state.accounts.put(rest);
  }
  return domain;
}

/** A key to add. */
export interface KeySeed {
  /** Default `organization`. A `site` token is a user's own: the admin APIs refuse it. */
  readonly kind?: 'organization' | 'directory' | 'site';
  /** Scopes of an organization key. Default: a key without scopes, which may do everything. */
  readonly scopes?: readonly string[];
  /** The SCIM directory of a directory key. Default: the directory the fake starts with. */
  readonly directoryId?: ScimDirectoryId;
  /** Default: the organization of the fake. */
  readonly organizationId?: OrganizationId;
  /** The admin it acts for. */
  readonly ownerAccountId?: AtlassianAccountId;
  readonly expiresAt?: Date | string;
  readonly label?: string;
  /** Default: one that is made up. */
  readonly secret?: string;
}

const PREFIXES = { organization: 'ATCTT3xFfFake', directory: 'FakeDirectoryKey', site: 'ATATT3xFfFake' } as const;
const KINDS = { organization: 'organization-key', directory: 'directory-key', site: 'site-token' } as const;

/** Adds a key. */
export function addKey(world: SeedWorld, seed: KeySeed = {}): ApiKey {
  const { state } = world;
  const kind = seed.kind ?? 'organization';
  const id = state.ids.next('key');
  const key: ApiKey = {
    id,
    kind: KINDS[kind],
    secret: seed.secret ?? `${PREFIXES[kind]}${id.slice(-12).toUpperCase()}`,
    label: seed.label ?? `${kind} key ${Number.parseInt(id.slice(-12), 16)}`,
    organizationId: seed.organizationId ?? state.organization.id,
    ...(kind === 'directory' && { scimDirectoryId: seed.directoryId ?? world.scimDirectoryId }),
    scopes: seed.scopes ?? null,
    ...(seed.ownerAccountId !== undefined && { ownerAccountId: seed.ownerAccountId }),
    createdAt: state.clock.now(),
    ...(seed.expiresAt !== undefined && { expiresAt: new Date(seed.expiresAt).getTime() }),
    revoked: false,
  };
  state.keys.put(key);
  return key;
}

/** Revokes a key, by its value. For a directory that is what regenerating its key does to the old one. */
export function revokeKey(state: FakeState, secret: string): void {
  const key = state.keys.find('secret', secret);
  if (key === undefined) throw new Error('The fake has no such key to revoke');
  state.keys.put({ ...key, revoked: true });
}

/** A product to add to a site. */
export interface ProductSeed {
  /** `jira-software`, `jira-servicedesk`, `confluence`, … */
  readonly key: string;
  /** Name of the site. Default `acme`. */
  readonly site?: string;
  /** Seats. Default: no limit. */
  readonly capacity?: number;
  /** Names of groups that give the role to their members. A group that does not exist is made, as a local one. */
  readonly grantedBy?: readonly string[];
  /** The role that the groups give. Default `atlassian/user`. */
  readonly role?: string;
  readonly directoryId?: OrgDirectoryId;
}

const PRODUCT_NAMES: ReadonlyMap<string, string> = new Map([
  ['jira-software', 'Jira'],
  ['jira-servicedesk', 'Jira Service Management'],
  ['jira-core', 'Jira Work Management'],
  ['jira-product-discovery', 'Jira Product Discovery'],
  ['confluence', 'Confluence'],
  ['bitbucket', 'Bitbucket'],
]);

/** Adds a product to a site, and the site with its first product. */
export function addProduct(
  state: FakeState,
  { key, site = 'acme', capacity, directoryId }: ProductSeed & { readonly directoryId: OrgDirectoryId },
): Workspace {
  if (!/^[\w-]+$/u.test(site))
    throw new Error(`"${site}" is no name of a site: it is "acme" in https://acme.atlassian.net`);
  const hostUrl = `https://${site}.atlassian.net`;
  const cloudId = state.workspaces.find('hostUrl', hostUrl)?.cloudId ?? state.ids.next('site');
  const workspace: Workspace = {
    ari: `ari:cloud:${key}::site/${cloudId}` as ResourceAri,
    owner: key,
    typeKey: key,
    type: PRODUCT_NAMES.get(key) ?? key,
    name: site,
    cloudId,
    hostUrl,
    status: 'online',
    capacity: capacity ?? null,
    sandbox: false,
    orgDirectoryId: directoryId,
    createdAt: state.clock.now(),
  };
  state.workspaces.put(workspace);
  administerSite(state, cloudId);
  if (key.startsWith('jira-')) startJira(state, cloudId);
  return workspace;
}

/** Gives a role on a resource to a user or to the members of a group. */
export function grantRole(state: FakeState, principal: RolePrincipal, resourceId: ResourceAri, roleId: string): void {
  const binding = { principal, resourceId, roleId };
  if (!state.roleBindings.has(bindingKey(binding))) state.roleBindings.put(binding);
}
