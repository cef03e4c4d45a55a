import type { FakeAtlassianOptions } from '../../src/testing/index.js';
import { confluenceSession, resultsOf, type ConfluenceAnswer, type ConfluenceSession } from './confluence-session.js';

/** One answer of the tour. */
export interface ToldAnswer extends ConfluenceAnswer {
  readonly method: string;
  readonly path: string;
}

const V1 = '/wiki/rest/api';
const V2 = '/wiki/api/v2';
const ROSA = 'rosa@acme.com';
const BEN = 'ben@acme.com';

/** Calls every operation of the fake's Confluence, with success and with refusals, and gives all answers. */
export async function confluenceTour(options: FakeAtlassianOptions = {}): Promise<ToldAnswer[]> {
  const told: ToldAnswer[] = [];
  const session = confluenceSession(options, (method, path, answer) => told.push({ ...answer, method, path }));
  const { fake, send } = session;
  fake.changeConfluence({ mode: 'ROLES_TRANSITION', anonymousAccess: true });
  fake.addGroup({ name: 'berth-crew', origin: 'local' });
  fake.addGroup({ name: 'synced' });
  fake.addAccount({ email: ROSA, groups: ['confluence-users', 'berth-crew'], timeZone: 'Europe/Lisbon' });
  fake.addAccount({ email: BEN });
  const spaceId = fake.addConfluenceSpace({
    key: 'FIN',
    anonymous: true,
    unlicensed: true,
    roles: { Viewer: [ROSA] },
    permissions: [{ holder: 'berth-crew', operations: ['create/page'] }],
  });
  fake.addConfluenceSpace({ key: '~rosa', creator: ROSA });

  await visitPeople(session);
  await visitSpaces(session, spaceId);
  await changeAccess(session, spaceId);
  await send('GET', `${V1}/space/FIN`);
  fake.changeConfluence({ mode: 'absent', anonymousAccess: false });
  for (const path of [`${V2}/space-role-mode`, `${V2}/space-roles`, `${V1}/user/anonymous`]) await send('GET', path);
  return told;
}

async function visitPeople({ fake, send }: ConfluenceSession): Promise<void> {
  const rosa = fake.account(ROSA)!.accountId;
  const groupId = fake.group('berth-crew')!.orgGroupId!;
  const expand = 'expand=operations,isExternalCollaborator';
  for (const path of [
    '/settings/systemInfo',
    '/user/anonymous',
    '/user/current',
    `/user?accountId=${rosa}&${expand}`,
    '/user?accountId=nobody',
    `/user/bulk?accountId=${rosa}&${expand}`,
    `/user/memberof?accountId=${rosa}`,
    '/search/user?cql=type=user&sitePermissionTypeFilter=all&limit=2&expand=operations',
    '/search/user?cql=',
    '/group?limit=2',
    '/group?accessType=user',
    `/group/by-id?id=${groupId}`,
    '/group/by-id?id=nowhere',
    `/group/${groupId}/membersByGroupId?${expand}`,
    '/group/nowhere/membersByGroupId',
    `/group/${groupId}/membersByGroupId?limit=201`,
  ])
    for (const as of [undefined, BEN, null]) await send('GET', V1 + path, { ...(as !== undefined && { as }) });
  for (const accountIds of [[rosa, fake.account(BEN)!.accountId], []])
    await send('POST', `${V2}/users-bulk`, { body: { accountIds } });
  await send('POST', `${V2}/users-bulk`, { body: { accountIds: [rosa] }, as: BEN });
}

async function visitSpaces({ send }: ConfluenceSession, spaceId: string): Promise<void> {
  for (const path of [
    '/spaces',
    '/spaces?limit=1',
    '/spaces?limit=0',
    `/spaces/${spaceId}`,
    '/spaces/1',
    '/spaces/1/permissions',
    `/spaces/${spaceId}/permissions?limit=250`,
    `/spaces/${spaceId}/role-assignments`,
    `/spaces/${spaceId}/role-assignments?principal-type=USER`,
    '/space-role-mode',
    '/space-roles',
    '/space-permissions',
    '/admin-key',
  ])
    for (const as of [undefined, BEN, null]) await send('GET', V2 + path, { ...(as !== undefined && { as }) });
  await send('POST', `${V2}/admin-key`, { body: { durationInMinutes: 5 } });
  await send('POST', `${V2}/admin-key`, { body: { durationInMinutes: 61 } });
  await send('GET', `${V2}/admin-key`);
  await send('DELETE', `${V2}/admin-key`);
  await send('DELETE', `${V2}/admin-key`, { as: ROSA });
}

async function changeAccess({ fake, send }: ConfluenceSession, spaceId: string): Promise<void> {
  const accountId = fake.account(ROSA)!.accountId;
  const groupId = fake.group('berth-crew')!.orgGroupId!;
  const syncedId = fake.group('synced')!.orgGroupId!;
  for (const id of [groupId, syncedId, 'nowhere']) {
    await send('POST', `${V1}/group/userByGroupId?groupId=${id}`, { body: { accountId } });
    await send('DELETE', `${V1}/group/userByGroupId?groupId=${id}&accountId=${accountId}`);
  }
  await send('POST', `${V1}/group/userByGroupId?groupId=${groupId}`, { body: { accountId }, as: ROSA });

  const path = `${V1}/space/FIN/permission`;
  const body = { subject: { type: 'user', identifier: accountId }, operation: { key: 'read', target: 'space' } };
  const added = await send('POST', path, { body });
  await send('POST', path, { body });
  await send('POST', path, { body, as: ROSA });
  await send('POST', `${V1}/space/NONE/permission`, { body });
  const { id } = added.body as { id: number };
  await send('DELETE', `${path}/${id}`, { as: ROSA });
  await send('DELETE', `${path}/${id}`);
  await send('DELETE', `${path}/${id}`);

  const [role] = resultsOf(await send('GET', `${V2}/space-roles`));
  const principal = { principalType: 'USER', principalId: accountId };
  for (const [assignments, as] of [
    [[{ principal, roleId: role!.id }, { principal: { principalType: 'GROUP', principalId: groupId } }], undefined],
    [[{ principal, roleId: 'nowhere' }], undefined],
    [[{ principal }], BEN],
  ] as const)
    await send('POST', `${V2}/spaces/${spaceId}/role-assignments`, {
      body: assignments,
      ...(as !== undefined && { as }),
    });
}
