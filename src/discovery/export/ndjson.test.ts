import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Discovered, Entity } from '../entities/entity.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { arbitrarySnapshot } from './arbitrary-snapshot.fixture.js';
import { discoveredToNdjson, readNdjson, snapshotFromNdjson, toNdjson } from './ndjson.js';
import { sampleSnapshot } from './sample-snapshot.fixture.js';
import { entitiesOf } from './snapshot-of.fixture.js';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** With each id once in a list, as in any snapshot that was read. */
function withoutTwins(snapshot: AccessSnapshot): AccessSnapshot {
  const once = <Item extends { readonly id: string }>(list: readonly Item[]): Item[] => [
    ...new Map(list.map((item) => [item.id, item])).values(),
  ];
  const lists = Object.entries<readonly Entity[]>(snapshot.entities).map(([type, list]) => [type, once(list)]);
  return {
    ...snapshot,
    entities: Object.fromEntries(lists),
    gaps: once(snapshot.gaps),
  };
}

const sampleLines = () => collect(toNdjson(sampleSnapshot()));

describe('a snapshot as NDJSON', () => {
  test('has a header, one line for each entity and gap, and a footer', async () => {
    const { entities: _, gaps, ...rest } = sampleSnapshot();

    const lines = (await sampleLines()).map((line) => JSON.parse(line) as unknown);

    expect(lines[0]).toEqual({
      type: 'header',
      format: 'atlassian-provisioner/access-snapshot+ndjson',
      version: 1,
      startedAt: rest.startedAt,
      products: rest.products,
    });
    expect(lines.slice(1, -1)).toEqual([...entitiesOf(sampleSnapshot()), ...gaps]);
    expect(lines.at(-1)).toMatchObject({
      type: 'footer',
      completedAt: rest.completedAt,
      counts: { 'jira.user': 3, gap: 2 },
    });
  });

  test('ends each line with a line feed, and has none within', async () => {
    for (const line of await sampleLines()) expect(line.indexOf('\n')).toBe(line.length - 1);
  });

  test('is read back as it was, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrarySnapshot().map(withoutTwins),
        fc.integer({ min: 1, max: 500 }),
        async (snapshot, size) => {
          const bytes = Buffer.from((await collect(toNdjson(snapshot))).join(''));
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );

          expect(await snapshotFromNdjson(pieces)).toEqual(snapshot);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('has once, as it came last, what a stream gave twice', async () => {
    const user = { type: 'jira.user', id: 'rosa', active: true } as const;
    const options = {
      startedAt: '2026-05-01T00:00:00.000Z',
      products: ['jira'] as const,
      completedAt: () => '2026-05-01T00:01:00.000Z',
    };

    const lines = await collect(discoveredToNdjson([user, { ...user, active: false }] as Discovered[], options));

    const { entities } = await snapshotFromNdjson(lines);
    expect(entities['jira.user']).toEqual([{ ...user, active: false }]);
  });

  test('is read back with the line ends of Windows, and without the last one', async () => {
    const text = (await sampleLines()).join('').replaceAll('\n', '\r\n').trimEnd();

    expect(await snapshotFromNdjson([text])).toEqual(sampleSnapshot());
  });

  test('is written as entities come, and completed when the last has come', async () => {
    const events: string[] = [];
    async function* discovered(): AsyncGenerator<Discovered, void, undefined> {
      events.push('first');
      yield { type: 'jira.project', id: '1', key: 'A', name: 'A' };
      events.push('second');
      yield { type: 'jira.project', id: '2', key: 'B', name: 'B' };
    }

    for await (const line of discoveredToNdjson(discovered(), {
      startedAt: '2026-10-01T08:00:00.000Z',
      products: ['jira'],
      completedAt: () => (events.push('completed'), '2026-10-01T08:01:00.000Z'),
    }))
      events.push((JSON.parse(line) as { readonly type: string }).type);

    expect(events).toEqual(['header', 'first', 'jira.project', 'second', 'jira.project', 'completed', 'footer']);
  });

  test('yields entities before the end has come', async () => {
    const [header, first] = await sampleLines();
    const lines = readNdjson([header!, first!]);

    expect(await lines.next()).toEqual({ done: false, value: entitiesOf(sampleSnapshot())[0] });
    await expect(lines.next()).rejects.toThrow('it ends after line 2 without a footer');
  });
});

describe('NDJSON that is refused', () => {
  test('was cut off at any line', async () => {
    const lines = await sampleLines();

    for (let kept = 0; kept < lines.length; kept += 1)
      await expect(snapshotFromNdjson(lines.slice(0, kept))).rejects.toThrow(/it is empty|without a footer/);
  });

  test('was cut off within a line', async () => {
    const text = (await sampleLines()).join('');

    await expect(snapshotFromNdjson([text.slice(0, -9)])).rejects.toThrow(/line \d+: it is not JSON/);
  });

  test('lacks a line, or has one twice', async () => {
    const lines = await sampleLines();

    await expect(snapshotFromNdjson(lines.toSpliced(3, 1))).rejects.toThrow(
      /the footer tells of 2 lines of admin.user/,
    );
    await expect(snapshotFromNdjson(lines.toSpliced(3, 0, lines[3]!))).rejects.toThrow('there are 3');
  });

  test('goes on after its footer', async () => {
    const lines = await sampleLines();

    await expect(snapshotFromNdjson([...lines, lines[1]!])).rejects.toThrow('there is more after the footer');
  });

  test('has another version, a kind that is not known, or a field that does not match', async () => {
    const [header, ...rest] = await sampleLines();
    const unknown = '{"type":"jira.dashboard","id":"1"}\n';
    const broken = '{"type":"jira.user","id":"1"}\n';

    await expect(snapshotFromNdjson([header!.replace('"version":1', '"version":9'), ...rest])).rejects.toThrow(
      'line 1: version: expected 1, received 9',
    );
    await expect(snapshotFromNdjson([header!, unknown])).rejects.toThrow('line 2: type');
    await expect(snapshotFromNdjson([header!, broken])).rejects.toThrow('line 2: active: expected boolean');
    await expect(snapshotFromNdjson(rest)).rejects.toThrow('line 1: format');
  });
});
