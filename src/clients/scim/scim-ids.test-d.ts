import { assertType, expectTypeOf, test } from 'vitest';
import type { Transport } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId, ScimGroupId, ScimUserId } from '../../model/ids.js';
import type { ScimUserFilter } from './scim-filter.js';
import { ScimDirectoryClient } from './scim-directory-client.js';
import type { ScimUser } from './scim-user.js';

declare const scim: ScimDirectoryClient;
declare const userId: ScimUserId;
declare const groupId: ScimGroupId;
declare const accountId: AtlassianAccountId;
declare const orgGroupId: OrgGroupId;
declare const user: ScimUser;

test('a user is named by its SCIM id only', () => {
  assertType(scim.users.get(userId));
  // @ts-expect-error an account id is not the id of the record
  assertType(scim.users.get(accountId));
  // @ts-expect-error the id of a group
  assertType(scim.users.delete(groupId));
  // @ts-expect-error a string that nobody has said is an id
  assertType(scim.users.setActive('0d7e3f0a', false));
});

test('a group is named by its SCIM id only, and its members by theirs', () => {
  assertType(scim.groups.addMembers(groupId, [userId]));
  // @ts-expect-error the id of the same group in the organization
  assertType(scim.groups.addMembers(orgGroupId, [userId]));
  // @ts-expect-error an account id is not the id of the record
  assertType(scim.groups.removeMembers(groupId, [accountId]));
  // @ts-expect-error the two the other way round
  assertType(scim.groups.addMembers(userId, [groupId]));
});

test('the ids of a user are of three kinds', () => {
  expectTypeOf(user.id).toEqualTypeOf<ScimUserId>();
  expectTypeOf(user.accountId).toEqualTypeOf<AtlassianAccountId | undefined>();
  expectTypeOf(user.groups[0]?.id).toEqualTypeOf<ScimGroupId | undefined>();
  // @ts-expect-error the account id may be missing, and is never the SCIM id
  assertType<AtlassianAccountId>(user.accountId ?? user.id);
});

test('a filter has one attribute', () => {
  assertType<ScimUserFilter>({ userName: 'rosa' });
  // @ts-expect-error two of them
  assertType<ScimUserFilter>({ userName: 'rosa', externalId: 'e-1' });
  // @ts-expect-error Atlassian does not filter on email
  assertType<ScimUserFilter>({ email: 'rosa@harbor.example' });
});

test('a replacement says whether the user is active', () => {
  assertType(scim.users.replace(userId, user));
  // @ts-expect-error active would be true without a word
  assertType(scim.users.replace(userId, { userName: 'rosa', emails: [] }));
});

test('a directory is opened with the key of a directory only', () => {
  const open = (transport: Transport<'organization-key'>): unknown =>
    // @ts-expect-error the key of the organization does not open it
    new ScimDirectoryClient(transport);

  expectTypeOf(open).toBeFunction();
});
