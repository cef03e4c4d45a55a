import { expect, test } from 'vitest';
import { openCursor, sealCursor } from './cursors.js';

const content = { query: { emails: ['rosa@acme.com'] }, place: { position: 7, id: 'a-7' } };
const binding = { operation: 'users.search', now: 1_000, lifetimeMs: 60_000 };

test('gives back what was sealed', () => {
  expect(openCursor(sealCursor(content, binding), binding)).toMatchObject(content);
});

test('cannot be read by decoding it', () => {
  const [text = ''] = sealCursor(content, binding).split('.');

  expect(Buffer.from(text, 'base64').toString('utf8')).not.toContain('rosa');
});

test('has characters that must be encoded in a URL', () => {
  const cursors = Array.from({ length: 50 }, (_, position) => sealCursor({ ...content, place: { position } }, binding));

  expect(cursors.join('')).toMatch(/[/=]/);
});

test.each([
  ['of another operation', { ...binding, operation: 'groups.search' }],
  ['too old', { ...binding, now: 61_001 }],
])('is refused when it is %s', (_what, other) => {
  expect(openCursor(sealCursor(content, binding), other)).toBeUndefined();
});

test('lives for ever without a lifetime', () => {
  const cursor = sealCursor(content, binding);

  expect(openCursor(cursor, { ...binding, now: 1e15, lifetimeMs: undefined })).toMatchObject(content);
});

test('is refused with any one character altered', () => {
  const cursor = sealCursor(content, binding);
  const altered = Array.from(cursor, (character, index) => {
    const other = character === 'a' ? 'b' : 'a';
    return `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
  });

  expect(altered.filter((text) => openCursor(text, binding) !== undefined)).toEqual([]);
});

test.each(['', '.', 'x', 'kloHX1ZQVasDAkx_P48NYQ'])('is refused when it is %j', (cursor) => {
  expect(openCursor(cursor, binding)).toBeUndefined();
});
