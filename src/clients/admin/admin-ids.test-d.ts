import { assertType, expectTypeOf, test } from 'vitest';
import type { Transport } from '../../http/transport.js';
import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  OrgGroupId,
  ScimDirectoryId,
  ScimGroupId,
  ScimUserId,
} from '../../model/ids.js';
import { AdminOrgClient } from './admin-org-client.js';
import { ALL_DIRECTORIES } from './org-directory-scope.js';
import type { OrgGroup } from './org-group.js';
import type { OrgUser } from './org-user.js';
import type { ScimLink } from './scim-link.js';

declare const admin: AdminOrgClient;
declare const accountId: AtlassianAccountId;
declare const directoryId: OrgDirectoryId;
declare const groupId: OrgGroupId;
declare const scimDirectoryId: ScimDirectoryId;
declare const scimGroupId: ScimGroupId;
declare const scimUserId: ScimUserId;

test('a person is named by their account id only', () => {
  assertType(admin.users.suspend(directoryId, accountId));
  // @ts-expect-error the id of the SCIM record
  assertType(admin.users.suspend(directoryId, scimUserId));
  // @ts-expect-error a string that nobody has said is an id
  assertType(admin.managedAccounts.scheduleDeletion('712020:rosa'));
  // @ts-expect-error the two the other way round
  assertType(admin.users.remove(accountId, directoryId));
});

test('a group of the organization is not the group of the SCIM directory', () => {
  assertType(admin.groups.addMember(directoryId, groupId, accountId));
  // @ts-expect-error the id of the same group in SCIM
  assertType(admin.groups.addMember(directoryId, scimGroupId, accountId));
  // @ts-expect-error the id of a SCIM directory
  assertType(admin.groups.get(scimDirectoryId, groupId));
});

test('all directories can be read, and none of them written at once', () => {
  assertType(admin.groups.get(ALL_DIRECTORIES, groupId));
  assertType(admin.users.get('-', accountId));
  // @ts-expect-error what a write would do is not known
  assertType(admin.groups.addMember(ALL_DIRECTORIES, groupId, accountId));
  // @ts-expect-error what a write would do is not known
  assertType(admin.users.suspend('-', accountId));
});

test('a SCIM record is named by the ids of SCIM only', () => {
  assertType(admin.provisioningLinks.unlink(scimDirectoryId, scimUserId));
  // @ts-expect-error the directory of the organization
  assertType(admin.provisioningLinks.unlink(directoryId, scimUserId));
  // @ts-expect-error the SCIM id is no account id
  assertType(admin.provisioningLinks.forAccount(scimUserId));
});

test('answers have ids of the right kinds', () => {
  expectTypeOf<OrgUser['accountId']>().toEqualTypeOf<AtlassianAccountId>();
  expectTypeOf<NonNullable<OrgUser['groups']>[number]['id']>().toEqualTypeOf<OrgGroupId>();
  expectTypeOf<OrgGroup['directoryId']>().toEqualTypeOf<OrgDirectoryId | undefined>();
  expectTypeOf<ScimLink['scimUserId']>().toEqualTypeOf<ScimUserId>();
  expectTypeOf<ScimLink['scimDirectoryId']>().toEqualTypeOf<ScimDirectoryId>();
  expectTypeOf<ScimLink['accountId']>().toEqualTypeOf<AtlassianAccountId | undefined>();
});

test('a status knows its values and takes those of tomorrow', () => {
  assertType<OrgUser['status']>('for_deletion');
  assertType<OrgUser['status']>('of_tomorrow');
  // @ts-expect-error a query asks for what is known
  assertType(admin.users.search({ status: ['of_tomorrow'] }));
  // @ts-expect-error a group does not give this role
  assertType(admin.groups.grantRole(directoryId, groupId, { resourceId: 'x', roleId: 'atlassian/org-admin' }));
});

test('an organization is opened with its own key only', () => {
  const open = (transport: Transport<'directory-key'>, id: OrganizationId): unknown =>
    // @ts-expect-error the key of a SCIM directory does not open it
    new AdminOrgClient(transport, id);

  expectTypeOf(open).toBeFunction();
});
