import type { OaaProperties } from './oaa-payload.js';

const MAX_DESCRIPTION = 256;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Leaves out what is absent or empty, as Veza's client does. `false` and 0 stay. */
export function withoutEmpty<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !isEmpty(member))) as Value;
}

/** Custom properties: nothing where all are absent. */
export function properties(
  values: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): OaaProperties {
  return withoutEmpty(values) as OaaProperties;
}

/** Veza's connectors cut descriptions here. No character is cut in two. */
export function description(text: string | undefined): string | undefined {
  const cut = text?.slice(0, MAX_DESCRIPTION);
  return cut !== undefined && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** An instant, if it is one in RFC 3339: Veza refuses a payload over any other. */
export function instant(text: string | undefined): string | undefined {
  return text !== undefined && RFC_3339.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** A name, which may not be empty. */
export function nameOr(fallback: string, ...names: readonly (string | undefined)[]): string {
  return names.find((name) => name !== undefined && name !== '') ?? (fallback === '' ? '(unnamed)' : fallback);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
