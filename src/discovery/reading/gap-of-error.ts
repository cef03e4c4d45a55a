import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { ErrorCode } from '../../errors/error-code.js';
import type { ProvisionerError } from '../../errors/provisioner-error.js';
import type { EntityType, Product } from '../entities/entity-type.js';
import type { Gap, GapReason } from '../entities/gap.js';

/** What was being read. */
export interface Part {
  /** `users`, `project roles`. Names the part in progress, checkpoints and gaps. */
  readonly name: string;
  /** Kinds of entities that are missing, or lack attributes, where it cannot be read. */
  readonly hides: readonly EntityType[];
  /** Kinds that other parts read from this one: asking for them does not ask for this, and without it they are missing too. */
  readonly carries?: readonly EntityType[];
  /** What has been read without it, where it could not be read for now. */
  readonly neededBy?: ReadAgain | undefined;
}

/** What a reading that is taken up reads anew, from the beginning. */
export interface ReadAgain {
  /** Names of parts. */
  readonly parts?: readonly string[];
  /** Parts that get their items from one of these: anew too, unless they were read to their end. */
  readonly unfinished?: readonly string[];
  /** Kinds of entities that come out otherwise then: what was given of them is let go. */
  readonly kinds?: readonly EntityType[];
}

const REASONS: Partial<Record<ErrorCode, GapReason>> = {
  forbidden: 'forbidden',
  capability_missing: 'not-configured',
  payment_required: 'forbidden',
  unauthenticated: 'unauthenticated',
  rate_limited: 'rate-limited',
  not_found: 'not-found',
  gone: 'absent',
};

/**
 * Makes of an error the gap that it leaves.
 *
 * A cancellation is no gap, and neither is a defect of the program: both are thrown on.
 */
export function gapOfError(error: unknown, product: Product, part: Part, resource?: Gap['resource']): Gap {
  if (!isProvisionerError(error) || error.code === 'aborted') throw error;
  return gap(product, part, {
    reason: REASONS[error.code] ?? 'failed',
    message: error.message,
    code: error.code,
    advice: error.advice,
    ...(resource !== undefined && { resource }),
  });
}

/** What may be otherwise the next time, with the same credential. */
const PASSING: ReadonlySet<GapReason> = new Set(['rate-limited', 'unauthenticated', 'failed']);

/** Whether what a gap stands for may be read the next time, with the same credential and the same rights. */
export function isPassing({ reason }: Pick<Gap, 'reason'>): boolean {
  return PASSING.has(reason);
}

/** As {@link gapOfError}, for the first call to a product: where that is not found, the site does not have the product. */
export function gapOfEverything(error: unknown, product: Product, part: Part): Gap {
  const found = gapOfError(error, product, part);
  return isProvisionerError(error, 'not_found') ? { ...found, reason: 'absent' } : found;
}

/** What a gap says. In a word of its own, or by the code of an error: two of one part are two, and neither takes the other's place. */
type Said = Pick<Gap, 'reason' | 'message' | 'advice' | 'resource'> &
  ({ readonly what: string; readonly code?: ErrorCode } | { readonly what?: never; readonly code: ErrorCode });

/** Makes a gap. Its id is the same each time the same is said of the same thing, and no other gap has it. */
export function gap(product: Product, { name, hides, carries = [] }: Part, { what, ...details }: Said): Gap {
  const { resource, code } = details;
  const about = resource === undefined ? [] : [resource.type, resource.id];
  const id = [product, name, ...about, what ?? code].join('/');
  return { type: 'gap', id, product, part: name, hides: [...hides, ...carries], ...details };
}

/** Whether an error says the same of all that would be read next with the same credential. */
export function endsThePart(error: unknown): error is ProvisionerError {
  return isProvisionerError(error, 'rate_limited', 'unauthenticated', 'capability_missing');
}
