import type { ScimUser } from '../clients/scim/scim-user.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { planBulk, type BulkCounts, type BulkPlan } from './bulk-plan.js';
import type { IdentityLookUp } from './identity-look-up.js';
import type { RefParts } from './identity-ref.js';
import { mapLimited } from './map-limited.js';
import type { ListedPage, RecordReads } from './record-reads.js';
import type { Seen } from './seen.js';

/** People looked up at a time. The transports limit the calls themselves. */
export const PEOPLE_AT_A_TIME = 16;

/**
 * Reads ahead for many people, with the fewest calls, so that looking each of them up afterwards finds what it needs.
 *
 * It never decides who somebody is: that is done for each person in the same way as for one alone.
 */
export class BulkLookUp {
  #lastSize = 0;

  async readAhead(
    lookUp: IdentityLookUp,
    refs: readonly RefParts[],
    onPlan: ((plan: BulkPlan) => void) | undefined,
  ): Promise<void> {
    const work = divide(lookUp, refs);
    if (refs.length === 1) {
      // Looking up one person takes the fewest calls by itself.
      onPlan?.(planBulk(counts(work)));
      return;
    }
    const { plan, page } = await this.#plan(lookUp.recordReads, work);
    onPlan?.(plan);

    if (plan.strategy === 'list' && page !== undefined) await lookUp.recordReads?.listRest(page);
    await readAccounts(lookUp, work);
    const records = await readRecords(lookUp, work.records);
    await readAccountsOfRecords(lookUp, work, records);
  }

  /**
   * Only the first page of the directory tells its size. It is read where listing may pay: for two look-ups or more, unless
   * the directory is known to be larger than that.
   */
  async #plan(
    reads: RecordReads | undefined,
    work: Work,
  ): Promise<{ readonly plan: BulkPlan; readonly page?: ListedPage }> {
    const atLeast = planBulk({ ...counts(work), unlisted: Math.max(1, this.#lastSize) });
    if (reads === undefined || work.records.length < 2 || atLeast.strategy === 'look-up')
      return { plan: planBulk(counts(work)) };

    const page = await reads.listPage(1);
    this.#lastSize = page.totalResults;
    const open = { ...work, records: work.records.filter((ref) => !isKnown(reads, ref)) };
    const unlisted = reads.listed ? 0 : page.totalResults - page.read;
    const rest = planBulk({ ...counts(open), unlisted, pageSize: page.read > 0 ? page.read : undefined });
    return { page, plan: { ...rest, listPages: rest.listPages + 1, plannedCalls: rest.plannedCalls + 1 } };
  }
}

/** Who is looked for where. */
interface Work {
  readonly records: readonly RefParts[];
  readonly emailsOnly: readonly RefParts[];
  readonly accountsOnly: readonly RefParts[];
}

function divide({ needs, recordReads, accountReads }: IdentityLookUp, refs: readonly RefParts[]): Work {
  const onlyAccounts = accountReads !== undefined && (recordReads === undefined || !needs.has('scimUser'));
  const byRecord = (kind: RefParts['kind']): boolean => {
    if (recordReads === undefined) return false;
    if (kind === 'accountId') return accountReads !== undefined && !onlyAccounts;
    return kind !== 'email' || !onlyAccounts;
  };
  return {
    records: refs.filter(({ kind }) => byRecord(kind)),
    emailsOnly: onlyAccounts ? refs.filter(({ kind }) => kind === 'email') : [],
    accountsOnly: onlyAccounts ? refs.filter(({ kind }) => kind === 'accountId') : [],
  };
}

function counts({ records, emailsOnly, accountsOnly }: Work): BulkCounts {
  return {
    records: records.length,
    recordsByAccount: records.filter(({ kind }) => kind === 'accountId').length,
    emailsOnly: emailsOnly.length,
    accountsOnly: accountsOnly.length,
  };
}

function isKnown({ known }: RecordReads, { kind, value }: RefParts): boolean {
  switch (kind) {
    case 'email':
      return known.byEmail(value).length > 0;
    case 'userName':
      return known.byUserName(value).length > 0;
    case 'scimUserId':
      return known.byId(value) !== undefined;
    case 'accountId':
      return known.byAccount(value).length > 0;
    case 'externalId':
      return false; // another record may have it too
  }
}

async function readAccounts({ recordReads, accountReads }: IdentityLookUp, work: Work): Promise<void> {
  if (accountReads === undefined) return;
  const emails = work.emailsOnly.filter((ref) => recordReads === undefined || !isKnown(recordReads, ref));
  const accountIds = [...work.accountsOnly, ...work.records.filter(({ kind }) => kind === 'accountId')].filter(
    (ref) => recordReads === undefined || !isKnown(recordReads, ref),
  );
  await Promise.all([
    accountReads.searchEmails(emails.map(({ value }) => value)),
    accountReads.searchAccounts(accountIds.map(({ value }) => value as AtlassianAccountId)),
  ]);
}

/** A look-up that fails here fails again, without a call, when the person's turn comes: there it is reported. */
async function readRecords(
  lookUp: IdentityLookUp,
  refs: readonly RefParts[],
): Promise<readonly (Seen<ScimUser> | undefined)[]> {
  return mapLimited(refs, PEOPLE_AT_A_TIME, (ref) => lookUp.findRecord(ref).catch(() => undefined));
}

async function readAccountsOfRecords(
  { needs, accountReads }: IdentityLookUp,
  { records: refs }: Work,
  records: readonly (Seen<ScimUser> | undefined)[],
): Promise<void> {
  if (accountReads === undefined || !(needs.has('accountId') || needs.has('orgUser'))) return;

  const emails = refs.flatMap(({ kind, value }, index) => {
    const record = records[index]?.value;
    if (record === undefined) return kind === 'email' ? [value] : [];
    const isOpen = record.accountId === undefined || needs.has('orgUser');
    return isOpen && record.primaryEmail !== undefined ? [record.primaryEmail] : [];
  });
  // For one, the links are asked first, as for a person alone.
  if (emails.length > 1) await accountReads.searchEmails(emails);

  if (!needs.has('orgUser')) return;
  const accountIds = records.flatMap((record) => record?.value.accountId ?? []);
  await accountReads.searchAccounts(accountIds);
}
