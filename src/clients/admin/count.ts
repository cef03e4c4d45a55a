import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';

/** Answer of the counts, which has no wrapper. */
export const countSchema = lazySchema(() => z.looseObject({ count: z.number() }).transform(({ count }) => count));
