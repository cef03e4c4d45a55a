import { ProvisionerError } from '../../errors/provisioner-error.js';
import { SCIM_ATLASSIAN_SCHEMA, type ScimDialect } from './scim-urns.js';

/** Which attributes of a user the server answers with; one of the two, not both. */
export interface ScimSelection {
  /**
   * Only these, such as `['emails', 'name.familyName']`. `id`, `userName` and `active` come along always, and
   * Atlassian's extension with the account id.
   */
  readonly attributes?: readonly string[] | undefined;
  /** All but these. `id`, `userName` and `active` cannot be left out. */
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** Without `active` a suspended user would read as active, and without `userName` the answer is not a User. */
const ALWAYS = ['userName', 'active'];

/** A selection as the query has it. */
export type ScimSelectionQuery = Readonly<Partial<Record<'attributes' | 'excludedAttributes', string>>>;

/**
 * The query parameters of a selection.
 *
 * @throws `request_invalid` when both are given (RFC 7644 section 3.9 has them exclude each other), or when an attribute
 * that the call itself needs is excluded.
 */
export function scimSelection(
  { attributes = [], excludedAttributes = [] }: ScimSelection,
  dialect: ScimDialect,
  needed: readonly string[] = [],
): ScimSelectionQuery {
  if (attributes.length > 0 && excludedAttributes.length > 0)
    throw new ProvisionerError('request_invalid', 'Give either attributes or excludedAttributes; both were given');

  const always = [...ALWAYS, ...needed];
  const kept = new Set(['id', ...always].map((name) => name.toLowerCase()));
  const refused = excludedAttributes.find((name) => kept.has(name.toLowerCase()));
  if (refused !== undefined)
    throw new ProvisionerError('request_invalid', `excludedAttributes cannot hold ${refused}, which this call needs`);

  // Narrowing may drop the extension (not documented), and a user without it reads as unlinked.
  const extension = dialect === 'atlassian' ? [SCIM_ATLASSIAN_SCHEMA] : [];
  return {
    ...(attributes.length > 0 && { attributes: [...new Set([...attributes, ...always, ...extension])].join(',') }),
    ...(excludedAttributes.length > 0 && { excludedAttributes: excludedAttributes.join(',') }),
  };
}
