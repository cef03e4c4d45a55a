import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local } = session);
});

describe('events', () => {
  const events = async (query = '') => session.send('GET', session.v1(`/events${query}`));
  const actionsOf = (answer: Awaited<ReturnType<typeof events>>) =>
    pageOf<{ attributes: { action: string } }>(answer).data.map(({ attributes }) => attributes.action);

  beforeEach(async () => {
    await session.send('POST', session.members(local), { accountId: rosa.accountId });
    session.fake.clock.advance(60_000);
    await session.send('DELETE', `${session.members(local)}/${segment(rosa)}`);
  });

  test('a write leaves an event: who did what to whom, with which key', async () => {
    const answer = await events('?action=user_added_to_group');

    expect(answer.body).toMatchObject({
      data: [
        {
          type: 'events',
          attributes: {
            action: 'user_added_to_group',
            actor: { auth: { authType: 'api-token' } },
            context: [
              { type: 'users', id: rosa.accountId },
              { type: 'groups', id: local.orgGroupId },
            ],
          },
        },
      ],
      meta: { page_size: 30, next: null },
    });
  });

  test('a write that changes nothing leaves none', async () => {
    await session.send('POST', session.v1(`/users/${segment(rosa)}/roles/assign`), { role: 'atlassian/org-admin' });
    await session.send('POST', session.v1(`/users/${segment(rosa)}/roles/assign`), { role: 'atlassian/org-admin' });

    expect(actionsOf(await events('?action=user_granted_role'))).toEqual(['user_granted_role']);
  });

  test('the newest come first, by pages, within a time, and by term', async () => {
    const from = Date.parse('2026-01-05T09:01:00Z');

    const first = await events('?limit=1');
    const second = await events(`?cursor=${encodeURIComponent(pageOf(first).meta.next!)}`);

    expect([...actionsOf(first), ...actionsOf(second)]).toEqual(['user_removed_from_group', 'user_added_to_group']);
    expect(actionsOf(await events(`?from=${from}`))).toEqual(['user_removed_from_group']);
    expect(actionsOf(await events(`?to=${from}`))).toEqual(['user_added_to_group']);
    expect(actionsOf(await events('?q=removed'))).toEqual(['user_removed_from_group']);
    expect(actionsOf(await events('?ip=203.0.113.7,198.51.100.1&actor=nobody'))).toEqual([]);
    expect(actionsOf(await events(`?location=${encodeURIComponent('[{"city":"Austin"}]')}`))).toHaveLength(2);
  });

  test('what the directory writes is there too, by account and group of the organization', async () => {
    const { fake, send } = session;
    const { url, token } = fake.connection().scim;
    const scim = async (method: string, path: string, body?: unknown) =>
      send(method, new URL(url).pathname + path, body, token);
    fake.clock.advance(1_000);
    const from = fake.clock.now();
    const email = 'mia@acme.com';
    const user = { userName: email, emails: [{ value: email, primary: true }] };

    const { id } = (await scim('POST', '/Users', user)).body as { id: string };
    const account = fake.account(email);
    await scim('PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', path: 'title', value: 'Planner' }] });
    await scim('PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', path: 'title', value: 'Planner' }] });
    const made = await scim('POST', '/Groups', { displayName: 'Tide Watch', members: [{ value: id }] });
    const orgGroupId = fake.group('Tide Watch')?.orgGroupId;
    const group = `/Groups/${(made.body as { id: string }).id}`;
    await scim('PATCH', group, { Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] });
    await scim('PUT', group, { displayName: 'Tide Watch', members: [] });
    await scim('DELETE', group);
    await scim('DELETE', `/Users/${id}`);

    const answer = await send('GET', session.v1(`/events-stream?from=${from}`));
    expect(actionsOf(answer)).toEqual([
      'scim_user_create',
      'scim_user_update',
      'scim_group_create',
      'scim_group_add_member',
      'scim_group_remove_member',
      'scim_group_delete',
      'scim_user_delete',
    ]);
    expect(pageOf(answer).data[3]).toMatchObject({
      attributes: {
        context: [
          { type: 'users', id: account?.accountId, attributes: { email } },
          { type: 'groups', id: orgGroupId, attributes: { name: 'Tide Watch' } },
        ],
      },
    });
  });

  test.each([
    ['a date that is not milliseconds', '?from=2026-01-01', 'ADMIN-400-3'],
    ['an end before its start', '?from=2&to=1', 'ADMIN-400-3'],
    ['two terms', '?q=one+two', 'ADMIN-400-21'],
    ['an unknown product', '?product=hipchat', 'ADMIN-400-19'],
    ['a place that is not JSON', '?location=Austin', 'ADMIN-400-19'],
    ['a limit over 500', '?limit=501', 'ADMIN-400-19'],
    ['a cursor that is none', '?cursor=x', 'ADMIN-400-1'],
  ])('%s is refused', async (_what, query, code) => {
    expect(await events(query)).toMatchObject(errorWith(code));
  });

  test('the stream goes by processing time, and the cursor of its last page gives what comes later', async () => {
    const stream = async (query = '') => session.send('GET', session.v1(`/events-stream${query}`));

    const first = await stream();
    const cursor = encodeURIComponent(pageOf(first).meta.next!);
    const nothing = await stream(`?cursor=${cursor}`);
    session.fake.clock.advance(30 * 24 * 3_600_000);
    await session.send('POST', session.directory('/groups'), { name: 'Night Watch' });
    const later = await stream(`?cursor=${cursor}`);

    expect(actionsOf(first)).toEqual(['user_added_to_group', 'user_removed_from_group']);
    expect(pageOf(nothing).data).toEqual([]);
    expect(actionsOf(later)).toEqual(['group_created']);
    expect(actionsOf(await stream('?sortOrder=desc&limit=1'))).toEqual(['group_created']);
  });

  test('an event can be read only when it is processed', async () => {
    session.fake.switches.eventLagMs = 5_000;
    await session.send('POST', session.directory('/groups'), { name: 'Night Watch' });

    expect(actionsOf(await events('?action=group_created'))).toEqual([]);
    session.fake.clock.advance(5_000);
    expect(actionsOf(await events('?action=group_created'))).toEqual(['group_created']);
  });

  test('one event is read by its id, and the actions are those that occur', async () => {
    const [event] = pageOf<{ id: string }>(await events()).data;

    expect((await session.send('GET', session.v1(`/events/${event!.id}`))).body).toMatchObject({
      data: { id: event!.id },
    });
    expect(await session.send('GET', session.v1('/events/nothing'))).toMatchObject(errorWith('ADMIN-404-4'));
    const actions = await session.send('GET', session.v1('/event-actions'));
    expect(pick(actions, 'id')).toContain('user_added_to_group');
    expect(new Set(pick(actions, 'type'))).toEqual(new Set(['eventActions']));
  });
});
