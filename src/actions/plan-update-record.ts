import type { ScimUser } from '../clients/scim/scim-user.js';
import { sameText } from '../identity/identity-ref.js';
import type { AttributeChange } from '../model/outcome.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { updateScimUser, type AttributeWrite } from '../operations/update-scim-user.js';
import type { PlanDraft } from '../plan/build-plan.js';
import type { SyncObservation } from './observe-sync-identity.js';
import { ATTRIBUTE_MAPPINGS } from './person-attributes.js';
import { isDeactivated } from './plan-create-record.js';
import { subjectOf } from '../plan/subject.js';
import type { CheckedSyncInput, SyncOutcome } from './sync-identity-input.js';
import { unclaimedDomainNotes } from './unclaimed-domain.js';

/**
 * Decides what differs between a record and what was said of the person.
 *
 * @throws `domain_not_claimed`.
 */
export function planUpdateRecord(
  input: CheckedSyncInput,
  observed: SyncObservation,
  record: ScimUser,
): PlanDraft<SyncOutcome> {
  const { account } = observed;
  const emailChanges = !sameText(record.primaryEmail, input.email);
  const userNameChanges = !sameText(record.userName, input.email);
  const writes: AttributeWrite[] = [];
  const changes: AttributeChange[] = [];
  const reasons: string[] = [];

  const notes = emailChanges ? unclaimedDomainNotes(input, observed) : [];
  if (userNameChanges) {
    writes.push({ path: 'userName', value: input.email });
    changes.push({ attribute: 'userName', from: record.userName, to: input.email });
  }
  if (emailChanges) {
    writes.push({ path: 'emails', value: emailsWith(record, input.email) });
    changes.push({ attribute: 'email', from: record.primaryEmail ?? null, to: input.email });
    reasons.push('the person’s email changed');
  } else if (userNameChanges) reasons.push('the userName is not the person’s email');

  const attributes = attributeWrites(input, record);
  writes.push(...attributes.writes);
  changes.push(...attributes.changes);
  if (attributes.changes.length > 0) reasons.push(differ(attributes.changes.map(({ attribute }) => attribute)));

  const reactivated = !record.active && input.reactivate === true;
  if (reactivated) {
    writes.push({ path: 'active', value: true });
    changes.push({ attribute: 'active', from: false, to: true });
    reasons.push('the record is inactive and is to be active again');
  }

  const activates = record.active && isDeactivated(account) && input.reactivate !== true;
  if (activates)
    notes.push('The account with this email is deactivated; linking the active record to it activates it.');
  const linkable = account?.claimStatus === 'managed' && !activates;
  if (linkable && writes.length === 0) {
    // No API relinks; a write that matches the account by email does.
    writes.push({ path: 'emails', value: emailsWith(record, input.email) });
    reasons.push(
      'the record is not linked to the account that has its email; writing the email makes Atlassian link them',
    );
  }

  return {
    subject: subjectOf(observed.identity),
    intendedOutcome: updateOutcome({
      linkable,
      reactivated,
      renamed: emailChanges || userNameChanges,
      changed: changes.length > 0,
    }),
    operations: writes.length === 0 ? [] : [updateDraft(record, writes, changes, reasons)],
    notes: [
      ...notes,
      ...(record.active || reactivated
        ? []
        : ['The record is inactive and stays so: pass `reactivate: true` to activate it.']),
    ],
  };
}

function differ(attributes: readonly string[]): string {
  return `${attributes.join(', ')} ${attributes.length === 1 ? 'differs' : 'differ'}`;
}

/** The other addresses stay; only the primary one is replaced. */
function emailsWith(record: ScimUser, email: string): AttributeWrite['value'] {
  const [primary] = record.emails.filter(({ value }) => sameText(value, record.primaryEmail));
  const others = record.emails.filter((other) => other !== primary && !sameText(other.value, email));
  return [
    { value: email, type: primary?.type ?? 'work', primary: true },
    ...others.map(({ value, type }) => ({ value, ...(type !== undefined && { type }), primary: false })),
  ];
}

function attributeWrites(
  input: CheckedSyncInput,
  record: ScimUser,
): { writes: AttributeWrite[]; changes: AttributeChange[] } {
  const writes: AttributeWrite[] = [];
  const changes: AttributeChange[] = [];
  for (const { attribute, path, read } of ATTRIBUTE_MAPPINGS) {
    const wanted = input[attribute];
    const found = textOf(read(record));
    if (wanted === undefined || wanted === found) continue;
    writes.push({ path, value: wanted });
    changes.push({ attribute, from: found, to: wanted });
  }
  return { writes, changes };
}

/** Atlassian keeps an empty string that another client wrote: it counts as "not set". */
function textOf(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

function updateOutcome(facts: {
  linkable: boolean;
  reactivated: boolean;
  renamed: boolean;
  changed: boolean;
}): SyncOutcome {
  if (facts.linkable) return 'linked';
  if (facts.reactivated) return 'reactivated';
  if (facts.renamed) return 'renamed';
  return facts.changed ? 'updated' : 'unchanged';
}

function updateDraft(
  record: ScimUser,
  writes: readonly AttributeWrite[],
  changes: readonly AttributeChange[],
  reasons: readonly string[],
): OperationDraft {
  return draft(
    updateScimUser,
    { writes: writes.map((write) => ({ ...write })) },
    { target: { type: 'identity', id: record.id, name: record.userName }, changes, reasons },
  );
}
