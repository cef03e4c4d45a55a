import { Buffer } from 'node:buffer';
import { FakeAtlassian, type FakeAtlassianOptions } from '../../src/testing/index.js';

/** One answer of the tour. Of an empty one, `body` is `undefined`. */
export interface ToldJiraAnswer {
  readonly method: string;
  /** As the product has it, also where the request went through the gateway. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

interface Traveller {
  readonly user?: string;
  readonly token: string;
  readonly throughGateway?: boolean;
}

/** Calls every operation of the fake's Jira, with success and with refusals, and gives all answers. */
export async function jiraTour(options: FakeAtlassianOptions): Promise<readonly ToldJiraAnswer[]> {
  const fake = new FakeAtlassian(options);
  seed(fake);
  const told: ToldJiraAnswer[] = [];
  const travellers: (Traveller | undefined)[] = [
    fake.siteCredential,
    { user: 'ben@acme.com', token: fake.addUserToken('ben@acme.com') },
    { user: 'away@acme.com', token: fake.addUserToken('away@acme.com') },
    { ...fake.siteCredential, token: 'ATATT-dead' },
    {
      user: 'ben@acme.com',
      token: fake.addUserToken('ben@acme.com', { scopes: ['read:jira-work'] }),
      throughGateway: true,
    },
    undefined,
  ];
  for (const traveller of travellers) {
    const before = fake.snapshot();
    await visit(fake, async (method, path, body) => {
      const answer = await send(fake, traveller, method, path, body);
      told.push({ ...answer, method, path: path.split('?')[0] ?? '' });
      return answer.body;
    });
    fake.restore(before);
  }
  return told;
}

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: 'rosa@acme.com' });
  fake.addUser({ email: 'ben@acme.com' });
  fake.addAccount({ email: 'away@acme.com', status: 'inactive' });
  fake.addAccount({ email: 'guest@partner.example', locale: 'pt-PT', timeZone: 'Europe/Lisbon' });
  fake.addAccount({ email: 'customer@partner.example', type: 'customer' });
  fake.addGroup({ name: 'synced', members: ['rosa@acme.com'] });
  fake.addGroup({ name: 'planners', origin: 'local', members: ['rosa@acme.com', 'ben@acme.com', 'away@acme.com'] });
  fake.addSite('acme', [{ key: 'jira-software', capacity: 10, grantedBy: ['planners'] }, 'jira-servicedesk']);
  fake.addJiraPermissionScheme({
    name: 'Open',
    grants: { BROWSE_PROJECTS: ['anyone', 'group:planners', 'user:ben@acme.com', 'applicationRole:jira-software'] },
  });
  fake.addJiraProject({
    key: 'FIN',
    name: 'Finance',
    lead: 'rosa@acme.com',
    category: 'Corporate',
    url: 'https://acme.example/fin',
    description: 'Money',
    roles: { Administrators: ['user:ben@acme.com', 'group:planners'], Member: ['group:synced'] },
  });
  fake.addJiraProject({ key: 'PUB', permissionScheme: 'Open', archived: true });
  fake.addJiraProject({ key: 'HR', style: 'next-gen', type: 'product_discovery', private: true });
}

type Send = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function visit(fake: FakeAtlassian, send: Send): Promise<void> {
  const api = '/rest/api/3';
  const groups = ['planners', 'synced'].map((name) => fake.group(name)!.orgGroupId!);
  const people = ['rosa@acme.com', 'guest@partner.example', 'away@acme.com'].map((email) =>
    encodeURIComponent(fake.account(email)!.accountId),
  );
  await send('GET', '/_edge/tenant_info');
  for (const path of ['/serverInfo', '/myself', '/myself?expand=groups,applicationRoles', '/search'])
    await send('GET', api + path);
  await send('POST', `${api}/search`, {});
  for (const query of ['', '?permissions=ADMINISTER,BROWSE_PROJECTS', '?permissions=WEATHER'])
    await send('GET', `${api}/mypermissions${query}`);
  for (const query of ['', '?startAt=1&maxResults=1', '?maxResults=5000', '?startAt=x'])
    for (const path of ['/users/search', '/users', '/group/bulk', '/project/search', '/groups/picker'])
      await send('GET', `${api}${path}${path === '/groups/picker' ? '?query=plan' : query}`);
  for (const query of ['?expand=description,lead,url&status=live&status=archived', '?query=fin', '?keys=PUB&typeKey=x'])
    await send('GET', `${api}/project/search${query}`);
  for (const id of [...people, 'nobody', ''])
    for (const path of ['/user', '/user/groups', '/user/bulk'])
      await send('GET', `${api}${path}${id === '' ? '' : `?accountId=${id}&expand=groups,applicationRoles`}`);
  await visitGroups(send, api, groups, people);
  await visitRoles(send, api, groups, people);
  await visitSchemes(send, api, groups);
  for (const path of ['', '/jira-software', '/weather']) await send('GET', `${api}/applicationrole${path}`);
}

async function visitGroups(
  send: Send,
  api: string,
  groups: readonly string[],
  people: readonly string[],
): Promise<void> {
  for (const query of ['', '?groupId=nothing', `?groupId=${groups[0] ?? ''}&groupname=planners`, '?groupname=synced'])
    await send('GET', `${api}/group/member${query}`);
  for (const id of groups) {
    await send('GET', `${api}/group/member?groupId=${id}&includeInactiveUsers=true&maxResults=1`);
    for (const person of [...people, 'nobody', '']) {
      const body = person === '' ? {} : { accountId: decodeURIComponent(person) };
      await send('POST', `${api}/group/user?groupId=${id}`, body);
      await send('DELETE', `${api}/group/user?groupId=${id}${person === '' ? '' : `&accountId=${person}`}`);
    }
  }
  for (const body of [{ name: 'made' }, { name: 'made' }, {}]) await send('POST', `${api}/group`, body);
  for (const query of ['?groupname=made', '?groupname=made', '?groupname=synced', ''])
    await send('DELETE', `${api}/group${query}`);
}

async function visitRoles(
  send: Send,
  api: string,
  groups: readonly string[],
  people: readonly string[],
): Promise<void> {
  await send('GET', `${api}/role`);
  for (const body of [{ name: 'Made' }, { name: 'Made' }, { name: ' x' }]) await send('POST', `${api}/role`, body);
  for (const id of ['10000', '1']) {
    for (const path of ['', '/actors']) await send('GET', `${api}/role/${id}${path}`);
    const [person = ''] = people;
    for (const body of [{ user: [decodeURIComponent(person)] }, { group: ['synced'] }, { user: ['nobody'] }, {}])
      await send('POST', `${api}/role/${id}/actors`, body);
    for (const query of [`?user=${person}`, '?group=nothing', ''])
      await send('DELETE', `${api}/role/${id}/actors${query}`);
  }
  for (const project of ['FIN', 'fin', 'HR', '10001', '99']) {
    for (const path of ['', '/role', '/roledetails', '/role/10000', '/role/10000?excludeInactiveUsers=true', '/role/1'])
      await send('GET', `${api}/project/${project}${path}`);
    const [group = ''] = groups;
    const role = `${api}/project/${project}/role/10000`;
    for (const person of people) await send('POST', role, { user: [decodeURIComponent(person)] });
    for (const body of [{ groupId: [group] }, { group: ['synced'] }, { user: ['nobody'] }, {}])
      await send('POST', role, body);
    for (const query of [`?user=${people[0] ?? ''}`, `?groupId=${group}`, '?group=nothing', ''])
      await send('DELETE', role + query);
    await send('PUT', role, { categorisedActors: { 'atlassian-group-role-actor-id': [group] } });
    await send('PUT', role, {});
  }
}

async function visitSchemes(send: Send, api: string, groups: readonly string[]): Promise<void> {
  for (const path of ['', '?expand=all', '/10000', '/10001/permission', '/1'])
    await send('GET', `${api}/permissionscheme${path}`);
  for (const body of [{ name: 'Made' }, {}]) await send('POST', `${api}/permissionscheme`, body);
  const holder = { type: 'group', value: groups[0] };
  const grants = [{ permission: 'EDIT_ISSUES', holder }, { permission: 'X' }];
  const made = await send('POST', `${api}/permissionscheme/10001/permission`, grants[0]);
  for (const grant of grants) await send('POST', `${api}/permissionscheme/10001/permission`, grant);
  for (const id of [idOf(made), 1]) await send('DELETE', `${api}/permissionscheme/10001/permission/${String(id)}`);
  for (const project of ['FIN', 'HR', 'nothing']) {
    for (const query of ['', '?expand=permissions'])
      await send('GET', `${api}/project/${project}/permissionscheme${query}`);
    for (const id of [10001, 99]) await send('PUT', `${api}/project/${project}/permissionscheme`, { id });
  }
}

function idOf(body: unknown): number {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'number' ? id : 1;
}

async function send(
  fake: FakeAtlassian,
  traveller: Traveller | undefined,
  method: string,
  path: string,
  body: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { site } = fake;
  const isGateway = traveller?.throughGateway === true && !path.startsWith('/_edge');
  const base = isGateway ? `https://api.atlassian.com/ex/jira/${site.cloudId}` : site.url;
  const pair = Buffer.from(`${traveller?.user ?? ''}:${traveller?.token ?? ''}`).toString('base64');
  const response = await fake.fetch(base + path, {
    method,
    headers: {
      ...(traveller !== undefined && { authorization: `Basic ${pair}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text };
}
