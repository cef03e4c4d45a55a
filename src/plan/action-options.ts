import { z } from 'zod';
import { lazySchema } from '../model/lazy-schema.js';
import { orNoObject, parseStrictly } from './parse-strictly.js';
import type { ActionOptions } from './run-types.js';

const milliseconds = (): z.ZodType<number> =>
  z.custom<number>((value) => typeof value === 'number' && value > 0, 'must be a number of milliseconds over 0');

const listener = <Listener>(): z.ZodType<Listener> =>
  z.custom<Listener>((value) => typeof value === 'function', 'must be a function');

const optionsSchema = lazySchema(() =>
  z.strictObject(
    {
      dryRun: z.boolean().optional(),
      reason: z.string().optional(),
      actor: z
        .strictObject({
          type: z.enum(['user', 'service', 'system']),
          id: z.string().optional(),
          name: z.string().optional(),
        })
        .optional(),
      correlationId: z.string().min(1, 'must not be empty').optional(),
      approve: listener<NonNullable<ActionOptions['approve']>>().optional(),
      overrideGuard: z.strictObject({ because: z.string().trim().min(1, 'must say why') }).optional(),
      onProgress: listener<NonNullable<ActionOptions['onProgress']>>().optional(),
      onAttempt: listener<NonNullable<ActionOptions['onAttempt']>>().optional(),
      signal: z.custom<AbortSignal>(isSignal, 'must be an AbortSignal').optional(),
      attemptTimeoutMs: milliseconds().optional(),
      totalTimeoutMs: milliseconds().optional(),
    },
    { error: orNoObject('must be an object of options') },
  ),
);

/**
 * Checks the options of an action before anything is read.
 *
 * @throws `request_invalid` naming each option that there is not, or whose value does not fit: a `dryRun` that is misspelt
 * would else write.
 */
export function parseActionOptions(action: string, options: unknown): ActionOptions {
  const advice = 'Correct the options named; nothing was sent.';
  // `undefined` members are left out, which is what the exact type asks for.
  return parseStrictly(`${action} was given options that do not fit`, optionsSchema(), options, {
    advice,
  }) as ActionOptions;
}

/** By its form: a signal may come from another realm or a polyfill. */
function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener } = value as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}
