import { Buffer } from 'node:buffer';

/** Takes secrets out of a text that somebody else wrote. */
export type Scrubber = (text: string) => string;

const HIDDEN = '[secret]';

/** Shorter ones are no secrets, and would be found in the middle of words. */
const MIN_SECRET_LENGTH = 8;
/** A secret that is cut off is still one, from this length on. */
const MIN_PART_LENGTH = 16;

/** The value of an `Authorization` header, whosever it is. */
const HEADER_VALUE = /\b(?:bearer|basic)\s+[\w+/=.~-]{20,}/gi;
/** A token of Atlassian's by its prefix, whosever it is. */
const TOKEN = /\bAT[A-Z]TT[\w+/=-]{8,}/g;

/**
 * Makes a scrubber for these secrets: plain, percent-encoded, JSON-escaped or in Base64, whole or cut off at the end.
 *
 * A server can echo a header, and an error of the network can quote a request: neither may end in a log.
 */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const forms = new Set(secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap(formsOf));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);

  return (text) => {
    let clean = text;
    for (const form of longestFirst) clean = clean.replaceAll(form, HIDDEN);
    for (const form of longestFirst) clean = hideParts(clean, form);
    return clean.replace(HEADER_VALUE, HIDDEN).replace(TOKEN, HIDDEN);
  };
}

/** Hides what begins like the secret, as far as it goes on like it. */
function hideParts(text: string, secret: string): string {
  const start = secret.slice(0, MIN_PART_LENGTH);
  let clean = '';
  let from = 0;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    let length = start.length;
    while (length < secret.length && text[at + length] === secret[length]) length++;
    clean += text.slice(from, at) + HIDDEN;
    from = at + length;
  }
  return clean + text.slice(from);
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    encodeURIComponent(base64),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ];
}
