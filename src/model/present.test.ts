import { expect, test } from 'vitest';
import { present } from './present.js';

test('members that are null or undefined are left out, and no others', () => {
  expect(present({ a: null, b: undefined, c: '', d: 0, e: false })).toStrictEqual({ c: '', d: 0, e: false });
});
