import type { IdMapper } from '../identity/id-mapper.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { SubjectIds } from '../operations/operation.js';

const STORE_FAILED =
  'The store of the link cache could not forget the ids of the person, and may tell old ones until they are too old.';

/**
 * Takes a person out of the link cache, by the ids before a plan and those after it.
 *
 * Returns notes for the result: a store that fails must not hide what was written.
 */
export async function forgetLinks(
  mapper: IdMapper,
  before: ResolvedIdentity | undefined,
  { email, scimUserId, accountId }: SubjectIds,
): Promise<readonly string[]> {
  const refs = [
    ...refsOf({
      email: before?.email?.value,
      scimUserId,
      accountId,
      userName: before?.userName?.value,
      externalId: before?.externalId?.value,
    }),
    ...refsOf({ email }),
  ];
  try {
    await mapper.invalidate(...refs);
    return [];
  } catch {
    return [STORE_FAILED];
  }
}

function refsOf(ids: Readonly<Record<string, string | undefined>>): IdentityRef[] {
  // Each pair is one id under its own name, which is what a reference is.
  return Object.entries(ids).flatMap(([kind, value]) =>
    value === undefined ? [] : [{ [kind]: value } as unknown as IdentityRef],
  );
}
