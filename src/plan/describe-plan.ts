import type { AttributeChange } from '../model/outcome.js';
import { operationOfKind } from '../operations/catalogue.js';
import type { LeftGroup, OperationTarget, PlannedOperation } from '../operations/operation.js';
import type { Plan, StagedOperation } from './plan.js';

/**
 * Writes a plan as text for a person to read before approving it.
 *
 * Holds the person's ids and attribute values, and no credential. Names and values that others chose stay in their place:
 * each is on one line, without control characters, and quoted unless it is one word.
 */
export function describePlan(plan: Plan, staged: readonly StagedOperation[] = []): string {
  const withheld = new Map(staged.map((one) => [one.operationId, one]));
  const lines = [`${plan.action} for ${nameOfSubject(plan)}: ${summary(plan, withheld.size)}`];
  for (const operation of plan.operations) {
    lines.push(...describeOperation(operation));
    const objection = withheld.get(operation.id);
    if (objection !== undefined) lines.push(`       staged: ${objection.reason}`, `       ${objection.advice}`);
  }
  for (const { target, reason } of plan.satisfied) lines.push(`  =    ${nameOfTarget(target)}: ${reason}`);
  for (const { target, reason, reasonKey, advice } of plan.blocked) {
    lines.push(`  !    ${nameOfTarget(target)}: ${reason}${reasonKey === undefined ? '' : ` (${reasonKey})`}`);
    if (advice !== undefined) lines.push(`       ${advice}`);
  }
  for (const note of plan.notes) lines.push(`  note ${note}`);
  lines.push(`  digest ${plan.digest.slice(0, 16)}…, valid until ${plan.expiresAt}`);
  return lines.map(oneLine).join('\n');
}

function summary({ operations, risk, intendedOutcome, blocked, satisfied }: Plan, withheld: number): string {
  if (operations.length === 0) return blocked.length === 0 ? 'nothing to do' : 'nothing that can be done';
  const count = operations.length === 1 ? '1 operation' : `${String(operations.length)} operations`;
  const anyDone = withheld < operations.length || satisfied.length > 0;
  const end = blocked.length > 0 ? (anyDone ? 'partial' : 'failed') : withheld > 0 ? 'staged' : intendedOutcome;
  return `${count}, risk ${risk}, ends as "${end}"`;
}

function describeOperation({ id, kind, target, risk, changes, reasons, leaves = [] }: PlannedOperation): string[] {
  return [
    `  ${id.padEnd(5)}${operationOfKind(kind).title}: ${nameOfTarget(target)} (${risk})`,
    ...changes.map((change) => `       ${describeChange(change)}`),
    ...leaves.map((group) => `       leaves ${nameOfGroup(group)}`),
    ...reasons.map((reason) => `       because ${reason}`),
  ];
}

/** One change as `attribute: "old" → "new"`; `–` stands for "not set". */
export function describeChange({ attribute, from, to }: AttributeChange): string {
  return oneLine(`${attribute}: ${valueOf(from)} → ${valueOf(to)}`);
}

function valueOf(value: AttributeChange['from']): string {
  return value === null ? '–' : typeof value === 'string' ? quoted(value) : String(value);
}

function nameOfTarget({ type, name, id }: OperationTarget): string {
  return `${type} ${nameOrQuoted(name ?? id ?? '(new)')}`;
}

function nameOfGroup({ id, name, memberCount }: LeftGroup): string {
  const group = name === undefined ? `a group whose name could not be read, ${nameOrQuoted(id)}` : nameOrQuoted(name);
  return memberCount === undefined
    ? group
    : `${group}, of ${String(memberCount)} member${memberCount === 1 ? '' : 's'}`;
}

/** Whose plan it is: the first id that is known of the person. */
export function nameOfSubject({ subject }: Plan): string {
  return nameOrQuoted(subject.email ?? subject.userName ?? subject.scimUserId ?? subject.accountId ?? 'nobody');
}

/** What cannot be taken for a part of the sentence around it stands as it is. */
function nameOrQuoted(name: string): string {
  return /^[\p{L}\p{M}\p{N}(][\p{L}\p{M}\p{N}@.:/_+)-]*$/u.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Control characters, line and paragraph ends, and marks that turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}
