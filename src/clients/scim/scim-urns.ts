/** Schema of a User (RFC 7643 section 4.1). */
export const SCIM_USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Schema of a Group (RFC 7643 section 4.2). */
export const SCIM_GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Schema of the enterprise extension of a User (RFC 7643 section 4.3). */
export const SCIM_ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Atlassian's extension of a User, which carries the account id. Read-only. */
export const SCIM_ATLASSIAN_SCHEMA = 'urn:scim:schemas:extension:atlassian-external:1.0';

/** Message of a PATCH (RFC 7644 section 3.5.2). */
export const SCIM_PATCH_MESSAGE = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Media type of a SCIM body (RFC 7644 section 8.1). */
export const SCIM_MEDIA_TYPE = 'application/scim+json';

/**
 * Which server is spoken to.
 *
 * - `atlassian`: `department` and `organization` are attributes of the User itself, a string is cleared by replacing it
 *   with `""`, and a narrowed read asks for the Atlassian extension
 * - `rfc7644`: `department` and `organization` are in the enterprise extension, a string is cleared by `remove`, and
 *   nothing of Atlassian's is asked for
 */
export type ScimDialect = 'atlassian' | 'rfc7644';
