import { z } from 'zod';
import type { ScimUser, ScimUserInput } from '../clients/scim/scim-user.js';
import { needScim } from './capabilities.js';
import { explainEmailCollision } from './email-collision.js';
import type { OperationDefinition, SubjectIds } from './operation.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Input of {@link createScimUser}: the User to create, as the SCIM client takes it. */
export interface CreateScimUserInput {
  readonly user: ScimUserInput;
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      user: z.looseObject({
        userName: z.string().min(1),
        emails: z.array(z.looseObject({ value: z.string().min(1) })).min(1),
      }),
    }) as unknown as z.ZodType<CreateScimUserInput>,
);

/**
 * Creates the User in the directory.
 *
 * Atlassian creates or links the account at once when the domain of the email is verified and claimed. SCIM reads its own
 * writes, so a lost answer is settled by looking the `userName` up.
 */
export const createScimUser: OperationDefinition<CreateScimUserInput> = {
  kind: 'scim.user.create',
  title: 'Create the SCIM record',
  risk: 'reversible',
  needs: [],
  removesAccess: false,
  input: inputSchema,

  async apply(input, context, call) {
    const user = await needScim(context, 'Creating a person').users.create(input.user, call);
    return { outcome: 'applied', learned: idsOf(user) };
  },

  async readBack(input, context, call) {
    const found = await needScim(context, 'Reading a person back').users.find({ userName: input.user.userName }, call);
    if (found === undefined) return { happened: false };
    // Somebody else may have taken the userName meanwhile: externalId tells, where it is given.
    if (input.user.externalId !== undefined && found.externalId !== input.user.externalId) return { happened: false };
    return { happened: true, learned: idsOf(found) };
  },

  explain: (error, input, context, call) => explainEmailCollision(error, input.user.userName, context, call),
};

function idsOf(user: ScimUser): SubjectIds {
  return {
    scimUserId: user.id,
    ...(user.primaryEmail !== undefined && { email: user.primaryEmail }),
    ...(user.accountId !== undefined && { accountId: user.accountId }),
  };
}
