import type { GraphIndexes } from '../access-graph.js';
import { identityOfRecord } from '../answers.js';
import type { Identity } from '../people.js';
import type { ProvisioningChange } from './snapshot-diff.js';

/** What somebody is called. */
export type Named = Pick<Identity, 'name' | 'email'>;

/** Tells what people are called, by the first of the snapshots that knows it. */
export function naming(
  graphs: readonly GraphIndexes[],
): (who: Pick<ProvisioningChange, 'accountId' | 'scimUserId'>) => Named {
  return (who) => {
    const found = graphs.flatMap(({ evaluation: { people } }): Named[] => {
      const person = who.accountId === undefined ? undefined : people.find(who.accountId);
      if (person !== undefined) return [people.describe(person)];
      if (who.scimUserId === undefined) return [];
      return people
        .match({ scimUserId: who.scimUserId })
        .map((one) => (typeof one === 'number' ? people.describe(one) : identityOfRecord(one)));
    });
    const name = found.find((one) => one.name !== undefined)?.name;
    const email = found.find((one) => one.email !== undefined)?.email;
    return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
  };
}
