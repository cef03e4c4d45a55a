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

    expect(actionsOf(await events('?action=user_role_granted'))).toEqual(['user_role_granted']);
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
    expect(pick(await session.send('GET', session.v1('/event-actions')), 'id')).toContain('user_added_to_group');
  });
});
