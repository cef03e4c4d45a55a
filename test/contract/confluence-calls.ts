import type { ConfluenceClient } from '../../src/clients/confluence/confluence-client.js';
import type {
  ConfluencePermissionId,
  ConfluenceSpaceId,
  ConfluenceSpaceKey,
  ConfluenceSpaceRoleId,
} from '../../src/clients/confluence/confluence-ids.js';
import { CURSOR, GROUP, MIA, ROSA } from './sample-ids.js';

const SPACE = '655363' as ConfluenceSpaceId;
const KEY = '~rosa' as ConfluenceSpaceKey;
const ROLE = 'b1a60000-1b0d-4a51-9a53-7b1f2f0c8e77' as ConfluenceSpaceRoleId;
const PERMISSION = '1463877700' as ConfluencePermissionId;

const V1 = '/wiki/rest/api';
const V2 = '/wiki/api/v2';
const user = { type: 'user', id: ROSA } as const;
const group = { type: 'group', id: GROUP } as const;

/** Sends an operation to a client. */
export type ConfluenceCall = (confluence: ConfluenceClient) => Promise<unknown>;

/** Every documented operation that the client sends, with all of its parameters. */
export const confluenceCalls: Readonly<Record<string, readonly [ConfluenceCall, ...ConfluenceCall[]]>> = {
  [`GET ${V1}/settings/systemInfo`]: [({ instance }) => instance.getSystemInfo()],
  [`GET ${V1}/user/anonymous`]: [({ instance }) => instance.allowsAnonymous()],
  [`GET ${V1}/user/current`]: [
    ({ users }) => users.current(),
    ({ users }) => users.current(['operations', 'isExternalCollaborator']),
  ],
  [`GET ${V1}/user`]: [({ users }) => users.get(ROSA, ['operations', 'personalSpace'])],
  [`GET ${V1}/user/bulk`]: [({ users }) => users.bulkV1([ROSA, MIA], ['operations'])],
  [`GET ${V1}/user/memberof`]: [({ users }) => users.listGroupsPage(ROSA, '200')],
  [`GET ${V1}/search/user`]: [
    ({ users }) => users.searchPage(),
    ({ users }) =>
      users.searchPage(
        { cql: 'user.fullname~"ro"', sitePermissionTypeFilter: 'none', expand: ['operations'], limit: 100 },
        '100',
      ),
  ],
  [`GET ${V1}/group`]: [
    ({ groups }) => groups.listPage(),
    ({ groups }) => groups.listPage({ accessType: 'admin' }, '1'),
  ],
  [`GET ${V1}/group/by-id`]: [({ groups }) => groups.get(GROUP)],
  [`GET ${V1}/group/{groupId}/membersByGroupId`]: [
    ({ groups }) => groups.listMembersPage(GROUP),
    ({ groups }) => groups.listMembersPage(GROUP, ['operations', 'isExternalCollaborator'], '200'),
  ],
  [`POST ${V1}/group/userByGroupId`]: [({ groups }) => groups.addMember(GROUP, ROSA)],
  [`DELETE ${V1}/group/userByGroupId`]: [({ groups }) => groups.removeMember(GROUP, ROSA)],
  [`POST ${V1}/space/{spaceKey}/permission`]: [
    ({ spacePermissions }) =>
      spacePermissions.add(KEY, { subject: group, operation: { key: 'create', target: 'page' } }),
    ({ spacePermissions }) =>
      spacePermissions.add(KEY, {
        subject: { type: 'user', id: 'anonymous' },
        operation: { key: 'read', target: 'space' },
      }),
  ],
  [`DELETE ${V1}/space/{spaceKey}/permission/{id}`]: [
    ({ spacePermissions }) => spacePermissions.remove(KEY, PERMISSION),
  ],
  [`GET ${V2}/admin-key`]: [({ instance }) => instance.findAdminKey()],
  [`POST ${V2}/admin-key`]: [
    ({ instance }) => instance.enableAdminKey(),
    ({ instance }) => instance.enableAdminKey(60),
  ],
  [`DELETE ${V2}/admin-key`]: [({ instance }) => instance.disableAdminKey()],
  [`POST ${V2}/users-bulk`]: [({ users }) => users.bulk([ROSA, MIA])],
  [`GET ${V2}/spaces`]: [
    ({ spaces }) => spaces.listPage(),
    ({ spaces }) =>
      spaces.listPage(
        { ids: [SPACE, SPACE], keys: [KEY, KEY], type: 'global', status: 'current', sort: '-name' },
        CURSOR,
      ),
  ],
  [`GET ${V2}/spaces/{id}`]: [({ spaces }) => spaces.get(SPACE)],
  [`GET ${V2}/spaces/{id}/permissions`]: [({ spacePermissions }) => spacePermissions.listPage(SPACE, CURSOR)],
  [`GET ${V2}/space-role-mode`]: [({ spaceRoles }) => spaceRoles.getMode()],
  [`GET ${V2}/space-roles`]: [({ spaceRoles }) => spaceRoles.listPage(CURSOR)],
  [`GET ${V2}/space-permissions`]: [({ spaceRoles }) => spaceRoles.listPermissionsPage(CURSOR)],
  [`GET ${V2}/spaces/{id}/role-assignments`]: [
    ({ spaceRoles }) => spaceRoles.listAssignmentsPage(SPACE),
    ({ spaceRoles }) =>
      spaceRoles.listAssignmentsPage(
        SPACE,
        { roleId: ROLE, principal: { type: 'access-class', id: 'anonymous-users' } },
        CURSOR,
      ),
  ],
  [`POST ${V2}/spaces/{id}/role-assignments`]: [
    ({ spaceRoles }) =>
      spaceRoles.setAssignments(SPACE, { assign: [{ principal: user, roleId: ROLE }], remove: [group] }),
  ],
};
