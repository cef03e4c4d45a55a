import { ProvisionerError } from '../../errors/provisioner-error.js';

/** The one comparison Atlassian takes for users. Anything else, email too, answers 400 `invalidFilter` (seen). */
export type ScimUserFilter =
  | { readonly userName: string; readonly externalId?: never }
  | { readonly externalId: string; readonly userName?: never };

/** The one comparison Atlassian takes for groups. */
export interface ScimGroupFilter {
  readonly displayName: string;
}

const ATTRIBUTES = ['userName', 'externalId', 'displayName'] as const;

/**
 * Writes a filter as `attribute eq "value"` (RFC 7644 section 3.4.2.2).
 *
 * The value is a JSON string there, so `"`, `\` and control characters are escaped as JSON has them.
 *
 * @throws `request_invalid` when not exactly one attribute is given, or its value is empty: that would match records
 * where the attribute was cleared.
 */
export function scimFilter(filter: ScimUserFilter | ScimGroupFilter): string {
  const given = new Map<string, unknown>(Object.entries(filter));
  const [attribute, ...more] = ATTRIBUTES.filter((name) => given.get(name) !== undefined);
  const value = attribute === undefined ? undefined : given.get(attribute);

  if (attribute === undefined || more.length > 0)
    throw new ProvisionerError('request_invalid', `A SCIM filter needs exactly one of ${ATTRIBUTES.join(', ')}`);
  if (typeof value !== 'string' || value === '')
    throw new ProvisionerError('request_invalid', `The SCIM filter on ${attribute} needs a string that is not empty`);

  return `${attribute} eq ${scimString(value)}`;
}

/** Writes a string as a comparison value of a filter or of a PATCH path. */
export function scimString(value: string): string {
  return JSON.stringify(value);
}
