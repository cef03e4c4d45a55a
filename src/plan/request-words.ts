import { z } from 'zod';
import { nearestName } from '../model/nearest-name.js';

/** Says in words what does not fit, where a schema has no words of its own; never a value. */
export const requestWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: must be ${withArticle(issue.expected)}`
        : `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(key, issue.inst)).join(', ');
    default:
      return undefined;
  }
};

function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** A key is named as it was given: it is code of the caller, and no value. */
function unknownField(key: string, schema: unknown): string {
  const near = schema instanceof z.ZodObject ? nearestName(key, Object.keys(schema.shape)) : undefined;
  return `"${key}" is not known${near === undefined ? '' : `; did you mean "${near}"?`}`;
}
