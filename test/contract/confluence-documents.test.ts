import { expect, test } from 'vitest';
import { ConfluenceClient } from '../../src/clients/confluence/confluence-client.js';
import { confluenceCalls } from './confluence-calls.js';
import { describeDocuments } from './describe-documents.js';

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
function plain(value: unknown): string | undefined {
  return value === '' ? undefined : String(value).toLowerCase().replaceAll('_', '-');
}

test('the client sends 26 documented operations of Confluence', () => {
  expect(Object.keys(confluenceCalls)).toHaveLength(26);
});

describeDocuments({
  of: 'Confluence',
  calls: confluenceCalls,
  connect: (settings) =>
    ConfluenceClient.connect({
      url: 'https://acme.atlassian.net',
      user: 'rosa@acme.com',
      token: 'ATATT-contract',
      ...settings,
    }),
  leftOut: LEFT_OUT,
  plain,
});
