import type { ZodType } from 'zod';
import { parseStrictly } from '../plan/parse-strictly.js';

/** Checks an input against its schema; every fault is named by its field, and no value is repeated. */
export function parseInput<Input>(action: string, schema: ZodType<Input>, input: unknown): Input {
  const what = `${action} was given an input that does not fit`;
  return parseStrictly(what, schema, input, { advice: 'Correct the fields named.', whole: 'input' });
}
