import { refuseScim } from './scim-response.js';

/** The one comparison that a filter may hold. */
export interface EqualityFilter {
  /** Lower case: attribute names have no case (RFC 7643 section 2.1). */
  readonly attribute: string;
  readonly value: string;
}

const COMPARISON = /^\s*(?<attribute>[\w.]+)\s+eq\s+(?<value>"(?:[^"\\]|\\.)*")\s*$/iu;

/**
 * Reads a filter: one `eq` on one of the attributes of the resource, the value in double quotes. Anything else is refused
 * with the sentence that Atlassian says whatever the fault is.
 */
export function readFilter(
  text: string | null,
  resource: 'USER' | 'GROUP',
  attributes: readonly string[],
): EqualityFilter | undefined {
  if (text === null || text === '') return undefined;
  const { attribute, value } = COMPARISON.exec(text)?.groups ?? {};
  const name = attribute?.toLowerCase();
  const parsed = value === undefined ? undefined : unquote(value);
  if (name === undefined || parsed === undefined || !attributes.some((known) => known.toLowerCase() === name))
    return refuseScim(400, `Resource [${resource}] invalid filter`, 'invalidFilter');
  return { attribute: name, value: parsed };
}

/** A quoted value is a JSON string (RFC 7644 section 3.4.2.2). */
function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
