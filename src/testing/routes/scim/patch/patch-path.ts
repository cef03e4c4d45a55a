import { URN } from '../urns.js';

/** One comparison of a value filter: the value of a sub-attribute is the one given. */
interface ValueComparison {
  readonly attribute: string;
  readonly value: string | boolean;
}

/** A path of a PATCH operation (RFC 7644 section 3.5.2, figure 7), its names as they were sent. */
export interface PatchPath {
  readonly attribute: string;
  /** `[type eq "work"]`, or several of these joined by `and`; never empty. */
  readonly filter: readonly ValueComparison[] | undefined;
  /** What follows: `.value` after a filter, `.givenName` after a complex attribute. */
  readonly part: string | undefined;
}

const PLAIN = /^(?<attribute>\$?[\w-]+)(?:\[(?<filter>[^\]]*)\])?(?:\.(?<part>\$?[\w-]+))?$/u;
const COMPARISON =
  /\s*(?<attribute>[\w.]+)\s+eq\s+(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<boolean>true|false))\s*(?<next>and\s|$)/iuy;

/** Extensions whose name may stand alone, or before `:part`. */
const EXTENSIONS = [URN.enterprise, URN.atlassianCustom, URN.atlassianExternal];

/** Reads a path; `undefined` when it is not one. */
export function parsePath(text: string): PatchPath | undefined {
  const lower = text.toLowerCase();
  for (const urn of EXTENSIONS) {
    if (lower === urn.toLowerCase()) return { attribute: urn, filter: undefined, part: undefined };
    if (lower.startsWith(`${urn.toLowerCase()}:`) || lower.startsWith(`${urn.toLowerCase()}.`))
      return { attribute: urn, filter: undefined, part: text.slice(urn.length + 1) };
  }
  for (const urn of [URN.user, URN.group]) {
    if (lower.startsWith(`${urn.toLowerCase()}:`)) return parsePath(text.slice(urn.length + 1));
  }

  const groups = PLAIN.exec(text)?.groups;
  const attribute = groups?.attribute;
  if (groups === undefined || attribute === undefined) return undefined;
  const filterText = groups.filter;
  if (filterText === undefined) return { attribute, filter: undefined, part: groups.part };
  const filter = parseValueFilter(filterText);
  return filter === undefined ? undefined : { attribute, filter, part: groups.part };
}

function parseValueFilter(text: string): PatchPath['filter'] {
  const comparisons: ValueComparison[] = [];
  COMPARISON.lastIndex = 0;
  for (;;) {
    const groups = COMPARISON.exec(text)?.groups;
    const attribute = groups?.attribute;
    if (groups === undefined || attribute === undefined) return undefined;
    const { text: quoted, boolean, next } = groups;
    const value =
      quoted === undefined ? boolean?.toLowerCase() === 'true' : quoted.replaceAll(/\\(?<kept>.)/gu, '$<kept>');
    comparisons.push({ attribute, value });
    if (next === '') return comparisons;
  }
}
