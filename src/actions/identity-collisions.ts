import type { ScimUser } from '../clients/scim/scim-user.js';
import { IdentityConflictError } from '../errors/identity-conflict-error.js';
import type { IdentityCandidate } from '../errors/identity-errors.js';
import type { ObserveContext } from '../plan/action-definition.js';

/** Makes sure that no other record of the directory has the email; `foundBy` is what the record was found by. */
export async function refuseEmailOfAnother(
  record: ScimUser,
  email: string,
  foundBy: 'externalId' | 'identity',
  { mapper, call }: ObserveContext,
): Promise<void> {
  const other = (await mapper.observe({ email }, { ...call, need: ['scimUser'] }))?.scimUser;
  if (other === undefined || other.id === record.id) return;
  throw new IdentityConflictError(
    foundBy === 'externalId'
      ? 'The externalId is that of one record of the directory, and the email that of another'
      : 'The new email belongs to another record of the directory',
    [candidate(record), candidate(other)],
    `${foundBy === 'externalId' ? 'Check that no two people were given one externalId. ' : ''}If both records are one person, delete one of them; otherwise give the other record another email first, and where two people swap theirs, one of them a third for the time between.`,
  );
}

/** Makes sure, where the `externalId` of a record is to change, that no other record of the directory has the new one. */
export async function refuseExternalIdOfAnother(
  record: ScimUser,
  externalId: string | null | undefined,
  { mapper, call }: ObserveContext,
): Promise<void> {
  if (typeof externalId !== 'string' || externalId === record.externalId) return;
  const other = (await mapper.observe({ externalId }, { ...call, need: ['scimUser'] }))?.scimUser;
  if (other === undefined || other.id === record.id) return;
  throw new IdentityConflictError(
    'The externalId belongs to another record of the directory',
    [candidate(record), candidate(other)],
    'Clear or change the externalId of the other record first.',
  );
}

/** The error for a record that was found by its email, where it has another `externalId` than was said. */
export function externalIdOfAnother(record: ScimUser, externalId: string): IdentityConflictError | undefined {
  const holder = record.externalId;
  if (holder === undefined || holder === '' || holder === externalId) return undefined;
  return new IdentityConflictError(
    'The record with this email has another externalId, so it is another person’s, or the id has changed',
    [candidate(record)],
    'If it is the same person, pass `identity: { scimUserId }`; otherwise rename or delete that record first.',
  );
}

function candidate({ id, accountId }: ScimUser): IdentityCandidate {
  return { scimUserId: id, ...(accountId !== undefined && { accountId }), foundIn: 'scim-record' };
}
