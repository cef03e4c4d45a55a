import { missingScopes } from '../../clients/bitbucket/missing-scopes.js';
import type { FirstDecides } from './first-decides.js';

/** What a call that needs a scope finds; `undefined` without the scope. Where that is not known, one call tries. */
export async function readWithScope<Found>(
  scope: FirstDecides<boolean>,
  read: () => Promise<Found>,
): Promise<Found | undefined> {
  let tried: Promise<Found> | undefined;
  const hasScope = await scope.find(async () => {
    tried = read();
    return tried.then(
      () => true,
      (error: unknown) => missingScopes(error).length === 0,
    );
  });
  return hasScope ? (tried ?? read()) : undefined;
}
