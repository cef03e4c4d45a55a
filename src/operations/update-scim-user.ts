import type { JsonValue } from '../model/json.js';
import { z } from 'zod';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { sameText } from '../identity/identity-ref.js';
import { needScim, needScimUserId } from './capabilities.js';
import { explainEmailCollision } from './email-collision.js';
import type { OperationDefinition } from './operation.js';
import { lazySchema } from '../model/lazy-schema.js';

/** One attribute to set or, with `null`, to clear. */
export interface AttributeWrite {
  /** SCIM path: `title`, `name.givenName`, `active`, `emails`. */
  readonly path: string;
  readonly value: JsonValue;
}

/** Input of {@link updateScimUser}. */
export interface UpdateScimUserInput {
  readonly writes: readonly AttributeWrite[];
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      writes: z.array(z.strictObject({ path: z.string().min(1), value: z.json() })).min(1),
    }) as unknown as z.ZodType<UpdateScimUserInput>,
);

/**
 * Changes attributes of the User in the directory with one PATCH (RFC 7644 section 3.5.2).
 *
 * Only what is listed is touched. `emails` is written whole.
 */
export const updateScimUser: OperationDefinition<UpdateScimUserInput> = {
  kind: 'scim.user.update',
  title: 'Update the SCIM record',
  risk: 'reversible',
  needs: ['scimUserId'],
  removesAccess: false,
  input: inputSchema,

  async apply(input, context, call) {
    const scim = needScim(context, 'Updating a person');
    const user = await scim.users.setAttributes(needScimUserId(context, 'Updating a person'), input.writes, call);
    return {
      outcome: 'applied',
      learned: {
        ...(user.primaryEmail !== undefined && { email: user.primaryEmail }),
        ...(user.accountId !== undefined && { accountId: user.accountId }),
      },
      unlinked: user.accountId === undefined && context.subject.accountId !== undefined,
    };
  },

  async readBack(input, context, call) {
    const scim = needScim(context, 'Reading a person back');
    const user = await scim.users.get(needScimUserId(context, 'Reading a person back'), call);
    return {
      happened: input.writes.every((write) => holds(user, write)),
      ...(user.accountId !== undefined && { learned: { accountId: user.accountId } }),
    };
  },

  async explain(error, input, context, call) {
    const emails = input.writes.find(({ path }) => path === 'emails')?.value;
    const wanted = Array.isArray(emails) ? primaryOf(emails) : undefined;
    return wanted === undefined ? error : explainEmailCollision(error, wanted, context, call);
  },
};

function primaryOf(emails: readonly JsonValue[]): string | undefined {
  for (const email of emails) {
    const value = own(email, 'value');
    if (own(email, 'primary') === true && typeof value === 'string') return value;
  }
  return undefined;
}

function holds(user: ScimUser, { path, value }: AttributeWrite): boolean {
  if (path === 'emails') {
    const wanted = Array.isArray(value) ? primaryOf(value) : undefined;
    return sameText(wanted, user.primaryEmail);
  }
  const found = path.split('.').reduce<unknown>((node, key) => own(node, key), user);
  if (path === 'userName' && typeof found === 'string' && typeof value === 'string') return sameText(found, value);
  return (found ?? null) === value || ((found === '' || found === undefined) && value === null);
}

function own(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return (node as Record<string, unknown>)[key];
}
