import process from 'node:process';
import type { ZodType } from 'zod';
import { ResponseInvalidError } from '../errors/api-errors.js';
import type { AnsweredDetails } from './call-progress.js';
import { publishInvalidResponse } from './diagnostics.js';
import { readAnswer } from './read-answer.js';

/** Reads a 2xx body by its schema, and deals with one that does not match as the policy has it. */
export function resultOf<Result>(
  text: string,
  schema: ZodType<Result>,
  detailsOf: () => AnsweredDetails,
  policy: 'throw' | 'warn',
): Result {
  const answer = readAnswer(text, schema);
  if (!('faults' in answer)) return answer.value;

  const details = detailsOf();
  const { operation, method, status, traceId } = details;
  const { faults } = answer;
  publishInvalidResponse({ operation, method, status, faults, ...(traceId !== undefined && { traceId }) });
  const error = new ResponseInvalidError({ ...details, advice: ADVICE }, faults);
  const rest = policy === 'warn' ? answer.bestEffort() : undefined;
  if (rest === undefined) throw error;

  warnOnce(error.message);
  return rest.value;
}

const ADVICE =
  'Look for a newer version of this package, or set `onInvalidResponse` to "warn" to go on without what does not match.';

const MAX_REMEMBERED = 1000;
const warned = new Set<string>();

/** A list of ten thousand users must not warn ten thousand times. */
function warnOnce(message: string): void {
  if (warned.has(message) || warned.size >= MAX_REMEMBERED) return;
  warned.add(message);
  process.emitWarning(message, { code: 'ATLASSIAN_PROVISIONER_RESPONSE' });
}
