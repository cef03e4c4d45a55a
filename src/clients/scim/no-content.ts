import { z } from 'zod';

/** The answer of a DELETE: 204 and nothing, or a body nobody needs. */
export const noContentSchema: z.ZodType<void> = z.unknown().transform((): void => undefined);
