import type { core } from 'zod';
import type { ResponseFault } from '../errors/api-errors.js';

const MAX_FAULTS = 50;

/**
 * Says where a body differs from its schema: paths and types, never a value.
 *
 * A union that matches in no branch is one fault, of the whole union.
 */
export function faultsOf(issues: readonly core.$ZodIssue[], body: unknown): ResponseFault[] {
  return issues.slice(0, MAX_FAULTS).map((issue) => ({
    path: formatPath(issue.path),
    expected: expectedBy(issue),
    received: typeName(valueAt(body, issue.path)),
  }));
}

/** The name of a JSON type. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function expectedBy(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return issue.values
        .map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)))
        .join(' or ');
    case 'too_big':
      return `${issue.origin} of at most ${String(issue.maximum)}`;
    case 'too_small':
      return `${issue.origin} of at least ${String(issue.minimum)}`;
    case 'invalid_format':
      return `string in the format ${issue.format}`;
    case 'not_multiple_of':
      return `multiple of ${String(issue.divisor)}`;
    case 'unrecognized_keys':
      return 'object without other members';
    case 'invalid_union':
      return 'one of several forms';
    case 'invalid_key':
      return `${issue.origin} with other keys`;
    case 'invalid_element':
      return `${issue.origin} with other elements`;
    default:
      return 'a value that passes its check';
  }
}

/** Where a name comes from the body, as in a record, it may be a person's: only what looks like an attribute is shown. */
const ATTRIBUTE = /^[A-Za-z$_][\w$:.-]{0,79}$/;

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${String(part)}]`;
      const name = String(part);
      if (!ATTRIBUTE.test(name)) return '[*]';
      if (/[:.-]/.test(name)) return `["${name}"]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** The value at a path, without walking into prototypes. */
export function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
