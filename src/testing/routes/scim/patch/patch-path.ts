import { URN } from '../urns.js';

/** A path of a PATCH operation (RFC 7644 section 3.5.2, figure 7), its names as they were sent. */
export interface PatchPath {
  readonly attribute: string;
  /** `[type eq "work"]` */
  readonly filter: { readonly attribute: string; readonly value: string | boolean } | undefined;
  /** What follows: `.value` after a filter, `.givenName` after a complex attribute. */
  readonly part: string | undefined;
}

const PLAIN = /^(?<attribute>\$?[\w-]+)(?:\[(?<filter>[^\]]*)\])?(?:\.(?<part>\$?[\w-]+))?$/u;
const FILTER = /^\s*(?<attribute>[\w.]+)\s+eq\s+(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<boolean>true|false))\s*$/iu;

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
  const groups = FILTER.exec(text)?.groups;
  const attribute = groups?.attribute;
  if (groups === undefined || attribute === undefined) return undefined;
  const { text: quoted, boolean } = groups;
  const value =
    quoted === undefined ? boolean?.toLowerCase() === 'true' : quoted.replaceAll(/\\(?<kept>.)/gu, '$<kept>');
  return { attribute, value };
}
