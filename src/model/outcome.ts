/**
 * What became of one operation.
 *
 * - `applied`: written, and Atlassian confirmed it
 * - `already`: it was so before
 * - `staged`: withheld by the guard
 * - `skipped`: an earlier operation it depends on did not succeed, or the run was cancelled before it
 * - `failed`: refused, and known not to have happened
 * - `unknown`: sent without an answer, and reading back could not tell
 */
export type OperationOutcome = 'applied' | 'already' | 'staged' | 'skipped' | 'failed' | 'unknown';

/** How far an operation can be undone, from least to most dangerous. */
export type Risk = 'none' | 'reversible' | 'grace-period' | 'irreversible';

/** One attribute that an operation changes. `null` stands for "not set". */
export interface AttributeChange {
  readonly attribute: string;
  readonly from: string | boolean | null;
  readonly to: string | boolean | null;
}
