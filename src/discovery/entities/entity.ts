import type { AdminEntity } from './admin-entities.js';
import type { BitbucketEntity } from './bitbucket-entities.js';
import type { ConfluenceEntity } from './confluence-entities.js';
import type { Connection } from './connection.js';
import type { Gap } from './gap.js';
import type { JiraEntity } from './jira-entities.js';

/** What is discovered: the organization with its SCIM directory, or a product. */
export type Product = 'admin' | 'jira' | 'confluence' | 'bitbucket';

/** Anything that is discovered. `type` and `id` together name it within a snapshot. */
export type Entity = AdminEntity | JiraEntity | ConfluenceEntity | BitbucketEntity | Connection;

/** The kinds of entities. */
export type EntityType = Entity['type'];

/** The entity of one kind. */
export type EntityOf<Type extends EntityType> = Extract<Entity, { readonly type: Type }>;

/** What a reader of one product yields, gaps included. */
export interface EntitiesOfProduct {
  readonly admin: AdminEntity;
  readonly jira: JiraEntity;
  readonly confluence: ConfluenceEntity;
  readonly bitbucket: BitbucketEntity;
}

/** Every kind, in the order in which a snapshot and its exports have them. */
export const ENTITY_TYPES = [
  'admin.tenant',
  'admin.user',
  'admin.group',
  'admin.roleAssignment',
  'scim.user',
  'jira.instance',
  'jira.user',
  'jira.group',
  'jira.project',
  'jira.projectRole',
  'jira.permissionScheme',
  'jira.applicationRole',
  'confluence.instance',
  'confluence.user',
  'confluence.group',
  'confluence.space',
  'confluence.spaceRole',
  'confluence.grant',
  'bitbucket.workspace',
  'bitbucket.user',
  'bitbucket.group',
  'bitbucket.project',
  'bitbucket.repository',
  'bitbucket.grant',
  'connection',
] as const satisfies readonly EntityType[];

/** The kinds that one product's reader finds. The ties between services go with the organization. */
export function typesOfProduct(product: Product): readonly EntityType[] {
  return ENTITY_TYPES.filter((type) => productOf(type) === product);
}

function productOf(type: EntityType): Product {
  if (type === 'scim.user' || type === 'connection') return 'admin';
  // Every other kind begins with its product.
  return type.slice(0, type.indexOf('.')) as Product;
}

/** One of the kinds, or a gap. */
export type Discovered = Entity | Gap;
