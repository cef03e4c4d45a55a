import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type { Principal } from '../../entities/principal.js';
import { optionalText } from './entity-schema.js';

const WITH_ID = ['account', 'group', 'bitbucket.group', 'jira.projectRole', 'jira.applicationRole'] as const;
const WITHOUT_ID = ['anonymous', 'authenticated', 'licensed', 'product-admins'] as const;

/** Who holds something. */
export const principalSchema = lazySchema(
  () =>
    z.discriminatedUnion('type', [
      z.looseObject({ type: z.enum(WITH_ID), id: z.string() }),
      z.looseObject({ type: z.enum(WITHOUT_ID) }),
      z.looseObject({ type: z.literal('conditional'), id: z.string(), parameter: optionalText() }),
      z.looseObject({ type: z.literal('unknown'), kind: z.string(), id: optionalText() }),
    ]) as unknown as z.ZodType<Principal>,
);
