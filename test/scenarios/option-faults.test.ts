import { describe, expect, vi } from 'vitest';
import { MemoryLinkCache, type ActionOptions, type DeletionChoices } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

function itself(): object {
  const actor: Record<string, unknown> = { type: 'user' };
  actor.id = actor;
  return actor;
}

describe('options that do not fit', () => {
  test.for<[string, unknown, string]>([
    ['a word for dryRun', { dryRun: 'true' }, 'dryRun'],
    ['a misspelt option', { dryrun: true }, 'did you mean "dryRun"?'],
    ['a reason that is no text', { reason: { ticket: 1 } }, 'reason'],
    ['a reason that JSON cannot hold', { reason: 1n }, 'reason'],
    ['an actor that is a name', { actor: 'bob' }, 'actor'],
    ['an actor that holds itself', { actor: itself() }, 'actor'],
    ['a correlation id that is a number', { correlationId: 5 }, 'correlationId'],
    ['a guard overridden without a word', { overrideGuard: { because: ' ' } }, 'overrideGuard.because'],
    ['an approver that is none', { approve: true }, 'approve'],
    ['a signal that is none', { signal: {} }, 'signal'],
    ['a time limit that is none', { totalTimeoutMs: -1 }, 'totalTimeoutMs'],
    ['no options at all', null, 'object'],
    ['a text', 'dryRun', 'object'],
  ])('are refused before anything is read: %s', async ([, options, named], { fake, atlassian, audit }) => {
    fake.addUser(ROSA);

    const run = atlassian.deprovisionIdentity(ROSA, options as ActionOptions);

    await expect(run).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining(named) });
    expect(fake.requests).toHaveLength(0);
    expect(audit.events).toEqual([]);
  });

  test('are refused as a fault of the request where they are missing', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);

    const run = atlassian.deleteIdentity(ROSA, undefined as unknown as ActionOptions & DeletionChoices);

    await expect(run).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining('scope') });
  });
});

describe('what fails beside a change', () => {
  test('a cache that cannot forget is a note, and the result tells all that was done', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const store = new MemoryLinkCache();
    store.delete = () => {
      throw new Error('the cache is down');
    };

    const result = await connect({ cache: { store } }).deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(result.removed.groups).toMatchObject([{ name: 'crew' }]);
    expect(result.notes.join()).toContain('link cache');
  });

  test('a listener that rejects is a warning', async ({ fake, connect, audit }) => {
    fake.addUser(ROSA);
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const fail = (): unknown => Promise.reject(new Error('the listener is down'));
    const sink = { write: () => Promise.reject(new Error('the sink is down')) };

    const result = await connect({
      audit: { sink, onFailure: 'continue', onUnrecorded: fail },
    }).deprovisionIdentity(ROSA, { onProgress: fail, onAttempt: fail });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', unhandled);
    const warnings = warn.mock.calls.map(([text]) => String(text)).join();
    warn.mockRestore();

    expect(outcomesOf(result)).toEqual([['scim.user.deactivate', 'applied']]);
    expect(unhandled).not.toHaveBeenCalled();
    expect(warnings).toContain('was not kept by its sink');
    expect(audit.events).toEqual([]);
  });
});
