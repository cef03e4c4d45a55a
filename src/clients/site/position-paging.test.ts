import { expect, test } from 'vitest';
import { emptyBeforeTheEnd, positionOf } from './position-paging.js';

test('a cursor is the position of a page, and a list begins at its first', () => {
  expect([positionOf('jira.groups.list'), positionOf('jira.groups.list', '250')]).toEqual([0, 250]);
});

test.each(['', '-1', '1.5', 'abc', '1234567890'])('the cursor %j is none that a page gave', (cursor) => {
  expect(() => positionOf('jira.groups.list', cursor)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
});

test('an empty page before the end says where its items should be', () => {
  expect(emptyBeforeTheEnd('confluence.groups.list', 'results')).toMatchObject({
    code: 'response_invalid',
    operation: 'confluence.groups.list',
    faults: [{ path: 'results' }],
  });
});
