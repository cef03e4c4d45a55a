import { describe, expect, test } from 'vitest';
import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceInstance } from '../../clients/confluence/confluence-instance.js';
import type { FakeAtlassian } from '../../testing/fake-atlassian.js';
import type { ReadCheckpoint } from '../reading/discovery-reader.js';
import { ConfluenceReader } from './confluence-reader.js';
import { connect, inPages, of, read, site, type Found } from './confluence-site.fixture.js';

const MINUTE = 60_000;
const HIDDEN = ['hidden spaces', 'truncated', 'confluence.space'];

describe('spaces that the user of the token may not view', () => {
  test('are said to be missing, of an administrator too', async () => {
    const fake = withSpaces();

    const found = await read(fake);

    expect(gapsOf(found)).toEqual([HIDDEN]);
    expect(of(found, 'confluence.space')).toHaveLength(2);
    expect(fake.requests.of('confluence.instance.findAdminKey')).toHaveLength(0);
  });

  test('are all there with an admin key that is on for the whole of their list, which takes two calls', async () => {
    const fake = withSpaces();
    const client = connect(fake, inPages(fake, 1));
    await client.instance.enableAdminKey();

    const found = await read(fake, {}, client.withAdminKey());

    expect(gapsOf(found)).toEqual([]);
    expect(of(found, 'confluence.space')).toHaveLength(3);
    expect(fake.requests.of('confluence.instance.findAdminKey')).toHaveLength(2);
  });

  test.for<[string, (instance: ConfluenceInstance, fake: FakeAtlassian) => Promise<unknown>]>([
    ['off', async (instance) => instance.disableAdminKey()],
    ['renewed', async (instance) => instance.enableAdminKey(60)],
    [
      'run out',
      async (_, fake) => {
        fake.clock.advance(11 * MINUTE);
        await Promise.resolve();
      },
    ],
    [
      'off and on again',
      async (instance) => {
        await instance.disableAdminKey();
        await instance.enableAdminKey(20);
      },
    ],
  ])('may be missing where the admin key is %s between two pages', async ([, change]) => {
    const fake = withSpaces();
    const { instance } = connect(fake);
    await instance.enableAdminKey();

    const found = await read(
      fake,
      {},
      keyed(fake, async () => change(instance, fake)),
    );

    expect(gapsOf(found)).toEqual([HIDDEN]);
  });

  test('may be missing where the admin key comes on while they are listed', async () => {
    const fake = withSpaces();
    const { instance } = connect(fake);

    const found = await read(
      fake,
      {},
      keyed(fake, async () => instance.enableAdminKey()),
    );

    expect(gapsOf(found)).toEqual([HIDDEN]);
    expect(fake.requests.of('confluence.instance.findAdminKey')).toHaveLength(1);
  });
});

test.for([1, 2, 3, 4, 5, 6])('a reading that is cancelled with request %d ends', async (last) => {
  const fake = withSpaces();
  const controller = new AbortController();
  let requests = 0;
  const client = connect(fake, async (input, init) => {
    requests += 1;
    if (requests === last) controller.abort();
    return fake.fetch(input, init);
  });

  const reading = read(fake, { signal: controller.signal }, client.withAdminKey());

  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
});

describe('a reading with an admin key that is taken up', () => {
  test.for([1, 2])('after page %d of the spaces has all of them, if the same key is still on', async (page) => {
    const fake = withSpaces();
    await connect(fake).instance.enableAdminKey();
    const first = await cut(fake, page);

    const rest = await read(fake, { resumeFrom: first.checkpoint }, keyed(fake));

    expect(gapsOf([...first.found, ...rest])).toEqual([]);
    const keys = [...first.found, ...rest].flatMap((one) => (one.type === 'confluence.space' ? one.key : []));
    expect([...new Set(keys)].toSorted()).toEqual(['BOARD', 'DOCS', 'HR']);
  });

  test('with another key may lack spaces: when the first one ended is not known', async () => {
    const fake = withSpaces();
    const { instance } = connect(fake);
    await instance.enableAdminKey();
    const first = await cut(fake, 2);
    await instance.enableAdminKey(60);

    const rest = await read(fake, { resumeFrom: first.checkpoint }, keyed(fake));

    expect(gapsOf([...first.found, ...rest])).toEqual([HIDDEN]);
  });

  test('keeps to what it had found out, whatever becomes of the key', async () => {
    const fake = withSpaces();
    const { instance } = connect(fake);
    await instance.enableAdminKey();
    let checkpoint: ReadCheckpoint | undefined;
    const found = await read(fake, { onCheckpoint: (one) => (checkpoint = one) }, keyed(fake));
    await instance.disableAdminKey();

    const rest = await read(fake, { resumeFrom: checkpoint }, keyed(fake));

    expect(gapsOf([...found, ...rest])).toEqual([]);
  });

  test.for([
    [0, 3],
    [1, 0],
  ] as const)(
    'lists the spaces anew where call %d for the key failed, if they were listed without it',
    async ([skip, again]) => {
      const fake = withSpaces();
      await connect(fake).instance.enableAdminKey();
      fake.fail('confluence.instance.findAdminKey', { status: 500, skip });
      let checkpoint: ReadCheckpoint | undefined;
      const broken = await read(fake, { onCheckpoint: (one) => (checkpoint = one) }, keyed(fake));

      const rest = await read(fake, { resumeFrom: checkpoint }, keyed(fake));

      expect(gapsOf(broken)).toEqual([['hidden spaces', 'failed', 'confluence.space']]);
      expect(checkpoint?.outdated?.gaps).toEqual([expect.stringMatching(/^confluence\/hidden spaces\//)]);
      expect(gapsOf(rest)).toEqual([]);
      expect(of(rest, 'confluence.space')).toHaveLength(again);
    },
  );
});

/** A site with two spaces that its administrator sees, and one that is hidden from them. */
function withSpaces(): FakeAtlassian {
  const fake = site();
  fake.addConfluenceSpace({ key: 'DOCS', roles: {} });
  fake.addConfluenceSpace({ key: 'BOARD', roles: { Viewer: ['berth-crew'] }, productAdmins: false });
  fake.addConfluenceSpace({ key: 'HR', roles: {} });
  return fake;
}

/** A client with the admin key, a page for each space; `change` comes before the second. */
function keyed(fake: FakeAtlassian, change: () => Promise<unknown> | undefined = () => undefined): ConfluenceClient {
  const before = (path: string, page: number) => (path.endsWith('/spaces') && page === 2 ? change() : undefined);
  return connect(fake, inPages(fake, 1, before)).withAdminKey();
}

/** A reading that is cancelled after so many pages of spaces. */
async function cut(fake: FakeAtlassian, pages: number) {
  const controller = new AbortController();
  const found: Found[] = [];
  let checkpoint: ReadCheckpoint | undefined;
  let seen = 0;
  const reader = new ConfluenceReader(keyed(fake));
  const reading = reader.read({
    signal: controller.signal,
    onProgress: ({ part }) => {
      if (part === 'spaces' && ++seen > pages) controller.abort();
    },
    onCheckpoint: (one) => (checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint),
  });
  await expect(
    (async () => {
      for await (const one of reading) found.push(one);
    })(),
  ).rejects.toMatchObject({ code: 'aborted' });
  return { found, checkpoint };
}

function gapsOf(found: readonly Found[]): string[][] {
  const gaps = of(found, 'gap').map(({ part, reason, hides }) => [part, reason, ...hides]);
  return gaps.filter(([part]) => part !== 'people in no group');
}
