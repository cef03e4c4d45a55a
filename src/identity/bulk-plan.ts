import { SCIM_PAGE_SIZE } from '../clients/scim/scim-list.js';
import { ACCOUNTS_PER_SEARCH, EMAILS_PER_SEARCH } from './account-reads.js';

/** What looking up many people takes, before it is begun. */
export interface BulkCounts {
  /** People of whom a record is wanted: each takes a call of its own, unless the directory is listed. */
  readonly records: number;
  /** Those among `records` that are named by an account id: they are searched for first, 10 in a call. */
  readonly recordsByAccount: number;
  /** Emails of which only the account is wanted: they are searched for, 100 in a call. */
  readonly emailsOnly: number;
  /** Account ids of which only the account is wanted: they are searched for, 10 in a call. */
  readonly accountsOnly: number;
  /** Records in the directory that are not read yet, once that is known. */
  readonly unlisted?: number | undefined;
  /** Records that the directory gives in one call; 100 until it has shown otherwise. */
  readonly pageSize?: number | undefined;
}

/** How many people are looked up together. */
export interface BulkPlan {
  /** `look-up` asks for each record by itself; `list` reads the directory, 100 records in a call. */
  readonly strategy: 'look-up' | 'list';
  readonly lookUps: number;
  readonly listPages: number;
  readonly searches: number;
  /**
   * All calls, when each person is found where they are looked for first.
   *
   * A person who is not there, or whose record names no account, takes further calls.
   */
  readonly plannedCalls: number;
}

/** Chooses the way with fewer calls; listing when both take the same, as it finds records under other names too. */
export function planBulk(counts: BulkCounts): BulkPlan {
  const searches =
    Math.ceil(counts.emailsOnly / EMAILS_PER_SEARCH) + Math.ceil(counts.accountsOnly / ACCOUNTS_PER_SEARCH);
  const lookUps = plan('look-up', {
    lookUps: counts.records,
    searches: searches + Math.ceil(counts.recordsByAccount / ACCOUNTS_PER_SEARCH),
  });
  if (counts.unlisted === undefined || counts.records === 0) return lookUps;

  const list = plan('list', { listPages: Math.ceil(counts.unlisted / (counts.pageSize ?? SCIM_PAGE_SIZE)), searches });
  return list.plannedCalls <= lookUps.plannedCalls ? list : lookUps;
}

function plan(
  strategy: BulkPlan['strategy'],
  { lookUps = 0, listPages = 0, searches = 0 }: { lookUps?: number; listPages?: number; searches?: number },
): BulkPlan {
  return { strategy, lookUps, listPages, searches, plannedCalls: lookUps + listPages + searches };
}
