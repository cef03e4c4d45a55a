import type { OrgGroupId } from '../../model/ids.js';
import type { Entity } from '../entities/entity.js';
import { type Product, PRODUCTS } from '../entities/entity-type.js';
import type { Principal } from '../entities/principal.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { AdminRoleAssignment } from '../entities/admin-entities.js';
import { isLicence } from './access-level.js';
import type { PathNode } from './access-path.js';
import type { Holder, OtherHolder } from './holder.js';
import { productOfRole, siteIdsOf, whoseSite } from './product-roles.js';

const ABOVE_PRODUCTS = new Set(['atlassian/org-admin', 'atlassian/site-admin']);

/** A holder that another one is made of, with the entity that says so. */
export interface HolderPart {
  readonly holder: Holder;
  readonly evidence: Entity;
}

/** Tells of whom licences, application roles and administrators of products are made. */
export class HolderParts {
  readonly #entities: AccessSnapshot['entities'];
  readonly #holderOf: (principal: Principal, product: Product) => Holder;
  /** By product, and by whose site they are on: there may be some for each person. */
  readonly #assignments: ReadonlyMap<string, readonly AdminRoleAssignment[]>;

  constructor({ entities }: AccessSnapshot, holderOf: (principal: Principal, product: Product) => Holder) {
    this.#entities = entities;
    this.#holderOf = holderOf;
    this.#assignments = assignmentsOf(entities);
  }

  of(other: OtherHolder | undefined): readonly HolderPart[] {
    if (other?.kind === 'application-role')
      return [
        ...this.#entities['jira.applicationRole'].flatMap((entity) =>
          entity.id === other.id ? entity.groupIds.map((id) => ({ holder: this.#group(id), evidence: entity })) : [],
        ),
        ...this.assigned('jira', isLicence, other.id),
      ];
    if (other?.kind === 'licensed') return this.#licensed(other.product);
    if (other?.kind === 'product-admins')
      return [
        ...this.#confluenceGroups(other.product, 'admin'),
        ...this.assigned(other.product, (role) => role === 'atlassian/admin'),
      ];
    return [];
  }

  /** What an application role is called. */
  nameOf({ type, id }: PathNode): string | undefined {
    return type === 'jira.applicationRole' ? this.#entities[type].find((role) => role.id === id)?.name : undefined;
  }

  #licensed(product: Product): HolderPart[] {
    const assigned = this.assigned(product, isLicence);
    if (product === 'jira')
      return [
        ...this.#entities['jira.applicationRole'].flatMap((entity) =>
          entity.groupIds.map((id) => ({ holder: this.#group(id), evidence: entity })),
        ),
        ...assigned,
      ];
    if (product === 'confluence')
      return [...this.#confluenceGroups(product, 'user'), ...this.#confluenceGroups(product, 'admin'), ...assigned];
    return assigned;
  }

  #confluenceGroups(product: Product, access: 'user' | 'admin'): HolderPart[] {
    if (product !== 'confluence') return [];
    return this.#entities['confluence.group'].flatMap((entity) =>
      entity.access === access ? [{ holder: this.#group(entity.id), evidence: entity }] : [],
    );
  }

  /** Whom the organization gave a role of a product, on the site that was read or where that is not known. */
  assigned(
    product: Product,
    wanted: (role: string) => boolean,
    owner?: string,
    whose: ReturnType<typeof whoseSite> = 'ours',
  ): HolderPart[] {
    return (this.#assignments.get(`${product} ${whose}`) ?? [])
      .filter(({ role, resourceOwner }) => wanted(role) && (owner === undefined || resourceOwner === owner))
      .map((entity) => ({ holder: this.#holderOf(entity.principal, 'admin'), evidence: entity }));
  }

  /** Administrators of the organization, and of a site that is or may be the one that was read. */
  overAll(): HolderPart[] {
    const sites = siteIdsOf(this.#entities, 'site');
    const assigned = this.#entities['admin.roleAssignment'].filter(
      (one) =>
        ABOVE_PRODUCTS.has(one.role) && (productOfRole(one) === 'organization' || whoseSite(one, sites) !== 'another'),
    );
    return [
      ...assigned.map((entity) => ({ holder: this.#holderOf(entity.principal, 'admin'), evidence: entity })),
      ...this.#entities['admin.user'].flatMap((entity) =>
        entity.platformRoles?.some((role) => ABOVE_PRODUCTS.has(role)) === true
          ? [{ holder: this.#holderOf({ type: 'account', id: entity.id }, 'admin'), evidence: entity }]
          : [],
      ),
    ];
  }

  #group(id: string): Holder {
    return this.#holderOf({ type: 'group', id: id as OrgGroupId }, 'admin');
  }
}

function assignmentsOf(entities: AccessSnapshot['entities']): ReadonlyMap<string, readonly AdminRoleAssignment[]> {
  const sites = new Map(PRODUCTS.map((product) => [product, siteIdsOf(entities, product)]));
  const found = new Map<string, AdminRoleAssignment[]>();
  for (const assignment of entities['admin.roleAssignment']) {
    const product = productOfRole(assignment);
    if (product === undefined || product === 'site' || product === 'organization') continue;
    const key = `${product} ${whoseSite(assignment, sites.get(product) ?? new Set())}`;
    const others = found.get(key);
    if (others === undefined) found.set(key, [assignment]);
    else others.push(assignment);
  }
  return found;
}
