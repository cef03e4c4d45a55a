import { z, type ZodType } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';

/** For answers whose body, if any, says nothing: 201, 202 and 204, and one documented 200. */
export const noContentSchema = lazySchema((): ZodType<void> => z.unknown().transform((): void => undefined));
