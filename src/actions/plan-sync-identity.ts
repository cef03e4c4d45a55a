import type { ScimUser, ScimUserInput } from '../clients/scim/scim-user.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { sameText } from '../identity/identity-ref.js';
import type { AttributeChange } from '../model/outcome.js';
import { createScimUser } from '../operations/create-scim-user.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { updateScimUser, type AttributeWrite } from '../operations/update-scim-user.js';
import type { PlanDraft } from '../plan/build-plan.js';
import { domainOf } from './email-domain.js';
import { ATTRIBUTE_MAPPINGS } from './person-attributes.js';
import { subjectOf } from './subject.js';
import type { SyncObservation } from './observe-sync-identity.js';
import type { CheckedSyncInput, SyncOutcome } from './sync-identity-input.js';

/** Decides what a person's record needs. Pure. */
export function planSyncIdentity(input: CheckedSyncInput, observed: SyncObservation): PlanDraft<SyncOutcome> {
  return observed.record === undefined ? planCreate(input, observed) : planUpdate(input, observed, observed.record);
}

function planCreate(input: CheckedSyncInput, { account, identity }: SyncObservation): PlanDraft<SyncOutcome> {
  if (input.createAllowed === false)
    throw new ProvisionerError('create_not_allowed', 'The directory has no such person, and createAllowed is false', {
      advice: 'Check the email and externalId, or allow the record to be created.',
    });

  let user: ScimUserInput = {
    userName: input.email,
    emails: [{ value: input.email, type: 'work', primary: true }],
    active: true,
  };
  const changes: AttributeChange[] = [{ attribute: 'email', from: null, to: input.email }];
  for (const { attribute, write } of ATTRIBUTE_MAPPINGS) {
    const value = input[attribute];
    if (typeof value !== 'string') continue;
    user = write(user, value);
    changes.push({ attribute, from: null, to: value });
  }

  const hasAccount = account !== undefined;
  const create = draft(
    createScimUser,
    { user },
    {
      target: { type: 'identity', name: input.email },
      changes,
      reasons: [
        'the directory has no record of the person',
        ...(hasAccount ? ['an account with this email exists, and Atlassian links the two'] : []),
      ],
    },
  );
  return {
    subject: { ...subjectOf(identity), email: input.email, userName: input.email, ...externalIdOf(input) },
    intendedOutcome: hasAccount ? 'linked' : 'created',
    operations: [create],
    notes:
      account?.claimStatus === 'unmanaged'
        ? ['The account is external: its profile and state are its owner’s, and only groups are managed here.']
        : [],
  };
}

function externalIdOf({ externalId }: CheckedSyncInput): { externalId?: string } {
  return typeof externalId === 'string' ? { externalId } : {};
}

function planUpdate(input: CheckedSyncInput, observed: SyncObservation, record: ScimUser): PlanDraft<SyncOutcome> {
  const renamed = !sameText(record.primaryEmail, input.email);
  const writes: AttributeWrite[] = [];
  const changes: AttributeChange[] = [];
  const reasons: string[] = [];

  if (renamed) refuseUnverifiedDomain(input, observed);
  if (!sameText(record.userName, input.email)) {
    writes.push({ path: 'userName', value: input.email });
    changes.push({ attribute: 'userName', from: record.userName, to: input.email });
  }
  if (renamed) {
    writes.push({ path: 'emails', value: emailsWith(record, input.email) });
    changes.push({ attribute: 'email', from: record.primaryEmail ?? null, to: input.email });
    reasons.push('the person’s email changed');
  }

  const attributes = attributeWrites(input, record);
  writes.push(...attributes.writes);
  changes.push(...attributes.changes);
  if (attributes.changes.length > 0)
    reasons.push(`${attributes.changes.map(({ attribute }) => attribute).join(', ')} differ`);

  const reactivated = !record.active && input.reactivate === true;
  if (reactivated) {
    writes.push({ path: 'active', value: true });
    changes.push({ attribute: 'active', from: false, to: true });
    reasons.push('the record is inactive and is to be active again');
  }

  const linkable = isLinkable(observed, record);
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
      renamed: renamed || changes[0]?.attribute === 'userName',
      changed: changes.length > 0,
    }),
    operations: writes.length === 0 ? [] : [updateDraft(record, writes, changes, reasons)],
    notes:
      record.active || reactivated
        ? []
        : ['The record is inactive and stays so: pass `reactivate: true` to activate it.'],
  };
}

function refuseUnverifiedDomain(input: CheckedSyncInput, { domainVerified, record }: SyncObservation): void {
  if (input.allowUnclaimedDomain === true || record?.accountId === undefined) return;
  const sameDomain = domainVerified === undefined && domainOf(record.primaryEmail ?? '') === domainOf(input.email);
  if (domainVerified === true || sameDomain) return;
  const why =
    domainVerified === false ? 'is not verified by the organization' : 'cannot be checked without the organization key';
  throw new ProvisionerError(
    'domain_not_claimed',
    `The domain of the new email ${why}: the change would unlink the account without a word and end its access through synced groups`,
    { advice: 'Verify and claim the domain first, list it in `claimedDomains`, or pass allowUnclaimedDomain: true.' },
  );
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

function isLinkable({ account }: SyncObservation, record: ScimUser): boolean {
  return record.accountId === undefined && account?.claimStatus === 'managed';
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
