import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { ManageRule } from '../../rules/manage-privileges.js';
import type { FieldViolation } from '../../rules/profile-change.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse } from '../route.js';

/**
 * A refusal with the four members that are on the wire: `key` and `context` are documented; `errorKey` says the key once
 * more with dashes, and `errorDetail` the context (seen).
 */
export function refusal(status: number, key: string, context?: JsonValue): FakeResponse {
  return json(status, {
    key,
    ...(context !== undefined && { context }),
    errorKey: key.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`),
    ...(context !== undefined && { errorDetail: context }),
  });
}

/** Ends the handler with a 403 when a rule does not allow what is asked. */
export function refuseUnless(rule: ManageRule): void {
  if (!rule.allowed) refuse(refusal(403, 'forbidden.action', ruleView(rule)));
}

/** Ends the handler with a 400: the body is not what the operation takes. */
export function refuseBody(): never {
  refuse(refusal(400, 'bodyParseFailure'));
}

/** Ends the handler with a 400 when values break constraints. */
export function refuseViolations(violations: readonly FieldViolation[]): void {
  if (violations.length === 0) return;
  const fields = [...new Set(violations.map(({ field }) => field))];
  const fieldViolations = fields.map((field) => ({
    field,
    violations: violations.filter((violation) => violation.field === field).map(({ key }) => ({ key })),
  }));
  refuse(refusal(400, 'fieldConstraintsViolated', { fieldViolations }));
}

/** A rule as answers have it. */
export function ruleView(rule: ManageRule): JsonObject {
  if (rule.allowed) return { allowed: true };
  return { allowed: false, ...(rule.reason !== undefined && { reason: { key: rule.reason } }) };
}
