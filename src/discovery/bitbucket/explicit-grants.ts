import type { BitbucketUser } from '../../clients/bitbucket/bitbucket-user.js';
import type { BitbucketPermissions } from '../../clients/bitbucket/bitbucket-permissions.js';
import { grantOperation, type GrantPlace } from '../../clients/bitbucket/grant-place.js';
import type { CallOptions } from '../../http/transport.js';
import type { BitbucketGrant } from '../entities/bitbucket-entities.js';
import type { Gap } from '../entities/gap.js';
import { gap, type Part } from '../reading/gap-of-error.js';
import { readList } from '../reading/list-length.js';
import { unidentified } from '../reading/unidentified.js';
import { toGroupGrant, toUserGrant, type GrantedOn } from './bitbucket-mapping.js';
import type { FirstDecides } from './first-decides.js';
import { readWithScope } from './read-with-scope.js';

type Resource = NonNullable<Gap['resource']>;

/** Where explicit grants are read. */
export interface ReadPlace {
  readonly place: GrantPlace;
  readonly on: GrantedOn;
  readonly part: Part;
  readonly resource: Resource;
}

/** What is granted explicitly on a repository or project; `undefined` without the scope. */
export async function readExplicitGrants(
  permissions: BitbucketPermissions,
  scope: FirstDecides<boolean>,
  { place, on, part, resource }: ReadPlace,
  call: CallOptions,
): Promise<{ readonly grants: readonly BitbucketGrant[]; readonly gaps: readonly Gap[] } | undefined> {
  const users = await readWithScope(scope, async () =>
    readList(
      grantOperation('list', place, 'user'),
      async (cursor) => permissions.listUsersPage(place, cursor, call),
      ({ user }) => keyOfUser(user),
    ),
  );
  if (users === undefined) return undefined;
  const groups = await readList(
    grantOperation('list', place, 'group'),
    async (cursor) => permissions.listGroupsPage(place, cursor, call),
    ({ group }) => group.slug,
  );
  return {
    grants: [
      ...users.items.map((grant) => toUserGrant(grant, on)),
      ...groups.items.map((grant) => toGroupGrant(grant, on)),
    ],
    gaps: [
      ...nobodies(part, users.items, resource),
      ...short(part, `grants to people on ${resource.name ?? resource.id}`, users.doubt, resource, 'short-people'),
      ...short(part, `grants to groups on ${resource.name ?? resource.id}`, groups.doubt, resource, 'short-groups'),
    ],
  };
}

/** What tells people of a list apart; empty where nothing does. */
export function keyOfUser({ accountId, uuid }: BitbucketUser): string {
  return accountId ?? uuid ?? '';
}

/** Of rows whose holders have no id at all. */
export function nobodies(part: Part, rows: readonly { readonly user: BitbucketUser }[], resource: Resource): Gap[] {
  const count = rows.filter(({ user }) => keyOfUser(user) === '').length;
  return count === 0 ? [] : [unidentified('bitbucket', part, count, resource)];
}

/** Of a list that may not be whole. */
export function short(part: Part, name: string, doubt: string | undefined, resource?: Resource, what = 'short'): Gap[] {
  if (doubt === undefined) return [];
  const message = `The list of ${name} ${doubt}`;
  return [gap('bitbucket', part, { what, reason: 'truncated', message, ...(resource !== undefined && { resource }) })];
}
