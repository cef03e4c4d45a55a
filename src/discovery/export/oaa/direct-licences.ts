import { isLicence } from '../../graph/access-level.js';
import { productOfRole, siteIdsOf, whoseSite } from '../../graph/product-roles.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import type { OaaBuilder } from './oaa-builder.js';

/** Whoever the organization gives use of a product without a group of the product is among its users too. */
export function addDirectLicences(
  builder: OaaBuilder,
  entities: AccessSnapshot['entities'],
  product: 'jira' | 'confluence',
): void {
  const sites = siteIdsOf(entities, product);
  for (const assignment of entities['admin.roleAssignment']) {
    const { principal, role, resourceOwner } = assignment;
    if (!isLicence(role) || productOfRole(assignment) !== product || whoseSite(assignment, sites) !== 'ours') continue;
    if (principal.type !== 'account' && principal.type !== 'group') continue;

    const kinds = ['licensed', `application:${resourceOwner ?? ''}`];
    if (role === 'atlassian/admin') kinds.push('product-admins');
    for (const kind of kinds.filter((one) => builder.hasHolder(one)))
      if (principal.type === 'account') builder.member(principal.id, `atlassian:${kind}`);
      else builder.nest(principal.id, `atlassian:${kind}`);
  }
}
