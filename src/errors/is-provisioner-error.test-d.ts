import { expectTypeOf, test } from 'vitest';
import type { LicenseLimitError, NotFoundError, RateLimitError } from './api-errors.js';
import { isProvisionerError, type ErrorOfCode } from './is-provisioner-error.js';
import type { ErrorCode } from './error-code.js';
import type { ProvisionerError } from './provisioner-error.js';

declare const error: unknown;

test('narrows to the class of the code', () => {
  if (isProvisionerError(error, 'rate_limited')) expectTypeOf(error).toEqualTypeOf<RateLimitError>();
  if (isProvisionerError(error, 'not_found', 'license_limit'))
    expectTypeOf(error).toEqualTypeOf<NotFoundError | LicenseLimitError>();
});

test('narrows by a switch over the code', () => {
  if (!isProvisionerError(error)) return;
  if (error.code === 'rate_limited') expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
});

test('takes no code that there is not', () => {
  // @ts-expect-error -- the set of codes is closed
  isProvisionerError(error, 'not-found');
  expectTypeOf<'not-found'>().not.toExtend<ErrorCode>();
});

test('gives the base, with its code, for a code without a class of its own', () => {
  expectTypeOf<ErrorOfCode<'request_invalid'>>().toEqualTypeOf<
    ProvisionerError & { readonly code: 'request_invalid' }
  >();
});
