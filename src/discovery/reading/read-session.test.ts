import { describe, expect, test } from 'vitest';
import { NetworkError, AbortedError } from '../../errors/network-errors.js';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { JiraProjectRole, JiraUser } from '../entities/jira-entities.js';
import type { ReadCheckpoint, ReadOptions, ReadProgress } from './discovery-reader.js';
import { Feed } from './feed.js';
import { gap } from './gap-of-error.js';
import { ReadSession } from './read-session.js';

const USERS = { name: 'users', hides: ['jira.user'] } as const;
const ROLES = { name: 'project roles', hides: ['jira.projectRole'] } as const;

describe('a list', () => {
  test('comes page by page, with its progress and a checkpoint before each further page', async () => {
    const progress: ReadProgress[] = [];
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', {
      onProgress: (one) => progress.push(one),
      onCheckpoint: (one) => checkpoints.push(one),
    });

    const found = await collect(session.pages(userPages(['a', 'b'], ['c'])));

    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(progress.map(({ done, expected }) => [done, expected])).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect(checkpoints.map(({ parts }) => parts.users)).toEqual([
      { state: 'reading', cursor: '1', count: 2, total: 3 },
      { state: 'done' },
    ]);
  });

  test('with nothing in it is done when what that says of it has been given', async () => {
    let checkpoint: ReadCheckpoint | undefined;
    const session = new ReadSession('jira', { onCheckpoint: (one) => (checkpoint = one) });
    const nobody = gap('jira', USERS, { what: 'nobody', reason: 'truncated', message: 'Nobody was listed' });
    const stream = session.pages({ ...userPages([]), ofNothing: () => nobody });

    const first = await stream.next();
    const before = checkpoint;
    await stream.next();

    expect([first.value, before]).toEqual([nobody, undefined]);
    expect(checkpoint?.parts.users).toEqual({ state: 'done' });
  });

  test('that became shorter before it was taken up again is a gap: the rest may begin too late', async () => {
    const resumeFrom: ReadCheckpoint = {
      version: 1,
      product: 'jira',
      source: '',
      parts: { users: { state: 'reading', cursor: '1', count: 2, total: 4 } },
    };

    const found = await collect(new ReadSession('jira', { resumeFrom }).pages(userPages(['b', 'c'], ['d'])));

    expect(found).toMatchObject([{ id: 'd' }, { type: 'gap', part: 'users', reason: 'truncated' }]);
  });

  test('is taken up again at the page of the checkpoint, and not at all when it was done', async () => {
    const resumeFrom: ReadCheckpoint = {
      version: 1,
      product: 'jira',
      source: '',
      parts: { users: { state: 'reading', cursor: '1', count: 2 } },
    };
    const done: ReadCheckpoint = { version: 1, product: 'jira', source: '', parts: { users: { state: 'done' } } };

    const rest = await collect(new ReadSession('jira', { resumeFrom }).pages(userPages(['a', 'b'], ['c'])));
    const nothing = await collect(new ReadSession('jira', { resumeFrom: done }).pages(userPages(['a'])));

    expect(rest.map(({ id }) => id)).toEqual(['c']);
    expect(nothing).toEqual([]);
  });

  test('that shifts while it is read gives what came again once', async () => {
    const found = await collect(new ReadSession('jira').pages(userPages(['a', 'b'], ['b', 'c'])));

    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('that breaks off leaves a gap, and its checkpoint stays where it broke', async () => {
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', { onCheckpoint: (one) => checkpoints.push(one) });
    const list = userPages(['a'], ['b']);

    const found = await collect(
      session.pages({
        ...list,
        fetch: async (cursor) => {
          if (cursor === '1') throw networkError();
          return list.fetch(cursor);
        },
      }),
    );

    expect(found).toMatchObject([{ id: 'a' }, { type: 'gap', part: 'users', reason: 'failed', hides: ['jira.user'] }]);
    expect(checkpoints.at(-1)?.parts.users).toEqual({ state: 'reading', cursor: '1', count: 1, total: 2 });
  });

  test('refuses a checkpoint of another product', () => {
    const resumeFrom: ReadCheckpoint = { version: 1, product: 'confluence', source: '', parts: {} };

    expect(() => new ReadSession('jira', { resumeFrom })).toThrow('resumeFrom.product');
  });
});

describe('items', () => {
  test('are read several at once, and a slow one holds up no other', async () => {
    let running = 0;
    let most = 0;
    const found = await collect(
      new ReadSession('jira', { concurrency: 3 }).each({
        ...roleItems('1', '2', '3', '4', '5'),
        read: async (id) => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, id === '1' ? 10 : 1));
          running -= 1;
          return [role(id)];
        },
      }),
    );

    expect(found.map(({ id }) => id).toSorted()).toEqual(['1', '2', '3', '4', '5']);
    expect(found[0]?.id).toBe('2');
    expect(most).toBe(3);
  });

  test('that cannot be read leave a gap each, and the others come', async () => {
    const found = await collect(
      new ReadSession('jira').each({
        ...roleItems('1', '2', '3'),
        read: async (id) => {
          if (id === '2') throw networkError();
          return [role(id)];
        },
        otherwise: (id) => [role(id)],
      }),
    );

    expect(found.map(({ type, id }) => [type, id])).toEqual([
      ['jira.projectRole', '1'],
      ['jira.projectRole', '2'],
      ['gap', 'jira/project roles/jira.projectRole/2/network_failed'],
      ['jira.projectRole', '3'],
    ]);
  });

  test('that cannot be read for now are read by a reading that is taken up, and those that never can are not', async () => {
    let checkpoint: ReadCheckpoint | undefined;
    const progress: ReadProgress[] = [];
    const reading = (options: ReadOptions, ids: string[], broken: Record<string, Error>) =>
      collect(
        new ReadSession('jira', {
          ...options,
          onProgress: (one) => progress.push(one),
          onCheckpoint: (one) => (checkpoint = one),
        }).each({
          ...roleItems(...ids),
          read: async (id) => {
            if (broken[id] !== undefined) throw broken[id];
            return [role(id)];
          },
        }),
      );
    const first = await reading({}, ['1', '2', '3'], {
      '1': networkError(),
      '2': new ProvisionerError('forbidden', 'jira.projectRoles.get failed with 403'),
    });
    const left = checkpoint;
    const again = await reading({ resumeFrom: left }, [], { '1': networkError() });

    const rest = await reading({ resumeFrom: checkpoint }, [], {});

    expect(first.flatMap((one) => (one.type === 'gap' ? one.resource?.id : []))).toEqual(['1', '2']);
    expect(left?.parts['project roles']).toEqual({ state: 'reading', count: 2, pending: ['1'] });
    expect(left?.outdated?.gaps).toEqual(['jira/project roles/jira.projectRole/1/network_failed']);
    expect(again.map(({ type }) => type)).toEqual(['gap']);
    expect(rest).toEqual([role('1')]);
    expect(checkpoint?.parts['project roles']).toEqual({ state: 'done' });
    expect(progress.map(({ done, expected }) => [done, expected])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
      [3, 3],
      [3, 3],
    ]);
  });

  test('after an error that the next ones would meet too are one gap, and each is told of without being tried', async () => {
    const tried: string[] = [];
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', { concurrency: 1, onCheckpoint: (one) => checkpoints.push(one) });

    const found = await collect(
      session.each({
        ...roleItems('1', '2', '3'),
        read: async (id) => {
          tried.push(id);
          if (id === '2') throw new ProvisionerError('rate_limited', 'jira.projectRoles.get failed with 429');
          return [role(id)];
        },
        otherwise: (id) => [role(id)],
      }),
    );

    expect(found).toMatchObject([{ id: '1' }, { id: '2' }, { type: 'gap', reason: 'rate-limited' }, { id: '3' }]);
    expect(tried).toEqual(['1', '2']);
    expect(checkpoints.at(-1)?.parts['project roles']).toMatchObject({ state: 'reading', pending: ['2', '3'] });
  });

  test('begin with those that were pending, when they are taken up', async () => {
    const resumeFrom: ReadCheckpoint = {
      version: 1,
      product: 'jira',
      source: '',
      parts: { 'project roles': { state: 'reading', count: 2, pending: ['2', '4'] } },
    };

    const found = await collect(new ReadSession('jira', { resumeFrom }).each(roleItems('5')));

    expect(found.map(({ id }) => id)).toEqual(['2', '4', '5']);
  });

  test('that a list feeds are pending in every checkpoint until they are given', async () => {
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', { onCheckpoint: (one) => checkpoints.push(one) });
    const feed = new Feed<string>();
    const given: string[] = [];

    const stream = session.together([
      session.pages({ ...userPages(['a', 'b'], ['c']), map: () => [], feed }),
      session.each({ ...roleItems(), items: feed }),
    ]);
    for await (const { id } of stream) {
      given.push(id);
      const { users, 'project roles': roles } = checkpoints.at(-1)?.parts ?? {};
      const listed = users?.state === 'done' ? ['a', 'b', 'c'] : ['a', 'b'];
      const pending = roles?.state === 'reading' ? (roles.pending ?? []) : [];
      // The last one counts as given when the next is asked for.
      expect(new Set([...given, ...pending])).toEqual(new Set(listed));
    }

    expect(given).toEqual(['a', 'b', 'c']);
    expect(checkpoints.at(-1)?.parts).toMatchObject({ users: { state: 'done' }, 'project roles': { state: 'done' } });
  });

  test('are as many as the list says that there are, or as it had in the end', async () => {
    const expected = async (total: number | undefined, ...pages: string[][]) => {
      const progress: ReadProgress[] = [];
      const session = new ReadSession('jira', { concurrency: 1, onProgress: (one) => progress.push(one) });
      const feed = new Feed<string>();
      const list = userPages(...pages);
      const fetch = async (cursor?: string) => {
        const { items, next } = await list.fetch(cursor);
        // The second page is long in coming: the items of the first are read meanwhile.
        if (cursor !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
        return { items, next, ...(total !== undefined && { total }) };
      };
      const parts = [
        session.pages({ ...list, map: () => [], feed, fetch }),
        session.each({ ...roleItems(), items: feed }),
      ];
      await collect(session.together(parts));
      return progress.filter(({ part }) => part === ROLES.name).map((one) => [one.done, one.expected]);
    };

    const told = await expected(9, ['a', 'b'], ['c']);
    const notTold = await expected(undefined, ['a', 'b'], ['c']);
    const tooFew = await expected(1, ['a', 'b'], ['c']);

    expect(told).toEqual([
      [1, 9],
      [2, 9],
      [3, 3],
    ]);
    expect(notTold).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 3],
    ]);
    expect(tooFew).toEqual([
      [1, 1],
      [2, undefined],
      [3, 3],
    ]);
  });

  test('that were read before count among those that are expected', async () => {
    const progress: ReadProgress[] = [];
    const resumeFrom: ReadCheckpoint = {
      version: 1,
      product: 'jira',
      source: '',
      parts: { 'project roles': { state: 'reading', count: 2, pending: ['3'] } },
    };

    await collect(
      new ReadSession('jira', { resumeFrom, onProgress: (one) => progress.push(one) }).each(roleItems('4')),
    );

    expect(progress.map(({ done, expected }) => [done, expected])).toEqual([
      [3, 4],
      [4, 4],
    ]);
  });

  test('may be given in parts, and what was given stays when the rest fails', async () => {
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', { concurrency: 1, onCheckpoint: (one) => checkpoints.push(one) });
    const checkpointsBefore: number[] = [];
    const found: string[] = [];

    const items = session.each({
      ...roleItems('1', '2'),
      read: async (id, _call, give) => {
        await give([role(`${id}a`)]);
        checkpointsBefore.push(checkpoints.length);
        if (id === '2') throw networkError();
        return [role(`${id}b`)];
      },
    });
    for await (const one of items) found.push(one.id);

    expect(found).toEqual(['1a', '1b', '2a', 'jira/project roles/jira.projectRole/2/network_failed']);
    // An item counts when all of it was given.
    expect(checkpointsBefore).toEqual([0, 1]);
  });

  test('are not done while the list that feeds them broke off', async () => {
    const checkpoints: ReadCheckpoint[] = [];
    const session = new ReadSession('jira', { onCheckpoint: (one) => checkpoints.push(one) });
    const feed = new Feed<string>();
    const list = userPages(['a'], ['b']);

    await collect(
      session.together([
        session.pages({
          ...list,
          feed,
          map: () => [],
          fetch: async (cursor) => {
            if (cursor === '1') throw networkError();
            return list.fetch(cursor);
          },
        }),
        session.each({ ...roleItems(), items: feed }),
      ]),
    );

    expect(checkpoints.at(-1)?.parts).toMatchObject({
      users: { state: 'reading', cursor: '1' },
      'project roles': { state: 'reading', pending: [] },
    });
  });
});

describe('a reading', () => {
  test('ends with the error of a cancellation, and not with a gap', async () => {
    const controller = new AbortController();
    const session = new ReadSession('jira', { signal: controller.signal });
    controller.abort();

    const reading = collect(
      session.each({
        ...roleItems('1'),
        read: async () => {
          throw new AbortedError({ operation: 'jira.projectRoles.get', attempts: 0, sent: false });
        },
      }),
    );

    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });

  test('that its consumer stops ends every call under way', async () => {
    const session = new ReadSession('jira');
    const stream = session.together([
      session.pages(userPages(['a'])),
      session.each({
        ...roleItems('1'),
        read: async (_id, { signal }) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              reject(new AbortedError({ operation: 'jira.projectRoles.get', attempts: 1, sent: true }));
            });
          }),
      }),
    ]);

    for await (const one of stream) {
      expect(one.id).toBe('a');
      break;
    }

    expect(session.call.signal?.aborted).toBe(true);
  });

  test('that its consumer stops does not call done what a list would have fed still', async () => {
    let checkpoint: ReadCheckpoint | undefined;
    const session = new ReadSession('jira', { onCheckpoint: (one) => (checkpoint = one) });
    const feed = new Feed<string>();
    const list = { ...userPages(['a'], ['b']), feed };
    const stream = session.together([session.pages(list), session.each({ ...roleItems(), items: feed })]);

    for await (const one of stream) if (one.type === 'jira.user') break;

    expect(checkpoint?.parts['project roles']?.state).not.toBe('done');
  });

  test('throws a defect of a mapping, which is no gap', async () => {
    const list = userPages(['a']);

    const reading = collect(
      new ReadSession('jira').pages({
        ...list,
        map: () => {
          throw new TypeError('not a function');
        },
      }),
    );

    await expect(reading).rejects.toThrow(TypeError);
  });
});

function userPages(...pages: string[][]) {
  const total = new Set(pages.flat()).size;
  return {
    ...USERS,
    keyOf: (id: string) => id,
    map: (id: string): JiraUser => ({ type: 'jira.user', id: id as AtlassianAccountId, active: true }),
    fetch: async (cursor = '0') => {
      const next = Number(cursor) + 1;
      return { items: pages[next - 1] ?? [], next: next < pages.length ? String(next) : undefined, total };
    },
  };
}

function feedOf(...ids: string[]): Feed<string> {
  const feed = new Feed<string>();
  for (const id of ids) feed.push(id);
  feed.end();
  return feed;
}

function roleItems(...ids: string[]) {
  return {
    ...ROLES,
    items: feedOf(...ids),
    resourceOf: (id: string) => ({ type: 'jira.projectRole' as const, id }),
    read: async (id: string, _call: ReadOptions): Promise<JiraProjectRole[]> => [role(id)],
  };
}

function role(id: string): JiraProjectRole {
  return { type: 'jira.projectRole', id, projectId: id, roleId: id, name: id, roleName: id };
}

function networkError(): NetworkError {
  return new NetworkError({ operation: 'jira.users.list', attempts: 1, sent: true });
}

async function collect<Value>(stream: AsyncGenerator<Value, void, undefined>): Promise<Value[]> {
  const values: Value[] = [];
  for await (const value of stream) values.push(value);
  return values;
}
