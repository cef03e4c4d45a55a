import { expect } from 'vitest';
import { AtlassianProvisioner } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

test('a person is onboarded, changes role and is renamed over real HTTP', async ({ fake }) => {
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  const server = await fake.listen();

  try {
    const atlassian = new AtlassianProvisioner(server.connection());
    const rosa = { email: 'rosa@acme.com', externalId: 'e-1' };

    const onboarded = await atlassian.onboard({ ...rosa, displayName: 'Rosa Quell', groups: ['berth-crew', 'guests'] });
    const again = await atlassian.onboard({ ...rosa, displayName: 'Rosa Quell', groups: ['berth-crew', 'guests'] });
    const changed = await atlassian.changeRole({
      identity: { externalId: 'e-1' },
      attributes: { jobTitle: 'Lead' },
      remove: ['guests'],
    });
    const renamed = await atlassian.syncIdentity({ ...rosa, email: 'rosa.ito@acme.com' });
    const related = await atlassian.manageRelationships({ identity: { email: 'rosa.ito@acme.com' }, add: ['guests'] });

    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([onboarded, again, changed, renamed, related].map(({ outcome }) => outcome)).toEqual([
      'onboarded',
      'unchanged',
      'changed',
      'renamed',
      'changed',
    ]);
    expect(outcomesOf(onboarded)).toEqual([
      ['scim.user.create', 'applied'],
      ['scim.group.addMember', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(onboarded.callsMade + again.callsMade + changed.callsMade + renamed.callsMade + related.callsMade).toBe(
      fake.requests.length,
    );
    expect(fake.account('rosa.ito@acme.com')).toMatchObject({
      name: 'Rosa Quell',
      profile: { jobTitle: 'Lead' },
      groups: ['berth-crew', 'guests'],
    });
  } finally {
    await server.close();
  }
});

test('a connection that is cut after the write ends in a true outcome over real HTTP', async ({ fake }) => {
  fake.addUser({ email: 'rosa@acme.com' });
  fake.addGroup({ name: 'berth-crew' });
  const server = await fake.listen();

  try {
    const atlassian = new AtlassianProvisioner({ ...server.connection(), http: { retry: { maxAttempts: 1 } } });
    fake.failNext('scim.groups.patch', { reset: 'after' });

    const result = await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, add: ['berth-crew'] });

    expect(result.operations[0]).toMatchObject({ outcome: 'applied', confirmedBy: 'read-back' });
    expect(fake.group('berth-crew')?.members).toEqual(['rosa@acme.com']);
    fake.requests.expectCount('scim.groups.patch', 1);
  } finally {
    await server.close();
  }
});
