import type { FakeAtlassianOptions } from '../../src/testing/index.js';
import { adminSession, pageOf, type AdminAnswer, type AdminSession } from './admin-session.js';
import { segment } from './organization-world.js';

/** One answer of the tour. */
export interface ToldAnswer extends AdminAnswer {
  readonly method: string;
  readonly path: string;
}

/** Calls every operation of the two admin APIs, with success and with refusals, and gives all answers. */
export async function tour(options: FakeAtlassianOptions = {}): Promise<ToldAnswer[]> {
  const told: ToldAnswer[] = [];
  const session = adminSession(options, (method, path, answer) => told.push({ ...answer, method, path }));
  const { jira, tokenId } = seed(session);
  await visitOrganization(session);
  await visitUsers(session, jira);
  await visitGroups(session, jira);
  await visitPolicies(session);
  await visitManagedAccounts(session, tokenId);
  await comeWithOtherKeys(session);
  return told;
}

function seed({ fake }: AdminSession): { readonly jira: string; readonly tokenId: string } {
  fake.addDomain('acme.com');
  const [jira, confluence] = fake.addSite('acme', [{ key: 'jira-software', capacity: 3 }, 'confluence']);
  fake.addGroup({ name: 'berth-crew', type: 'USERBASE_GROUP' });
  fake.addUser({ email: 'rosa@acme.com', title: 'Planner', timezone: 'Europe/Lisbon', groups: ['berth-crew'] });
  fake.addGroup({ name: 'Quay Planners', origin: 'local', description: 'Plan the quays' });
  fake.addAccount({
    email: 'ben@acme.com',
    profile: { jobTitle: 'Planner', department: 'Ops', organization: 'Acme', location: 'Porto', phoneNumber: '1' },
    timeZone: 'Europe/Lisbon',
    locale: 'pt-PT',
    productUses: [{ key: 'confluence', resourceId: confluence!.ari, lastActiveAt: Date.parse('2026-01-02T10:00:00Z') }],
  });
  fake.addAccount({ email: 'guest@partner.example' });
  fake.addAccount({ email: 'away@acme.com', membership: 'suspended' });
  fake.addAccount({ email: 'outside@acme.com', membership: 'none' });
  fake.addOrgAdmin({ email: 'admin@acme.com' });
  fake.addRole('ben@acme.com', jira!.ari, 'atlassian/admin');
  const tokenId = fake.addApiToken('ben@acme.com', {
    expiresAt: '2027-01-09T00:00:00Z',
    lastAccessAt: '2026-01-03T00:00:00Z',
  });
  fake.addApiToken('ben@acme.com');
  fake.changeAccount('away@acme.com', { lifecycleBlockers: [{ code: 'lastBillingContact' }] });
  return { jira: jira!.ari, tokenId };
}

async function visitOrganization({ send, v1, v2 }: AdminSession): Promise<void> {
  for (const path of ['/admin/v1/orgs', '/admin/v1/orgs?cursor=x', v1(), '/admin/v1/orgs/nowhere'])
    await send('GET', path);
  for (const query of ['', '?searchTerm=prim', '?limit=0', '?cursor=x']) await send('GET', v2(`/directories${query}`));
  const domains = await send('GET', v1('/domains'));
  for (const id of [String(pageOf(domains).data[0]?.id), 'nowhere', 'acme.com'])
    await send('GET', v1(`/domains/${id}`));
  for (const body of [undefined, { limit: 1 }, { limit: 0 }, { query: { or: [] } }])
    await send('POST', v2('/workspaces'), body);
}

async function visitUsers(session: AdminSession, jira: string): Promise<void> {
  const { fake, send, v1, v2, directory, everywhere } = session;
  const accounts = ['rosa', 'ben', 'away', 'outside', 'admin'].map((name) => fake.account(`${name}@acme.com`)!);

  const expand = ['platformRoles', 'counts.resources', 'productAccess', 'groups'];
  for (const body of [{}, { expand }, { limit: 2 }, { limit: 0 }, { cursor: 'x' }])
    await send('POST', everywhere('/users/search'), body);
  await send('POST', v2('/directories/nowhere/users/search'), {});
  for (const query of ['', '?limit=1', '?limit=0', '?cursor=x']) await send('GET', everywhere(`/users${query}`));
  for (const rest of ['/users/count', '/users/count?claimStatus=x', '/users/stats', '/users/nobody'])
    await send('GET', everywhere(rest));
  for (const query of ['', '?cursor=x']) await send('GET', v1(`/users${query}`));

  for (const account of accounts) {
    await send('GET', directory(`/users/${segment(account)}`));
    for (const query of ['', '?limit=1', '?limit=0'])
      await send('GET', directory(`/users/${segment(account)}/role-assignments${query}`));
    await send('GET', v1(`/directory/users/${segment(account)}/last-active-dates`));
    for (const body of [{ role: 'atlassian/user', resource: jira }, { role: 'atlassian/user' }, { role: 'user' }, {}])
      await send('POST', v1(`/users/${segment(account)}/roles/assign`), body);
    await send('POST', v1(`/users/${segment(account)}/roles/revoke`), { role: 'atlassian/user', resource: jira });
    for (const step of ['suspend', 'restore']) await send('POST', directory(`/users/${segment(account)}/${step}`));
  }
  for (const role of ['atlassian/org-admin', 'atlassian/user'])
    for (const verb of ['assign', 'revoke'])
      for (const who of [segment(accounts[1]!), 'nobody'])
        await send('POST', v1(`/users/${who}/role-assignments/${verb}`), { role });
  await send('GET', v1('/directory/users/nobody/last-active-dates'));

  const rule = { resource: jira, role: 'atlassian/user' };
  const group = fake.group('berth-crew')!.orgGroupId;
  for (const body of [
    { emails: ['new@acme.com'], permissionRules: [rule] },
    { emails: ['other@acme.com'], additionalGroups: [group] },
    { emails: ['other@acme.com'], additionalGroups: ['nowhere'] },
    { emails: [] },
    { emails: ['a@acme.com', 'b@acme.com', 'c@acme.com', 'd@acme.com'], permissionRules: [rule] },
  ])
    await send('POST', v2('/users/invite'), body);
  await send('DELETE', directory(`/users/${segment(accounts[0]!)}`));
}

async function visitGroups({ fake, send, v1, directory, everywhere }: AdminSession, jira: string): Promise<void> {
  const [local, synced] = ['Quay Planners', 'berth-crew'].map((name) => fake.group(name)!.orgGroupId!);
  const ben = fake.account('ben@acme.com')!;

  for (const body of [{}, { expand: ['counts.users', 'counts.resources'] }, { groupNames: ['x'], searchTerm: 'x' }])
    await send('POST', everywhere('/groups/search'), body);
  for (const query of ['', '?limit=1&includeUsers=true', '?limit=0']) await send('GET', everywhere(`/groups${query}`));
  for (const rest of ['/count', '/stats', `/${local!}`, `/${synced!}`, '/nowhere'])
    await send('GET', everywhere(`/groups${rest}`));
  for (const body of [{ name: 'Night Watch' }, { name: 'quay planners' }, {}])
    await send('POST', directory('/groups'), body);

  for (const group of [local!, synced!, 'nowhere']) {
    const members = directory(`/groups/${group}/memberships`);
    for (const accountId of [ben.accountId, 'nobody', undefined]) await send('POST', members, { accountId });
    for (const roleId of ['atlassian/user', 'atlassian/org-admin'])
      for (const verb of ['assign', 'revoke'])
        await send('POST', directory(`/groups/${group}/role-assignments/${verb}`), { resourceId: jira, roleId });
    await send('POST', directory(`/groups/${group}/role-assignments/assign`), {
      resourceId: jira,
      roleId: 'atlassian/viewer',
    });
    for (const query of ['', '?limit=0']) await send('GET', directory(`/groups/${group}/role-assignments${query}`));
    await send('DELETE', `${members}/${segment(ben)}`);
    await send('DELETE', directory(`/groups/${group}`));
  }

  for (const query of ['', '?limit=1', '?from=x', '?q=a+b', '?limit=0', '?cursor=x']) {
    const answer = await send('GET', v1(`/events${query}`));
    await send('GET', v1(`/events-stream${query}`));
    if (query === '') await send('GET', v1(`/events/${String(pageOf(answer).data[0]?.id)}`));
  }
  for (const rest of ['/events/nothing', '/event-actions']) await send('GET', v1(rest));
}

async function visitPolicies({ send, v1 }: AdminSession): Promise<void> {
  const attributes = {
    type: 'data-residency',
    name: 'EU',
    status: 'enabled',
    rule: { in: ['eu'] },
    resources: [{ id: 'a' }],
  };
  const created = await send('POST', v1('/policies'), { data: { type: 'policy', attributes } });
  await send('POST', v1('/policies'), {});
  const { id } = (created.body as { data: { id: string } }).data;
  for (const query of ['', '?type=ip-allowlist', '?cursor=x']) await send('GET', v1(`/policies${query}`));
  for (const policy of [id, 'nothing']) {
    const path = v1(`/policies/${policy}`);
    await send('GET', path);
    await send('GET', `${path}/validate`);
    await send('PUT', path, { data: { type: 'policy', attributes } });
    await send('POST', `${path}/resources`, { id: 'b', meta: { scheduledDate: '2026-02-01' } });
    await send('PUT', `${path}/resources/b`, { meta: {} });
    await send('PUT', `${path}/resources/c`, { meta: {} });
    await send('DELETE', `${path}/resources/b`);
    await send('DELETE', `${path}/resources/c`);
    await send('DELETE', path);
  }
}

async function visitManagedAccounts({ fake, send }: AdminSession, tokenId: string): Promise<void> {
  for (const who of ['ben@acme.com', 'rosa@acme.com', 'away@acme.com', 'guest@partner.example', 'nobody']) {
    const account = fake.account(who);
    const path = `/users/${account === undefined ? 'nobody' : segment(account)}/manage`;
    for (const rest of ['', '?privileges=email.set', '/profile', '/api-tokens']) await send('GET', `${path}${rest}`);
    for (const body of [
      { nickname: 'b', extended_profile: { location: 'Faro' } },
      { name: 'B' },
      { nickname: '' },
      '{',
    ])
      await send('PATCH', `${path}/profile`, body);
    for (const email of [`new-${who.replace(/@.*/, '')}@acme.com`, 'b@elsewhere.example', 'b', 7])
      await send('PUT', `${path}/email`, { email });
    for (const token of [tokenId, 'nothing']) await send('DELETE', `${path}/api-tokens/${token}`);
    for (const step of ['disable', 'enable', 'cancel-delete', 'delete', 'delete', 'enable', 'cancel-delete'])
      await send('POST', `${path}/lifecycle/${step}`, step === 'disable' ? {} : undefined);
  }
}

async function comeWithOtherKeys({ fake, send, v1, v2, directory }: AdminSession): Promise<void> {
  const keys = [
    '',
    fake.directoryKey,
    fake.addKey({ kind: 'site' }),
    fake.addKey({ scopes: [] }),
    fake.addKey({ organizationId: 'another' as never }),
  ];
  const ben = segment(fake.account('new-ben@acme.com')!);
  for (const key of keys) {
    for (const path of [
      '/admin/v1/orgs',
      v1(),
      v1('/domains'),
      v1('/users'),
      v2('/directories'),
      directory('/users/count'),
    ])
      await send('GET', path, undefined, key);
    await send('GET', v1(`/directory/users/${ben}/last-active-dates`), undefined, key);
    await send('POST', directory('/groups'), { name: 'x' }, key);
    await send('POST', v2('/users/invite'), { emails: ['x@acme.com'] }, key);
    await send('POST', v1(`/users/${ben}/roles/assign`), { role: 'atlassian/org-admin' }, key);
    await send('GET', `/users/${ben}/manage`, undefined, key);
    await send('POST', `/users/${ben}/manage/lifecycle/delete`, undefined, key);
  }
}
