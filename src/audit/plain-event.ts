import type { Scrubber } from '../http/scrubber.js';
import type { AuditEvent } from './audit-event.js';

/** With the `u` flag a whole pair is one code point above U+FFFF, so this finds halves only. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/**
 * An event as plain, frozen JSON without credentials. Half surrogate pairs become U+FFFD, since JSON for exchange cannot
 * carry them.
 */
export function asPlainJson(event: AuditEvent, scrub: Scrubber): AuditEvent {
  const text = JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'string' ? scrub(value.replace(LONE_SURROGATE, '\uFFFD')) : value,
  );
  return JSON.parse(text, (_key, value: unknown) => Object.freeze(value)) as AuditEvent;
}
