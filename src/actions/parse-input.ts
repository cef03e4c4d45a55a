import type { ZodType } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';

/** Checks an input against its schema; every fault is named by its field, and no value is repeated. */
export function parseInput<Input>(action: string, schema: ZodType<Input>, input: unknown): Input {
  const parsed = schema.safeParse(input, { reportInput: false });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.length === 0 ? 'input' : path.join('.')}: ${message}`,
  );
  throw new ProvisionerError(
    'request_invalid',
    `${action} was given an input that does not fit. ${faults.join('; ')}`,
    {
      advice: 'Correct the fields named; nothing was sent.',
    },
  );
}
