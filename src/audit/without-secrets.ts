import type { Secret } from '../config/secret.js';
import type { AuditEvent } from './audit-event.js';

const HIDDEN = '[secret]';

/** Shorter ones are left: they would cut up ordinary words, and no credential of Atlassian's is that short. */
const SHORTEST_SECRET = 8;

/** User API tokens, organization keys and service-account keys, by the prefixes they are seen with. */
const ATLASSIAN_TOKEN = /\bAT[A-Z]TT[\w+/=-]{12,}/g;

/** With the `u` flag a whole pair is one code point above U+FFFF, so this finds halves only. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/**
 * An event as plain, frozen JSON in which no credential is left: neither those in use nor what looks like one of
 * Atlassian's. Half surrogate pairs become U+FFFD, since JSON for exchange cannot carry them.
 */
export function withoutSecrets(event: AuditEvent, secrets: readonly Secret[]): AuditEvent {
  const values = secrets
    .map((secret) => secret.reveal())
    .filter((value) => value.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length); // one that holds another goes first, or its rest would stay
  const text = JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'string' ? hide(value, values) : value,
  );
  return JSON.parse(text, (_key, value: unknown) => Object.freeze(value)) as AuditEvent;
}

function hide(text: string, secrets: readonly string[]): string {
  let hidden = text.replace(LONE_SURROGATE, '\uFFFD');
  for (const secret of secrets) hidden = hidden.replaceAll(secret, HIDDEN);
  return hidden.replace(ATLASSIAN_TOKEN, HIDDEN);
}
