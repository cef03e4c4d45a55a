import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { IdentityAmbiguousError } from '../errors/identity-errors.js';
import { foldCase, refParts, sameText } from '../identity/identity-ref.js';
import type { ResolvedIdentity } from '../model/identity.js';
import { needScim } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { withClaimStatus } from './claim-status.js';
import { externalIdOfAnother, refuseEmailOfAnother, refuseExternalIdOfAnother } from './identity-collisions.js';
import { withRecentState } from './recent-state.js';
import { recordMissing } from './record-missing.js';
import type { CheckedSyncInput } from './sync-identity-input.js';

/** What {@link syncIdentity} reads before it decides. */
export interface SyncObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  /** The account that has the email, where a search was made for it. */
  readonly account: OrgUser | undefined;
  /** The domains of a linked record whose email changes, and of a person with neither record nor account. */
  readonly domains: EmailDomains | undefined;
}

/** Whether the domains of two emails are verified by the organization; `undefined` where nothing can tell. */
interface EmailDomains {
  readonly before: boolean | undefined;
  readonly after: boolean | undefined;
}

/** A record by which a person was found. */
interface FoundRecord {
  readonly identity: ResolvedIdentity;
  readonly record: ScimUser;
}

/** Reads a person's record by the surest id given, and what else the decision needs. `action` is who asks. */
export async function observeSync(
  input: CheckedSyncInput,
  context: ObserveContext,
  action = 'syncIdentity',
): Promise<SyncObservation> {
  needScim(context.clients, action);
  const found = await findRecord(input, context);
  if (found === undefined) {
    const account = await accountOf(input.email, context);
    // An account that is there is linked, whatever its domain; whether a new one comes, the domain decides.
    const domains = account === undefined ? await domainsOf(undefined, input.email, context) : undefined;
    return { identity: identityOf(account, context), record: undefined, account, domains };
  }

  const { record } = found;
  const emailChanges = !sameText(record.primaryEmail, input.email);
  if (emailChanges)
    await refuseEmailOfAnother(record, input.email, input.identity === undefined ? 'externalId' : 'identity', context);
  if (input.identity !== undefined) await refuseExternalIdOfAnother(record, input.externalId, context);

  const linked = record.accountId !== undefined;
  // An unlinked record gets its account at the next write that Atlassian can match by email.
  const mayLink = !linked && !emailChanges && sameText(record.userName, input.email);
  return {
    ...withAccount(found, mayLink ? await accountOf(input.email, context) : undefined, context),
    domains: linked && emailChanges ? await domainsOf(record.primaryEmail, input.email, context) : undefined,
  };
}

async function domainsOf(
  before: string | undefined,
  after: string,
  { domains, call }: ObserveContext,
): Promise<EmailDomains> {
  return {
    after: await domains.covers(after, call),
    before: before === undefined ? undefined : await domains.covers(before, call),
  };
}

/** By the id the caller named, else by `externalId`, else by email. */
async function findRecord(input: CheckedSyncInput, context: ObserveContext): Promise<FoundRecord | undefined> {
  const { mapper, call } = context;
  const need = { ...call, need: ['scimUser'] } as const;
  if (input.identity !== undefined) {
    const named = recordOf(await mapper.observe(input.identity, need));
    // The id may be one that an earlier call of this very input has changed.
    const found = named ?? (changesItsOwnRef(input) ? await findByEmail(input, context) : undefined);
    if (found !== undefined) return found;
    throw recordMissing(input.identity, (await mapper.observe(input.identity, call))?.identity);
  }
  if (typeof input.externalId === 'string') {
    const known = recordOf(await mapper.observe({ externalId: input.externalId }, need));
    if (known !== undefined) return known;
  }
  return findByEmail(input, context);
}

async function findByEmail(
  input: CheckedSyncInput,
  { mapper, call }: ObserveContext,
): Promise<FoundRecord | undefined> {
  const found = recordOf(await mapper.observe({ email: input.email }, { ...call, need: ['scimUser'] }));
  if (found !== undefined && typeof input.externalId === 'string') {
    const conflict = externalIdOfAnother(found.record, input.externalId);
    if (conflict !== undefined) throw conflict;
  }
  return found;
}

function recordOf(
  found: { readonly identity: ResolvedIdentity; readonly scimUser?: ScimUser } | undefined,
): FoundRecord | undefined {
  return found?.scimUser && { identity: found.identity, record: found.scimUser };
}

function changesItsOwnRef({ identity, email, externalId }: CheckedSyncInput): boolean {
  if (identity === undefined) return false;
  const { kind, value } = refParts(identity);
  if (kind === 'externalId') return externalId !== undefined && externalId !== value;
  return (kind === 'email' || kind === 'userName') && !sameText(value, email);
}

async function accountOf(email: string, context: ObserveContext): Promise<OrgUser | undefined> {
  const { clients, call, recent } = context;
  const page = await clients.admin?.users.searchPage({ emails: [foldCase(email)] }, undefined, call);
  const [account, ...more] = page?.items ?? [];
  if (more.length === 0) return withRecentState(await withClaimStatus(account, context), recent);
  throw new IdentityAmbiguousError(
    'Two accounts have the email',
    (page?.items ?? []).map(({ accountId }) => ({ accountId, foundIn: 'directory-search' })),
  );
}

/** The account that has the email of an unlinked record belongs to the identity, and its source says what it is. */
function withAccount(
  { identity, record }: FoundRecord,
  account: OrgUser | undefined,
  context: ObserveContext,
): FoundRecord & { readonly account: OrgUser | undefined } {
  const accountId = identityOf(account, context)?.accountId;
  return { identity: accountId === undefined ? identity : { ...identity, accountId }, record, account };
}

function identityOf(account: OrgUser | undefined, { clock }: ObserveContext): ResolvedIdentity | undefined {
  if (account === undefined) return undefined;
  const seen = { source: 'directory-search', observedAt: new Date(clock.now()).toISOString() } as const;
  return {
    link: 'unsynced',
    ...(account.email !== undefined && { email: { value: account.email, ...seen } }),
    accountId: { value: account.accountId, ...seen },
  };
}
