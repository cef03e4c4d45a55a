import type { core, ZodType } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { requestWords } from './request-words.js';

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
  const parsed = schema.safeParse(value, { reportInput: false, error: requestWords });
  if (parsed.success) return parsed.data;
  const faults = firstOfEach(parsed.error.issues).map(({ path, message }) => {
    const name = path.length === 0 ? whole : path.join('.');
    return name === undefined ? message : `${name}: ${message}`;
  });
  throw new ProvisionerError('request_invalid', `${what}: ${faults.join('; ')}. Nothing was written`, { advice });
}

/** What is wrong with a field at first: what follows from it says nothing more. */
function firstOfEach(issues: readonly core.$ZodIssue[]): core.$ZodIssue[] {
  const seen = new Set<string>();
  return issues.filter(({ path }) => {
    const field = path.join('.');
    const isNew = path.length === 0 || !seen.has(field);
    seen.add(field);
    return isNew;
  });
}
