import { z } from 'zod';
import { ResponseInvalidError } from '../../errors/api-errors.js';
import type { HttpMethod } from '../../http/transport.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** The answer of a DELETE: 204 and nothing, or a body nobody needs. */
export const noContentSchema = lazySchema((): z.ZodType<void> => z.unknown().transform((): void => undefined));

/** The answer of a PATCH or PUT: the resource, or nothing (RFC 7644 section 3.5.2). */
export function resourceOrNothing<Resource>(resource: z.ZodType<Resource>): z.ZodType<Resource | undefined> {
  return mapped(resource.optional());
}

/**
 * Marks a schema as one that maps the body to another form, at its outside too.
 *
 * A caller may let a body pass that does not match, as it came. That must not happen here, where a User of the wire would
 * be taken for one of ours: without an account id, for one.
 */
export function mapped<Value>(schema: z.ZodType<Value>): z.ZodType<Value> {
  return schema.transform((value) => value);
}

/**
 * The resource, where it is the one that was asked for.
 *
 * An answer about another one is refused: what is written next would go to somebody else.
 */
export function aboutId<Resource extends { readonly id: string } | undefined>(
  found: Resource,
  id: string,
  call: { readonly operation: string; readonly method: HttpMethod },
): Resource {
  if (found === undefined || found.id.toLowerCase() === id.toLowerCase()) return found;
  throw new ResponseInvalidError({ ...call, status: 200, attempts: 1 }, [
    { path: 'id', expected: 'the id that was asked for', received: 'another one' },
  ]);
}
