import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { IdentityConflictError } from '../errors/identity-conflict-error.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts, sameText } from '../identity/identity-ref.js';
import type { ResolvedIdentity } from '../model/identity.js';
import { needScim } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { domainOf } from './email-domain.js';
import type { CheckedSyncInput } from './sync-identity-input.js';

/** What {@link syncIdentity} reads before it decides. */
export interface SyncObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  /** The account that has the email, where a search was made for it. */
  readonly account: OrgUser | undefined;
  /** Whether the email's domain is verified; `undefined` when it was not asked, or nothing can tell. */
  readonly domainVerified: boolean | undefined;
}

/** Reads a person's record by the surest id given, and what else the decision needs. */
export async function observeSync(input: CheckedSyncInput, context: ObserveContext): Promise<SyncObservation> {
  needScim(context.clients, 'syncIdentity');
  const found = await findRecord(input, context);
  const { record } = found;

  if (record === undefined) {
    const account = found.account ?? (await accountOf(input.email, context));
    return { identity: found.identity, record, account, domainVerified: undefined };
  }
  const renamed = !sameText(record.primaryEmail, input.email) || !sameText(record.userName, input.email);
  const moved = renamed && domainOf(record.primaryEmail ?? '') !== domainOf(input.email);
  // An unlinked record gets its account at the next write that Atlassian can match by email.
  const mayLink = record.accountId === undefined && !renamed;
  return {
    identity: found.identity,
    record,
    account: mayLink ? await accountOf(input.email, context) : undefined,
    domainVerified: moved ? await context.domains.covers(input.email, context.call) : undefined,
  };
}

interface FoundRecord {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  readonly account?: OrgUser | undefined;
}

/** By the id the caller named, else by `externalId`, else by email. */
async function findRecord(input: CheckedSyncInput, context: ObserveContext): Promise<FoundRecord> {
  const { mapper, call } = context;
  const need = { ...call, need: ['scimUser'] } as const;
  if (input.identity !== undefined) {
    const named = await mapper.observe(input.identity, need);
    if (named?.scimUser === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return free({ identity: named.identity, record: named.scimUser }, input, context);
  }

  if (typeof input.externalId === 'string') {
    const known = await mapper.observe({ externalId: input.externalId }, need);
    if (known?.scimUser !== undefined)
      return free({ identity: known.identity, record: known.scimUser }, input, context);
  }

  const byEmail = await mapper.observe({ email: input.email }, need);
  const record = byEmail?.scimUser;
  const holder = record?.externalId;
  if (
    record !== undefined &&
    holder !== undefined &&
    holder !== '' &&
    typeof input.externalId === 'string' &&
    holder !== input.externalId
  )
    throw new IdentityConflictError(
      `The record with this email has another externalId, so it is another person's, or the id has changed`,
      [
        {
          scimUserId: record.id,
          ...(record.accountId !== undefined && { accountId: record.accountId }),
          foundIn: 'scim-record',
        },
      ],
      'If it is the same person, pass `identity: { scimUserId }`; otherwise rename or delete that record first.',
    );
  return { identity: byEmail?.identity, record, account: byEmail?.orgUser };
}

/** Makes sure, before a rename, that nobody else in the directory has the new email. */
async function free(
  found: FoundRecord,
  input: CheckedSyncInput,
  { mapper, call }: ObserveContext,
): Promise<FoundRecord> {
  const { record } = found;
  if (record === undefined || sameText(record.primaryEmail, input.email)) return found;
  const other = await mapper.observe({ email: input.email }, { ...call, need: ['scimUser'] });
  if (other?.scimUser !== undefined && other.scimUser.id !== record.id)
    throw new IdentityConflictError(
      'The new email belongs to another record of the directory',
      [
        { scimUserId: record.id, foundIn: 'scim-record' },
        { scimUserId: other.scimUser.id, foundIn: 'scim-record' },
      ],
      'Rename or delete the other record first, or merge the two by hand.',
    );
  return found;
}

async function accountOf(email: string, { clients, call }: ObserveContext): Promise<OrgUser | undefined> {
  const page = await clients.admin?.users.searchPage({ emails: [email] }, undefined, call);
  return page?.items.find((user) => sameText(user.email, email)) ?? page?.items[0];
}
