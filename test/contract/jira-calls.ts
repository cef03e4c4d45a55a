import type { JiraClient } from '../../src/clients/jira/jira-client.js';
import type {
  JiraPermissionGrantId,
  JiraPermissionSchemeId,
  JiraProjectId,
  JiraProjectRoleId,
} from '../../src/clients/jira/jira-ids.js';
import { GROUP, ROSA } from './sample-ids.js';

const PROJECT = '10000' as JiraProjectId;
const ROLE = '10002' as JiraProjectRoleId;
const SCHEME = '10001' as JiraPermissionSchemeId;
const GRANT = '10321' as JiraPermissionGrantId;

const API = '/rest/api/3';

/** Sends an operation to a client. */
export type JiraCall = (jira: JiraClient) => Promise<unknown>;

/** Every documented operation that the client sends, with all of its parameters. */
export const jiraCalls: Readonly<Record<string, readonly [JiraCall, ...JiraCall[]]>> = {
  [`GET ${API}/serverInfo`]: [({ instance }) => instance.getServerInfo()],
  [`GET ${API}/mypermissions`]: [({ instance }) => instance.getMyPermissions(['ADMINISTER', 'USER_PICKER'])],
  [`GET ${API}/myself`]: [({ users }) => users.myself(['groups', 'applicationRoles']), ({ users }) => users.myself()],
  [`GET ${API}/users/search`]: [({ users }) => users.listPage(), ({ users }) => users.listPage('1000')],
  [`GET ${API}/user`]: [({ users }) => users.get(ROSA, ['groups', 'applicationRoles']), ({ users }) => users.get(ROSA)],
  [`GET ${API}/group/bulk`]: [
    ({ groups }) => groups.listPage(),
    ({ groups }) => groups.listPage({ accessType: 'admin', applicationKey: 'jira-software' }, '50'),
  ],
  [`GET ${API}/group/member`]: [
    ({ groups }) => groups.listMembersPage(GROUP),
    ({ groups }) => groups.listMembersPage(GROUP, { includeInactive: false }, '50'),
  ],
  [`POST ${API}/group/user`]: [({ groups }) => groups.addMember(GROUP, ROSA)],
  [`DELETE ${API}/group/user`]: [({ groups }) => groups.removeMember(GROUP, ROSA)],
  [`GET ${API}/project/search`]: [
    ({ projects }) => projects.listPage(),
    ({ projects }) =>
      projects.listPage(
        { query: 'fin & co', keys: ['FIN'], ids: [PROJECT], typeKeys: ['business'], status: ['live', 'archived'] },
        '100',
      ),
  ],
  [`GET ${API}/project/{projectIdOrKey}`]: [({ projects }) => projects.get('FIN')],
  [`GET ${API}/role`]: [({ projectRoles }) => projectRoles.list()],
  [`GET ${API}/project/{projectIdOrKey}/role`]: [({ projectRoles }) => projectRoles.listOfProject(PROJECT)],
  [`GET ${API}/project/{projectIdOrKey}/role/{id}`]: [({ projectRoles }) => projectRoles.get(PROJECT, ROLE)],
  [`POST ${API}/project/{projectIdOrKey}/role/{id}`]: [
    ({ projectRoles }) => projectRoles.addActors(PROJECT, ROLE, { accountIds: [ROSA] }),
    ({ projectRoles }) => projectRoles.addActors(PROJECT, ROLE, { groupIds: [GROUP] }),
  ],
  [`PUT ${API}/project/{projectIdOrKey}/role/{id}`]: [
    ({ projectRoles }) => projectRoles.setActors(PROJECT, ROLE, { accountIds: [ROSA], groupIds: [GROUP] }),
  ],
  [`DELETE ${API}/project/{projectIdOrKey}/role/{id}`]: [
    ({ projectRoles }) => projectRoles.removeActor(PROJECT, ROLE, { accountId: ROSA }),
    ({ projectRoles }) => projectRoles.removeActor(PROJECT, ROLE, { groupId: GROUP }),
  ],
  [`GET ${API}/permissionscheme`]: [({ permissionSchemes }) => permissionSchemes.list()],
  [`GET ${API}/permissionscheme/{schemeId}`]: [({ permissionSchemes }) => permissionSchemes.get(SCHEME)],
  [`POST ${API}/permissionscheme/{schemeId}/permission`]: [
    ({ permissionSchemes }) =>
      permissionSchemes.createGrant(SCHEME, { permission: 'BROWSE_PROJECTS', holder: { type: 'group', value: GROUP } }),
    ({ permissionSchemes }) =>
      permissionSchemes.createGrant(SCHEME, { permission: 'BROWSE_PROJECTS', holder: { type: 'anyone' } }),
  ],
  [`DELETE ${API}/permissionscheme/{schemeId}/permission/{permissionId}`]: [
    ({ permissionSchemes }) => permissionSchemes.deleteGrant(SCHEME, GRANT),
  ],
  [`GET ${API}/project/{projectKeyOrId}/permissionscheme`]: [
    ({ permissionSchemes }) => permissionSchemes.getOfProject(PROJECT),
  ],
  [`PUT ${API}/project/{projectKeyOrId}/permissionscheme`]: [
    ({ permissionSchemes }) => permissionSchemes.assign(PROJECT, SCHEME),
  ],
  [`GET ${API}/applicationrole`]: [({ applicationRoles }) => applicationRoles.list()],
};
