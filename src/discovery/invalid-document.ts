import type { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { faultsOf } from '../http/response-faults.js';

const SHOWN_FAULTS = 5;

/** The error of a document that was written by somebody else, or by another version. Never tells a value of a person. */
export function invalidDocument(what: string, problem: string, advice?: string): ProvisionerError {
  return new ProvisionerError('request_invalid', `${what}: ${problem}`, {
    advice: advice ?? 'Export it again with the version of the package that reads it.',
  });
}

/** Reads a value by its schema. The error lists paths and types. */
export function readAs<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;

  const { issues } = result.error;
  const faults = faultsOf(issues.slice(0, SHOWN_FAULTS), value).map(({ path, expected, received }) => {
    const where = path === '' ? '' : `${path}: `;
    return `${where}expected ${expected}, received ${received}`;
  });
  const more = issues.length > SHOWN_FAULTS ? `; and ${String(issues.length - SHOWN_FAULTS)} more` : '';
  throw invalidDocument(what, `${faults.join('; ')}${more}`);
}

/** Refuses a document that says it is something else, before anything of it is looked at. */
export function requireFormat(document: unknown, what: string, format: string, version: number): void {
  const { format: foundFormat, version: foundVersion } = (
    typeof document === 'object' && document !== null ? document : {}
  ) as { readonly format?: unknown; readonly version?: unknown };

  if (foundFormat !== format)
    throw invalidDocument(what, `format: expected "${format}", received ${shown(foundFormat)}`);
  if (foundVersion !== version)
    throw invalidDocument(
      what,
      `version: expected ${String(version)}, received ${shown(foundVersion)}`,
      typeof foundVersion === 'number' && foundVersion > version
        ? 'It was written by a later version of the package: update this one.'
        : undefined,
    );
}

/** A JSON text as a value. */
export function readJson(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The message of the SyntaxError quotes the text.
    throw invalidDocument(what, 'it is not JSON', 'It may have been cut off: export it again.');
  }
}

/** Formats and versions are words of a program; anything long is something else. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.length <= 60 ? JSON.stringify(value) : `a ${typeof value}`;
}
