import { z } from 'zod';
import { ORG_ADMIN, type ProductRoleId } from '../clients/admin/org-role-id.js';
import type { IdentityRef } from '../model/identity.js';
import type { ResourceAri } from '../model/ids.js';
import type { JsonObject } from '../model/json.js';
import { identityRefSchema, textSchema, withoutUndefined } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import { lazySchema } from '../model/lazy-schema.js';

/** A product on a site: by its resource identifier, or by the site's address and the product's key. */
export type ProductRef =
  | { readonly resource: ResourceAri }
  /** `{ site: 'https://acme.atlassian.net', key: 'jira-software' }`. */
  | { readonly site: string; readonly key: string };

/** Whose access to which product to change. */
export interface ProductAccessInput {
  readonly identity: IdentityRef;
  readonly product: ProductRef;
  /**
   * Default `atlassian/user`: use of the product, which takes a seat.
   *
   * `atlassian/org-admin` is refused: Atlassian ignores the product with it, and makes the person an organization admin.
   */
  readonly role?: ProductRoleId | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedProductInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly product: ProductRef & JsonObject;
  readonly role: ProductRoleId;
} & JsonObject;

const inputSchema = lazySchema(() =>
  z.strictObject({
    identity: identityRefSchema(),
    product: z.union(
      [
        z.strictObject({ resource: z.string().regex(/^ari:cloud:\S+$/, 'must be ari:cloud:…') }),
        z.strictObject({ site: z.url('must be the address of a site'), key: textSchema() }),
      ],
      'must hold resource, or site and key',
    ),
    role: z
      .string()
      .regex(/^atlassian\/[a-z-]+$/, 'must be a role such as atlassian/user')
      .refine(
        (role) => role !== ORG_ADMIN,
        'must be a role on one product; atlassian/org-admin is on the whole organization',
      )
      .optional(),
  }),
);

/** Checks an input about product access. Throws `request_invalid` naming the fields. */
export function parseProductAccess(action: string, input: unknown): CheckedProductInput {
  const { role = 'atlassian/user', ...rest } = parseInput(action, inputSchema(), input);
  return withoutUndefined({ ...rest, role }) as unknown as CheckedProductInput;
}
