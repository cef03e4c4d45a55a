import type { JsonObject, JsonValue } from '../../../../model/json.js';
import type { FakeRequestBody } from '../../route.js';
import { valueOf } from '../caseless.js';
import { isObject } from '../read-user.js';
import { refuseScim } from '../scim-response.js';

/** One operation of a PATCH, in lower case. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  /** `undefined` for an operation on the resource as a whole. */
  readonly path: string | undefined;
  /** `undefined` when there was none. */
  readonly value: JsonValue | undefined;
}

/** The JSON object that a request must have as its body. */
export function requireObject(body: FakeRequestBody): JsonObject {
  if (body.kind !== 'json' || !isObject(body.value))
    return refuseScim(400, 'Invalid payload: the body must be a JSON object.', 'invalidSyntax');
  return body.value;
}

/** Reads a PatchOp: names and `op` in any case (Atlassian's reference itself has `operations`), `schemas` not asked for. */
export function readOperations(body: FakeRequestBody): PatchOperation[] {
  const message = requireObject(body);
  const operations = valueOf(message, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0)
    return refuseScim(400, 'Invalid payload: Operations must be an array that is not empty.', 'invalidSyntax');
  return operations.map((operation: JsonValue) => readOperation(operation));
}

function readOperation(operation: JsonValue): PatchOperation {
  if (!isObject(operation)) return refuseScim(400, 'Invalid payload: an operation must be an object.', 'invalidSyntax');
  const rawOp = valueOf(operation, 'op');
  const path = valueOf(operation, 'path');
  const value = valueOf(operation, 'value');
  const op = typeof rawOp === 'string' ? rawOp.toLowerCase() : undefined;
  if (op !== 'add' && op !== 'remove' && op !== 'replace')
    return refuseScim(400, 'Invalid payload: op must be add, remove or replace.', 'invalidSyntax');
  if (path !== undefined && path !== null && typeof path !== 'string')
    return refuseScim(400, 'Invalid payload: path must be a string.', 'invalidPath');
  const hasPath = typeof path === 'string' && path !== '';
  if (op === 'remove' && !hasPath) return refuseScim(400, 'remove needs a path.', 'noTarget');
  if (op !== 'remove' && value === undefined) return refuseScim(400, `${op} needs a value.`, 'invalidValue');
  return { op, path: hasPath ? path : undefined, value };
}
