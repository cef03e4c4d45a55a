import type { AtlassianAccountId, OrgDirectoryId, ResourceAri } from '../../model/ids.js';
import type { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';

/** The parts of `ari:cloud:<owner>::site/<cloudId>`. */
export interface SiteAri {
  readonly owner: string;
  readonly cloudId: string;
}

/** Where a role can be held: a product of a site, every Jira product of a site, or the site. */
export interface RoleTarget {
  readonly resourceId: ResourceAri;
  readonly owner: string;
  /** Products the role reaches. None for a role on the site itself. */
  readonly workspaces: readonly Workspace[];
}

const SITE_ARI = /^ari:cloud:(?<owner>[a-z][a-z-]*)::site\/(?<cloudId>[\w.-]+)$/;
/** Owner that stands for all Jira products of one site in the bodies of role operations. */
const JIRA = 'jira';
const PLATFORM = 'platform';

/** Reads a site ARI; `undefined` for any other text. */
export function parseSiteAri(text: string): SiteAri | undefined {
  const { owner, cloudId } = SITE_ARI.exec(text)?.groups ?? {};
  return owner === undefined || cloudId === undefined ? undefined : { owner, cloudId };
}

/** The ARI of the organization, on which the role of an organization admin is held. */
export function organizationAri(state: FakeState): ResourceAri {
  return `ari:cloud:platform::org/${state.organization.id}` as ResourceAri;
}

/** The part of an ARI that names the product. */
export function ownerOf(resourceId: string): string {
  return resourceId.split(':')[2] ?? '';
}

/** The target that a resource of a role operation names; `undefined` when the organization has no such thing. */
export function findRoleTarget(state: FakeState, resourceId: string): RoleTarget | undefined {
  const ari = parseSiteAri(resourceId);
  if (ari === undefined) return undefined;
  const target = { resourceId: resourceId as ResourceAri, owner: ari.owner };

  const workspace = state.workspaces.get(resourceId);
  if (workspace !== undefined) return { ...target, workspaces: [workspace] };

  const onSite = [...state.workspaces.values()].filter(({ cloudId }) => cloudId === ari.cloudId);
  if (onSite.length === 0) return undefined;
  if (ari.owner === PLATFORM) return { ...target, workspaces: [] };
  const jira = onSite.filter(({ owner }) => isJira(owner));
  return ari.owner === JIRA && jira.length > 0 ? { ...target, workspaces: jira } : undefined;
}

/** Every resource on which a role reaches this product: the product, and for Jira products the umbrella of the site. */
export function resourcesReaching(workspace: Workspace): readonly ResourceAri[] {
  return isJira(workspace.owner)
    ? [workspace.ari, `ari:cloud:${JIRA}::site/${workspace.cloudId}` as ResourceAri]
    : [workspace.ari];
}

/** The directory that holds the people of a resource; `undefined` for the organization and for a site as such. */
export function directoryOfResource(state: FakeState, resourceId: string): OrgDirectoryId | undefined {
  return findRoleTarget(state, resourceId)?.workspaces[0]?.orgDirectoryId;
}

/** Whether the account can use products: it is active, and so is its membership of the directory. */
export function isActiveIn(state: FakeState, directoryId: OrgDirectoryId, accountId: AtlassianAccountId): boolean {
  return (
    state.accounts.get(accountId)?.status === 'active' && state.membership(directoryId, accountId)?.status === 'active'
  );
}

function isJira(owner: string): boolean {
  return owner.startsWith('jira-') && owner !== 'jira-admin';
}
