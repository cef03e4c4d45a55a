import type { AccessPath, PathNode } from '../access-path.js';

/**
 * What a finding is about.
 *
 * - `public-access`: open to everybody, without signing in
 * - `signed-in-access`: open to everybody who signs in
 * - `external-write`: somebody from outside can change something
 * - `orphaned-account`: an active account that was synced, and behind which no active SCIM record stands any more; or one
 *   that is deactivated and active in a product. An account that was invited has no record to lose and is none
 * - `dormant-grant`: access to a product that the person has not used for long
 * - `unprotected-branch`: a default branch that anybody with write access can push to
 * - `administrating-group`: being in a group makes somebody an administrator
 */
export type FindingKind =
  | 'public-access'
  | 'signed-in-access'
  | 'external-write'
  | 'orphaned-account'
  | 'dormant-grant'
  | 'unprotected-branch'
  | 'administrating-group';

/** How much harm can come of it, from most to least. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Something that somebody should look at. */
export interface Finding {
  /** The same in each snapshot in which it is found: kind and ids, joined with colons. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** Whom and what it is about: the person or group first, then resources, no more than the limit of the options. */
  readonly subjects: readonly PathNode[];
  /** One sentence. It holds names and addresses of people. */
  readonly message: string;
  /**
   * Paths that show it, as far as it is about access: no more than the limit of the options. They are put together when
   * they are first read.
   */
  readonly evidence: readonly AccessPath[];
  /** Whether it is so. False where the snapshot suggests it and leaves a part open, which the message names. */
  readonly certain: boolean;
}

/** What to look for. */
export interface FindingOptions {
  /** Only these. All of them where it is absent. */
  readonly kinds?: readonly FindingKind[];
  /** After how many days without use access is dormant. 90 by default. */
  readonly dormantAfterDays?: number;
  /** ISO 8601 instant from which the days are counted back. When the snapshot was completed, by default. */
  readonly asOf?: string;
  /** How many resources of one finding come with paths. 5 by default. */
  readonly evidencePerFinding?: number;
  /** How many resources one finding names. 100 by default; the message counts or names all, and the graph tells them. */
  readonly subjectsPerFinding?: number;
}

/** The options with their defaults. */
export interface FindingContext {
  readonly dormantAfterDays: number;
  readonly asOf: number;
  readonly evidencePerFinding: number;
  readonly subjectsPerFinding: number;
}

/** A finding with evidence that is looked for when it is first read: of thousands of findings, most are never opened. */
export function withEvidence(finding: Omit<Finding, 'evidence'>, look: () => readonly AccessPath[]): Finding {
  let paths: readonly AccessPath[] | undefined;
  return {
    ...finding,
    get evidence() {
      paths ??= look();
      return paths;
    },
  };
}
