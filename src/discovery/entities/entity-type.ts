/** What is discovered: the organization with its SCIM directory, or a product. */
export type Product = 'admin' | 'jira' | 'confluence' | 'bitbucket';

/** All of them, in the order in which answers and exports number them. */
export const PRODUCTS = ['admin', 'jira', 'confluence', 'bitbucket'] as const satisfies readonly Product[];

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
] as const;

/** The kinds of entities. */
export type EntityType = (typeof ENTITY_TYPES)[number];

/** The kinds that one product's reader finds. The ties between services go with the organization. */
export function typesOfProduct(product: Product): readonly EntityType[] {
  return ENTITY_TYPES.filter((type) => productOf(type) === product);
}

/** The product whose reader finds a kind. */
export function productOf(type: EntityType): Product {
  if (type === 'scim.user' || type === 'connection') return 'admin';
  // Every other kind begins with its product.
  return type.slice(0, type.indexOf('.')) as Product;
}
