import type { IdSource, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, ScimDirectoryId, ScimUserId } from '../model/ids.js';

/**
 * What a directory audit finds a person to be. Of several, the first of this list.
 *
 * - `duplicated`: two records, or two accounts, are or seem to be one person
 * - `orphaned`: a record without its account, or a synced account without its record
 * - `conflicting`: record and account are linked, and contradict each other
 * - `unlinked`: a record without an account
 * - `linked`: a record and its account, in agreement
 */
export type DirectoryClass = 'duplicated' | 'orphaned' | 'conflicting' | 'unlinked' | 'linked';

/** One thing that a directory audit can find, named after what is so. */
export type AuditFinding =
  | 'account-on-two-records'
  | 'email-on-two-records'
  | 'external-id-on-two-records'
  | 'email-on-two-accounts'
  | 'account-not-in-organization'
  | 'account-closed'
  | 'account-scheduled-for-deletion'
  | 'synced-without-record'
  | 'link-to-missing-record'
  | 'email-differs'
  | 'active-differs'
  | 'link-differs'
  | 'no-account-id'
  | 'account-linked'
  | 'account-with-same-email'
  | 'linked-in-other-directory';

/** The class each finding makes a person; a finding without one only says more. */
const CLASS_OF_FINDING: Readonly<Record<AuditFinding, DirectoryClass | undefined>> = {
  'account-on-two-records': 'duplicated',
  'email-on-two-records': 'duplicated',
  'external-id-on-two-records': 'duplicated',
  'email-on-two-accounts': 'duplicated',
  'account-not-in-organization': 'orphaned',
  'account-closed': 'orphaned',
  'account-scheduled-for-deletion': 'orphaned',
  'synced-without-record': 'orphaned',
  'link-to-missing-record': 'orphaned',
  'email-differs': 'conflicting',
  'active-differs': 'conflicting',
  'link-differs': 'conflicting',
  'no-account-id': 'unlinked',
  'account-linked': 'linked',
  'account-with-same-email': undefined,
  'linked-in-other-directory': undefined,
};

/** The classes, the worst first. */
const DIRECTORY_CLASSES: readonly DirectoryClass[] = ['duplicated', 'orphaned', 'conflicting', 'unlinked', 'linked'];

/** One piece of evidence: what was found, where it was read, and whom it concerns. */
export interface AuditEvidence {
  readonly finding: AuditFinding;
  readonly source: IdSource;
  /** One sentence; ids and states, no names and no addresses. */
  readonly detail: string;
  /** All records concerned, that of the entry among them. */
  readonly scimUserIds: readonly ScimUserId[];
  /** All accounts concerned, that of the entry among them. */
  readonly accountIds: readonly AtlassianAccountId[];
  /** The directory of the other record, where it is not this one. */
  readonly scimDirectoryId?: ScimDirectoryId;
}

/** One record of the directory, or one account that belongs to it and has none. */
export interface DirectoryAuditEntry {
  readonly class: DirectoryClass;
  readonly identity: ResolvedIdentity;
  /** Everything that was found, also what speaks for another class. */
  readonly evidence: readonly AuditEvidence[];
}

/** A directory, classified. */
export interface DirectoryAuditReport {
  readonly counts: Readonly<Record<DirectoryClass, number>>;
  readonly entries: readonly DirectoryAuditEntry[];
  /** ISO 8601 instants, UTC. What changed between them may be missing or there twice. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The class that the evidence comes to. */
export function classOf(evidence: readonly AuditEvidence[]): DirectoryClass {
  const found = new Set(evidence.map(({ finding }) => CLASS_OF_FINDING[finding]));
  return DIRECTORY_CLASSES.find((candidate) => found.has(candidate)) ?? 'linked';
}

/** Counts the entries. Times in milliseconds since 1970, UTC. */
export function toReport(
  entries: readonly DirectoryAuditEntry[],
  startedAtMs: number,
  finishedAtMs: number,
): DirectoryAuditReport {
  const counts = { duplicated: 0, orphaned: 0, conflicting: 0, unlinked: 0, linked: 0 };
  for (const entry of entries) counts[entry.class] += 1;
  return {
    counts,
    entries,
    startedAt: new Date(startedAtMs).toISOString(),
    finishedAt: new Date(finishedAtMs).toISOString(),
  };
}
