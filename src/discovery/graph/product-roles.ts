import type { AdminRoleAssignment } from '../entities/admin-entities.js';
import type { Product } from '../entities/entity-type.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';

const SITE = /::site\/([^/]+)$/u;

/** Which product a role is on: `site` for a whole site, `organization` for the organization itself. */
export function productOfRole({
  role,
  resourceId,
  resourceOwner,
}: Pick<AdminRoleAssignment, 'role' | 'resourceId' | 'resourceOwner'>): Product | 'site' | 'organization' | undefined {
  if (role === 'atlassian/org-admin') return 'organization';
  if (role === 'atlassian/site-admin') return 'site';
  const owner = resourceOwner ?? /^ari:cloud:([^:]+):/u.exec(resourceId ?? '')?.[1];
  if (owner === undefined) return resourceId === undefined ? 'organization' : undefined;
  if (owner.startsWith('jira')) return 'jira';
  if (owner === 'confluence' || owner === 'bitbucket') return owner;
  if (owner === 'platform') return SITE.test(resourceId ?? '') ? 'site' : 'organization';
  return undefined;
}

/** The sites that the snapshot is of, by the product or, where it did not tell, by the other one. */
export function siteIdsOf(entities: AccessSnapshot['entities'], product: Product | 'site'): ReadonlySet<string> {
  const jira = entities['jira.instance'].map(({ id }) => id);
  const confluence = entities['confluence.instance'].map(({ id }) => id);
  if (product === 'jira' && jira.length > 0) return new Set(jira);
  if (product === 'confluence' && confluence.length > 0) return new Set(confluence);
  return new Set([...jira, ...confluence]);
}

/** Whether a role is about one of these sites, as far as its resource names a site. Organizations have several. */
export function whoseSite(
  { resourceId }: Pick<AdminRoleAssignment, 'resourceId'>,
  sites: ReadonlySet<string>,
): 'ours' | 'another' | 'unknown' {
  const site = SITE.exec(resourceId ?? '')?.[1];
  if (site === undefined || sites.has(site)) return 'ours';
  return sites.size === 0 ? 'unknown' : 'another';
}
