import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { ConflictError, NotFoundError, RateLimitError } from './api-errors.js';
import { ConfigError } from './config-error.js';
import { USUAL_ADVICE, type ErrorCode } from './error-code.js';
import { isProvisionerError } from './is-provisioner-error.js';
import { NetworkError } from './network-errors.js';
import { ProvisionerError } from './provisioner-error.js';

const details = { operation: 'things.get', method: 'GET', status: 404, attempts: 1 };

describe('an error', () => {
  test.for(Object.entries(USUAL_ADVICE))(
    'with the code %s says what to do, unless it knows better',
    ([code, usual]) => {
      const plain = new ProvisionerError(code as ErrorCode, 'It failed');
      const better = new ProvisionerError(code as ErrorCode, 'It failed', { advice: 'Turn it around.' });

      expect(plain.advice).toBe(usual);
      expect(better.advice).toBe('Turn it around.');
    },
  );

  test('is told by its code', () => {
    const error: unknown = new NotFoundError(details);

    expect(isProvisionerError(error)).toBe(true);
    expect(isProvisionerError(error, 'not_found')).toBe(true);
    expect(isProvisionerError(error, 'conflict', 'not_found')).toBe(true);
    expect(isProvisionerError(error, 'conflict')).toBe(false);
  });

  test('of another installed copy of the package is told too', async () => {
    vi.resetModules();
    const copy = await import('./api-errors.js');
    const error = new copy.RateLimitError({ ...details, status: 429 }, 5000);

    expect(error).not.toBeInstanceOf(ProvisionerError);
    expect(error).not.toBeInstanceOf(RateLimitError);
    expect(isProvisionerError(error, 'rate_limited') && error.retryAfterMs).toBe(5000);
  });

  test('of another realm is told too', () => {
    const context = createContext({});
    const error: unknown = runInContext(
      `Object.assign(Object.create({ [Symbol.for('atlassian-provisioner.error')]: true }), { code: 'conflict' })`,
      context,
    );

    expect(isProvisionerError(error, 'conflict')).toBe(true);
  });

  test.for([new Error('x'), { code: 'conflict' }, null, undefined, 'conflict', 42, () => undefined])(
    'is not %o',
    (value) => {
      expect(isProvisionerError(value)).toBe(false);
    },
  );

  test('prints its name, its message and its facts, and nothing of how it is told', () => {
    const error = new ConflictError({ ...details, status: 409, atlassianCode: 'ADMIN-UAM-409-2', traceId: 'abc' });

    const printed = inspect(error);

    expect(printed).toMatch(/^ConflictError: things\.get failed with 409 \(ADMIN-UAM-409-2\)/);
    expect(printed).toContain("traceId: 'abc'");
    expect(printed).not.toContain('Symbol(');
  });

  test('is plain data in JSON, with its message and with a cause only of its own kind', () => {
    const cause = new NetworkError({ operation: 'things.list', attempts: 1, sent: true }, { systemCode: 'ECONNRESET' });
    const error = new ProvisionerError('action_failed', 'It failed', { cause, retryable: true });
    const foreign = new ProvisionerError('action_failed', 'It failed', { cause: new Error('of somebody else') });

    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'ProvisionerError',
      code: 'action_failed',
      message: 'It failed',
      advice: 'Read the result: it has the outcome of every operation.',
      retryable: true,
      cause: {
        name: 'NetworkError',
        code: 'network_failed',
        message: 'things.list got no answer: ECONNRESET',
        advice: 'Call again. If it stays so, check the address, the network and the proxy.',
        operation: 'things.list',
        attempts: 1,
        sent: true,
        retryable: false,
        systemCode: 'ECONNRESET',
      },
    });
    expect(JSON.stringify(foreign)).not.toContain('somebody');
  });

  test('of the configuration lists every fault by its path', () => {
    const error = new ConfigError([
      { path: 'scim.token', message: 'must not be empty' },
      { path: '', message: 'nothing is configured' },
    ]);

    expect(error.message).toBe('The configuration is not valid: scim.token: must not be empty; nothing is configured');
  });
});
