import { describe, expect, test } from 'vitest';
import { ConfluenceClient } from '../../src/clients/confluence/confluence-client.js';
import { confluenceCalls } from './confluence-calls.js';
import { leavesOf } from './leaves.js';
import { assertValidRequest, assertValidResponse } from './openapi/contract.js';
import { missing } from './openapi/load.js';
import { samplesOf } from './openapi/samples.js';
import { recordedFetch, type PlayedAnswer } from './recorded-fetch.js';

const calls = Object.entries(confluenceCalls);
const because = missing === undefined ? '' : ` (${missing})`;

/** What the client leaves out on purpose. */
const LEFT_OUT = [
  // Links, but for the cursor of the next page; sizes and positions of pages.
  /(^|\.)_links\./,
  /(^|\.)_expandable\./,
  /^(start|limit|size|totalSize)$/,
  // The kind of a thing, which its call says already.
  /^(results\.0\.)?(user\.)?type$/,
  // Pictures, descriptions, and words for a search to show.
  /(^|\.)(profilePicture|icon|description\.(plain|view))\./,
  /^results\.0\.(title|excerpt|url|iconCssClass|entityType|lastModified|friendlyLastModified|score)$/,
  /^results\.0\.(breadcrumbs|resultParentContainer|resultGlobalContainer)\./,
  /^(cqlQuery|searchDuration|archivedResultCount)$/,
  // Withdrawn ids of users, what they say of themselves elsewhere, and all of the personal space but its id.
  /(^|\.)(username|userKey)$/,
  /(^|\.)(user\.)?details\./,
  /(^|\.)personalSpace\./,
  /^results\.0\.(content|space)\./,
  // Parts of a single space that have calls of their own.
  /^(labels|properties|operations|permissions)\./,
  // Of the one who is nobody, only that there is one; of a new permission, only its id; servers that stand in.
  /^(displayName|operations\.0\..*|subject\..*|operation\..*|fallbackBaseUrl|microsPerimeter)$/,
];

/** Access classes and types of principals are read in the letters of one of the two APIs. An empty text says nothing. */
function plain(value: unknown): string {
  return String(value).toLowerCase().replaceAll('_', '-');
}

function siteThatAnswers(answer: PlayedAnswer) {
  const { fetch, sent } = recordedFetch(() => answer);
  const confluence = ConfluenceClient.connect({
    url: 'https://acme.atlassian.net',
    user: 'rosa@acme.com',
    token: 'ATATT-contract',
    fetch,
    retry: { maxAttempts: 1 },
  });
  return { confluence, sent };
}

test('the client sends 26 documented operations of Confluence', () => {
  expect(calls).toHaveLength(26);
});

describe.skipIf(missing !== undefined)(`the OpenAPI documents of Confluence${because}`, () => {
  test.each(calls)('hold for every request of %s', async (key, sends) => {
    const [sample] = samplesOf(key);

    for (const send of sends) {
      const { confluence, sent } = siteThatAnswers(sample!);
      await send(confluence);

      expect(sent.map(assertValidRequest)).toEqual([key]);
    }
  });

  test.each(calls)('make answers that the client reads, of %s', async (key, [send]) => {
    const samples = samplesOf(key);

    for (const sample of samples) {
      const { confluence } = siteThatAnswers(sample);

      await expect(send(confluence)).resolves.not.toThrow();
    }
  });

  test.each(calls)('make answers of which the client keeps every text and number, of %s', async (key, [send]) => {
    const samples = samplesOf(key).filter(({ fullness }) => fullness === 'full');

    for (const sample of samples) {
      const { confluence } = siteThatAnswers(sample);
      const kept = new Set(leavesOf(await send(confluence)).map(({ value }) => plain(value)));

      const lost = leavesOf(sample.body).filter(({ value }) => plain(value) !== '' && !kept.has(plain(value)));
      expect(lost.map(({ path }) => path).filter((path) => !LEFT_OUT.some((pattern) => pattern.test(path)))).toEqual(
        [],
      );
    }
  });

  test.each(calls)('hold for the answers made of them, of %s', async (key, [send]) => {
    const samples = samplesOf(key).filter(({ fullness }) => fullness !== 'full');
    const { confluence, sent } = siteThatAnswers(samplesOf(key)[0]!);
    await send(confluence);

    const { method, url } = sent[0]!;

    for (const { status, body } of samples) expect(assertValidResponse(method, url.pathname, status, body)).toBe(key);
  });
});
