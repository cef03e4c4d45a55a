import { beforeEach, expect, test } from 'vitest';
import { RequestLog, type LoggedRequest } from './request-log.js';

let log: RequestLog;
beforeEach(() => {
  log = new RequestLog();
});

function request(operation: string, effect: LoggedRequest['effect'] = 'read'): void {
  log.append({
    at: '2026-01-05T09:00:00.000Z',
    operation,
    effect,
    method: effect === 'read' ? 'GET' : 'PATCH',
    path: `/${operation}`,
    query: {},
    body: undefined,
    credential: 'directory-key',
    status: 200,
    faulted: false,
  });
}

test('reads like an array, and picks out operations, reads and writes', () => {
  request('scim.users.get');
  request('scim.users.patch', 'write');
  request('admin.users.search');

  expect(log).toHaveLength(3);
  expect(log.operations()).toEqual(['scim.users.get', 'scim.users.patch', 'admin.users.search']);
  expect(log.of('scim.*').map(({ number }) => number)).toEqual([1, 2]);
  expect(log.writes().map(({ operation }) => operation)).toEqual(['scim.users.patch']);
  expect(log.reads()).toHaveLength(2);
  expect([...log].map(({ path }) => path)).toContain('/scim.users.get');
  expect(log.at(-1)?.operation).toBe('admin.users.search');
});

test('passes its assertions where they hold', () => {
  request('scim.users.get');

  expect(() => log.expectNoWrites()).not.toThrow();
  expect(() => log.expectCount('scim.users.*', 1)).not.toThrow();
  expect(() => log.expectWrites([])).not.toThrow();
});

test('says which requests were there when an assertion fails', () => {
  request('scim.users.patch', 'write');

  expect(() => log.expectNoWrites()).toThrow(
    'Expected no write, and there were 1:\n  1. scim.users.patch (PATCH /scim.users.patch) → 200',
  );
  expect(() => log.expectCount('scim.users.get', 2)).toThrow('Expected 2 of scim.users.get, and there were 0');
  expect(() => log.expectWrites(['scim.users.create'])).toThrow(
    'Expected the writes [scim.users.create], and there were [scim.users.patch]',
  );
});

test('forgets, for what comes after an arrangement', () => {
  request('scim.users.patch', 'write');

  log.clear();

  expect(log.toArray()).toEqual([]);
});
