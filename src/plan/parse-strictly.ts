import type { ZodType } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';

/** The message for what is no object at all; an unknown member keeps its own, which names it. */
export function orNoObject(message: string): (issue: { readonly code?: string }) => string | undefined {
  return ({ code }) => (code === 'invalid_type' ? message : undefined);
}

/**
 * Checks what a caller or an approver gave. Throws `request_invalid` naming each field, and never a value.
 *
 * A fault of the value as a whole stands under the name `whole`, or for itself where there is none.
 */
export function parseStrictly<Value>(
  what: string,
  schema: ZodType<Value>,
  value: unknown,
  { advice, whole }: { readonly advice: string; readonly whole?: string },
): Value {
  const parsed = schema.safeParse(value, { reportInput: false });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const name = path.length === 0 ? whole : path.join('.');
    return name === undefined ? message : `${name}: ${message}`;
  });
  throw new ProvisionerError('request_invalid', `${what}: ${faults.join('; ')}. Nothing was written`, { advice });
}
