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

/**
 * The query parameters of a selection.
 *
 * @throws `request_invalid` when both are given (RFC 7644 section 3.9 has them exclude each other), or when an attribute
 * that every user is read with is excluded.
 */
export function scimSelection(
  { attributes, excludedAttributes }: ScimSelection,
  dialect: ScimDialect,
): { attributes?: string; excludedAttributes?: string } {
  const wanted = attributes ?? [];
  const unwanted = excludedAttributes ?? [];
  if (wanted.length > 0 && unwanted.length > 0)
    throw new ProvisionerError('request_invalid', 'Give either attributes or excludedAttributes; both were given');

  const needed = unwanted.find((name) => ['id', ...ALWAYS].some((kept) => kept.toLowerCase() === name.toLowerCase()));
  if (needed !== undefined)
    throw new ProvisionerError(
      'request_invalid',
      `excludedAttributes cannot hold ${needed}: every user is read with it`,
    );

  // Narrowing may drop the extension (not documented), and a user without it reads as unlinked.
  const extension = dialect === 'atlassian' ? [SCIM_ATLASSIAN_SCHEMA] : [];
  return {
    ...(wanted.length > 0 && { attributes: [...new Set([...wanted, ...ALWAYS, ...extension])].join(',') }),
    ...(unwanted.length > 0 && { excludedAttributes: unwanted.join(',') }),
  };
}
