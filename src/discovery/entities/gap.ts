import type { ErrorCode } from '../../errors/error-code.js';
import type { EntityType, Product } from './entity-type.js';

/** Why something could not be read. */
export type GapReason =
  /** The credential does not have the right. */
  | 'forbidden'
  /** The credential is no longer good. */
  | 'unauthenticated'
  /** No credential for it is configured. */
  | 'not-configured'
  /** The site or workspace does not have the product or the feature. */
  | 'absent'
  | 'rate-limited'
  /** It was listed, and then not found: deleted meanwhile, or hidden. */
  | 'not-found'
  /** No answer, a broken one, or one that does not match. */
  | 'failed'
  /** The product answers with no more than a part. */
  | 'truncated'
  /** The options of the call left it out. */
  | 'skipped';

/** A part that could not be read. Whatever it hides is not known: it is never a no. */
export interface Gap {
  readonly type: 'gap';
  readonly id: string;
  readonly product: Product;
  /** What was being read: `projects`, `project roles`, `groups`. */
  readonly part: string;
  readonly reason: GapReason;
  /**
   * Kinds of entities that may be missing, or lack attributes. With one that is missing goes what belongs to it: the roles
   * of a project, the roles that a group gives, what others are told from it.
   */
  readonly hides: readonly EntityType[];
  /** The one thing it is about; absent where it is about all of the part. */
  readonly resource?: { readonly type: EntityType; readonly id: string; readonly name?: string };
  /** What was attempted, and what came back. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
  /** Code of the error, where there was one. */
  readonly code?: ErrorCode;
}
