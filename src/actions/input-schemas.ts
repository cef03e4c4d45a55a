import { z } from 'zod';
import { refParts } from '../identity/identity-ref.js';
import type { GroupRoute } from '../model/group.js';
import type { IdentityRef } from '../model/identity.js';
import type { OrgGroupId, ScimGroupId } from '../model/ids.js';
import { lazySchema } from '../model/lazy-schema.js';

const CONTROL_CHARACTERS = /\p{Cc}/u;
/** Half of a pair that makes one character: no text, and nothing that JSON or a URL can carry. */
const LONE_SURROGATE = /\p{Cs}/u;

/** A text without control characters and with something in it. */
export const textSchema = lazySchema(() =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(1024, 'must be at most 1,024 characters')
    .refine((value) => !CONTROL_CHARACTERS.test(value), 'must not hold control characters')
    .refine((value) => !LONE_SURROGATE.test(value), 'must not hold half of a surrogate pair'),
);

/** One email address: something, an @, a domain. Atlassian decides the rest. */
export const emailSchema = lazySchema(() => textSchema().regex(/^[^\s@]+@[^\s@]+$/, 'must be one email address'));

/** Characters that show nothing, or turn the direction of what follows: dirt of copied lists, and disguise. */
const INVISIBLE = /\p{Cf}/u;
const LOCAL_PART = /^[^.@]+(?:\.[^.@]+)*@/u;
const DOMAIN =
  /@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]$/u;

/** Whether a part of a domain has Latin letters and look-alikes of another alphabet. */
function mixesAlphabets(email: string): boolean {
  const parts = email.slice(email.lastIndexOf('@') + 1).split('.');
  return parts.some((part) => /\p{Script=Latin}/u.test(part) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(part));
}

/**
 * An email address to be written. Stricter than one that names somebody: whoever has a faulty one must still be found.
 */
export const writtenEmailSchema = lazySchema(() =>
  emailSchema()
    .refine((email) => !INVISIBLE.test(email), 'must not hold invisible characters')
    .refine((email) => LOCAL_PART.test(email), 'must not begin or end with a dot before the @, nor hold two in a row')
    .refine((email) => DOMAIN.test(email), 'must end in a domain, such as acme.com')
    .refine((email) => !mixesAlphabets(email), 'must not mix alphabets in its domain'),
);

const idSchema = lazySchema(() => z.string().regex(/^[^\s\p{Cc}\p{Cs}]{1,256}$/u, 'must be an id without white space'));

/** A person, by exactly one id. */
export const identityRefSchema = lazySchema(
  () =>
    z.union(
      [
        z.strictObject({ email: emailSchema() }),
        z.strictObject({ userName: textSchema() }),
        z.strictObject({ externalId: textSchema() }),
        z.strictObject({ scimUserId: idSchema() }),
        z.strictObject({ accountId: idSchema() }),
      ],
      'must hold exactly one of email, userName, externalId, scimUserId, accountId',
    ) as unknown as z.ZodType<IdentityRef>,
);

/** A group to add or remove: its name, or an id, and optionally the route to take. */
export interface GroupChoice {
  readonly name?: string;
  readonly scimGroupId?: ScimGroupId;
  readonly orgGroupId?: OrgGroupId;
  /** Takes this route instead of the one that the group's origin asks for. */
  readonly route?: GroupRoute;
}

const routeSchema = lazySchema(() => z.enum(['scim', 'organization']).optional());

/** A group by name (a plain string) or by id. */
export const groupChoiceSchema = lazySchema(
  () =>
    z.union(
      [
        textSchema().transform((name) => ({ name })),
        z.strictObject({ name: textSchema(), route: routeSchema() }),
        z.strictObject({ scimGroupId: idSchema(), route: routeSchema() }),
        z.strictObject({ orgGroupId: idSchema(), route: routeSchema() }),
      ],
      'must be a group name, or hold one of name, scimGroupId, orgGroupId',
    ) as unknown as z.ZodType<GroupChoice>,
);

/** Leaves out members that are `undefined`, so that an input has one form and one digest. */
export function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}

/** The key under which actions on one person wait for each other, before the person was looked up. */
export function identityLockKey(ref: IdentityRef): string {
  return refParts(ref).key;
}
