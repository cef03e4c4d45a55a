import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScrubber } from './scrubber.js';

const SECRET = 'q9Zr4Lw-PLANTED+8xTb/2vNc=';

describe('a scrubber', () => {
  test.for([
    ['as it is', SECRET],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['in Base64', Buffer.from(SECRET).toString('base64')],
    ['in Base64 without padding', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['cut off', SECRET.slice(0, 18)],
    ['twice', `${SECRET}${SECRET}`],
  ] as const)('hides a secret %s', ([, form]) => {
    const clean = createScrubber([SECRET])(`before ${form} after`);

    expect(clean).toMatch(/^before (\[secret\])+ after$/);
  });

  test('hides the secrets of others, by their form', () => {
    const scrub = createScrubber([]);

    expect(scrub('Authorization: Bearer abcdefghijklmnopqrstuvwxyz!')).toBe('Authorization: [secret]!');
    expect(scrub('basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')).toBe('[secret]');
    expect(scrub('the token ATATT3xFfGF0abc_-def=1A2B is old')).toBe('the token [secret] is old');
  });

  test.for(['Basic authentication is not supported', 'ATTACHMENTS are large', 'Bearer of this', 'attributes-invalid'])(
    'leaves "%s" alone',
    (text) => {
      const clean = createScrubber([SECRET, 'x', ''])(text);

      expect(clean).toBe(text);
    },
  );

  test('leaves nothing of a secret, whatever stands around it', () => {
    const secret = fc.string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const clean = createScrubber([hidden])(before + hidden + after);

        expect(clean.includes(hidden) && !'[secret]'.repeat(9).includes(hidden)).toBe(false);
      }),
    );
  });
});
