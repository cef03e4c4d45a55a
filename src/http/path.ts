import type { Tagged } from '../model/tagged.js';
import { ProvisionerError } from '../errors/provisioner-error.js';

/** A path whose values are encoded, each as one segment. Made by {@link path} only. */
export type EncodedPath = Tagged<string, 'EncodedPath'>;

/**
 * Builds a path; each value becomes exactly one segment, whatever it holds.
 *
 * An empty or absent value, `.` and `..` are refused: a URL parser would drop or resolve them, encoded or not, and the
 * call would reach another resource.
 */
export function path(strings: TemplateStringsArray, ...values: readonly string[]): EncodedPath {
  let encoded = strings[0] ?? '';
  for (const [index, value] of values.entries()) {
    if (!isText(value) || value === '' || value === '.' || value === '..')
      throw new ProvisionerError('request_invalid', `"${value}" cannot be a path segment of ${strings.join('{}')}`);
    encoded += encode(value, strings) + (strings[index + 1] ?? '');
  }
  return encoded as EncodedPath;
}

/** Code without types may leave a value out. */
function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function encode(value: string, strings: TemplateStringsArray): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw new ProvisionerError(
      'request_invalid',
      `A path segment of ${strings.join('{}')} holds half a character (a lone surrogate)`,
    );
  }
}
