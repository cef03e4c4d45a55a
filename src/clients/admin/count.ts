import { z } from 'zod';

/** Answer of the counts, which has no wrapper. */
export const countSchema = z.looseObject({ count: z.number() }).transform(({ count }) => count);
