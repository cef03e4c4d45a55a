import type { Connection } from '../entities/connection.js';
import type { EntityType } from '../entities/entity-type.js';
import type { EntitiesByType } from './access-snapshot.js';

type Sources = Pick<EntitiesByType, 'scim.user' | 'admin.user' | 'jira.user' | 'confluence.user' | 'bitbucket.user'>;

/**
 * Ties the records of the identity provider to their accounts, and the accounts to the users of the products.
 *
 * An account id is the same in every product, so that a user of a product is tied to the account of that id and to
 * nothing else; names and emails prove nothing. Without the organization's people there is nothing to tie to.
 */
export function connectionsOf(entities: Sources): Connection[] {
  const accounts = new Set<string>(entities['admin.user'].map(({ id }) => id));
  const records = entities['scim.user'].flatMap(({ id, accountId }) =>
    accountId === undefined || !accounts.has(accountId)
      ? []
      : [connection({ type: 'scim.user', id }, { type: 'admin.user', id: accountId }, 'scim-extension')],
  );
  const users = (['jira.user', 'confluence.user', 'bitbucket.user'] as const).flatMap((type) =>
    entities[type]
      .filter(({ id }) => accounts.has(id))
      .map(({ id }) => connection({ type: 'admin.user', id }, { type, id }, 'account-id')),
  );
  return [...records, ...users];
}

function connection(
  from: { readonly type: EntityType; readonly id: string },
  to: { readonly type: EntityType; readonly id: string },
  evidence: Connection['evidence'],
): Connection {
  return { type: 'connection', id: `${from.type}|${from.id}|${to.type}|${to.id}`, from, to, evidence };
}
