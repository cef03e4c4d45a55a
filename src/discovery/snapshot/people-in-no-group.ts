import type { AtlassianAccountId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { PEOPLE_IN_NO_GROUP } from '../confluence/people-in-no-group.js';
import type { AdminRoleAssignment, AdminUser } from '../entities/admin-entities.js';
import type { ConfluenceUser } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import { isLicence, mayBeLicence } from '../graph/access-level.js';
import { productOfRole, siteIdsOf } from '../graph/product-roles.js';
import type { EntitiesByType } from './access-snapshot.js';

/** Parts of the organization that tell nothing of who is in it, nor of their roles. */
const OF_ATTRIBUTES = new Set(['managed accounts', 'deactivations']);

/** The users of Confluence, and the gaps. */
interface Found {
  readonly users: readonly ConfluenceUser[];
  readonly gaps: readonly Gap[];
}

/**
 * Adds to the users of Confluence those who were given it directly and are in no group of it: the roles of the
 * organization tell who they are. The gap that stands for them is closed, if all those roles were read, and on this site.
 *
 * Which products somebody has used would not do: it shows use, not entitlement (documented).
 */
export function withPeopleInNoGroup(entities: EntitiesByType, gaps: readonly Gap[]): Found {
  const found = { users: entities['confluence.user'], gaps };
  if (!gaps.some(isOfThem)) return found;
  const roles = rolesOnConfluence(entities);
  const known = new Set<string>(found.users.map(({ id }) => id));
  const accounts = new Map<string, AdminUser>(entities['admin.user'].map((user) => [user.id, user]));
  const added = new Map<string, ConfluenceUser>();
  // Guests are in a list of their own, and among the users that were found.
  const isGuest = gaps.some(({ product, part }) => product === 'confluence' && part === 'guests') ? undefined : false;
  let isClear = roles.length > 0 && !gaps.some(hidesRolesOfPeople);
  for (const { principal, role, obtained } of roles) {
    // Members of groups come with them, and Confluence has said of each whether they can use it.
    const isByGroupAlone = obtained.length > 0 && obtained.every((way) => way === 'group');
    if (principal.type !== 'account' || isByGroupAlone || known.has(principal.id)) continue;
    if (isLicence(role)) {
      const account = accounts.get(principal.id);
      if (account?.membershipStatus !== 'suspended') added.set(principal.id, toUser(principal.id, account, isGuest));
    } else if (mayBeLicence(role)) isClear = false;
  }
  return {
    users: [...found.users, ...added.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    gaps: isClear ? gaps.filter((gap) => !isOfThem(gap)) : gaps,
  };
}

/** Roles that name the Confluence that was read. An organization that has none there may not be the one of the site. */
function rolesOnConfluence(entities: EntitiesByType): AdminRoleAssignment[] {
  const sites = [...siteIdsOf(entities, 'confluence')];
  return entities['admin.roleAssignment'].filter(
    (assignment) =>
      productOfRole(assignment) === 'confluence' &&
      sites.some((id) => assignment.resourceId?.endsWith(`::site/${id}`) === true),
  );
}

function isOfThem({ product, part }: Gap): boolean {
  return product === 'confluence' && part === PEOPLE_IN_NO_GROUP.name;
}

function hidesRolesOfPeople({ product, part, hides, resource }: Gap): boolean {
  if (product !== 'admin' || OF_ATTRIBUTES.has(part) || resource?.type === 'admin.group') return false;
  return hides.includes('admin.user') || hides.includes('admin.roleAssignment');
}

function toUser(
  id: AtlassianAccountId,
  account: AdminUser | undefined,
  externalCollaborator: false | undefined,
): ConfluenceUser {
  const { accountType, accountStatus, email, name } = account ?? {};
  return {
    type: 'confluence.user',
    id,
    ...present({ accountType, accountStatus, email, displayName: name, externalCollaborator }),
  };
}
