import { describe, expect, test } from 'vitest';
import { rateLimitOf, resetInOf, traceIdOf, waitOf } from './response-headers.js';

const NOW = Date.parse('2026-03-01T00:00:00Z');

describe('the wait', () => {
  test.for([
    ['Retry-After in seconds', { 'retry-after': '5' }, 5000],
    ['Retry-After of nothing', { 'retry-after': '0' }, 0],
    ['Retry-After in parts of a second', { 'retry-after': '0.25' }, 250],
    ['Retry-After as a date', { 'retry-after': 'Sun, 01 Mar 2026 00:01:00 GMT' }, 60_000],
    ['Retry-After in the past', { 'retry-after': 'Sat, 28 Feb 2026 00:01:00 GMT' }, 0],
    ['Retry-After before X-RateLimit-Reset', { 'retry-after': '2', 'x-ratelimit-reset': '2026-03-01T00:01:00Z' }, 2000],
    ['a Retry-After nobody can read', { 'retry-after': 'soon', 'x-ratelimit-reset': '2026-03-01T00:01:00Z' }, 60_000],
    ['a reset in ISO 8601', { 'x-ratelimit-reset': '2026-03-01T00:01:00.500Z' }, 60_500],
    ['a reset in ISO 8601 without seconds', { 'x-ratelimit-reset': '2026-03-01T00:01Z' }, 60_000],
    ['a reset without an offset, which is UTC', { 'x-ratelimit-reset': '2026-03-01T00:01:00' }, 60_000],
    ['a Retry-After that only looks like a date', { 'retry-after': 'version 2' }, undefined],
    ['a reset with an offset', { 'x-ratelimit-reset': '2026-03-01T02:01:00+02:00' }, 60_000],
    ['a reset in seconds that remain', { 'x-ratelimit-reset': '745' }, 745_000],
    ['a reset in seconds since 1970', { 'x-ratelimit-reset': String(NOW / 1000 + 30) }, 30_000],
    ['a negative Retry-After', { 'retry-after': '-5' }, undefined],
    ['a reset that is no time', { 'x-ratelimit-reset': 'later' }, undefined],
    ['a reset beyond all time', { 'x-ratelimit-reset': '99999999999999999999' }, undefined],
    ['nothing', {}, undefined],
  ] as const)('is read from %s', ([, headers, expected]) => {
    const wait = waitOf(new Headers(headers), NOW);

    expect(wait).toBe(expected);
  });
});

describe('the rate-limit state', () => {
  test('is read from the three headers', () => {
    const headers = new Headers({
      'x-ratelimit-limit': '60, 60;w=3600',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '745',
    });

    const state = rateLimitOf(headers, NOW);

    expect(state).toEqual({ limit: 60, remaining: 0, resetAt: '2026-03-01T00:12:25.000Z' });
    expect(resetInOf(headers, NOW)).toBe(745_000);
  });

  test.for([{}, { 'x-ratelimit-limit': 'many', 'x-ratelimit-reset': '' }])('is absent without them (%o)', (headers) => {
    const state = rateLimitOf(new Headers(headers), NOW);

    expect(state).toBeUndefined();
  });
});

describe('the trace id', () => {
  test("is Atlassian's before a proxy's", () => {
    const traceId = traceIdOf(new Headers({ 'x-request-id': 'proxy-1', 'atl-traceid': 'e40ee97f819a2465' }));

    expect(traceId).toBe('e40ee97f819a2465');
  });

  test.for(['two words', '<b>', 'x'.repeat(129), ''])('is not taken in another shape (%s)', (value) => {
    const traceId = traceIdOf(new Headers({ 'x-trace-id': value }));

    expect(traceId).toBeUndefined();
  });
});
