import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { IdentityRef } from '../model/identity.js';
import { refParts, type RefParts } from './identity-ref.js';
import type { IdentityOutcome, PersonOutcome } from './person-outcome.js';

/**
 * Has each person looked up once, and answers for each reference, in their order.
 *
 * A reference that cannot be read fails by itself.
 */
export async function eachPerson(
  refs: readonly IdentityRef[],
  lookUp: (people: readonly RefParts[]) => Promise<readonly PersonOutcome[]>,
): Promise<readonly IdentityOutcome[]> {
  const read = refs.map(readRef);
  const people = new Map(read.flatMap((parts) => ('key' in parts ? [[parts.key, parts] as const] : [])));
  const outcomes = await lookUp([...people.values()]);
  const ofKey = new Map([...people.keys()].map((key, index) => [key, outcomes[index]] as const));

  return refs.map((ref, index): IdentityOutcome => {
    const parts = read[index];
    const outcome = parts !== undefined && 'key' in parts ? ofKey.get(parts.key) : parts;
    return { ref, ...(outcome ?? { status: 'not_found' }) };
  });
}

function readRef(ref: IdentityRef): RefParts | PersonOutcome {
  try {
    return refParts(ref);
  } catch (error) {
    if (!isProvisionerError(error)) throw error;
    return { status: 'failed', error };
  }
}
