// #region vitest
import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';
import { beforeEach, expect, test } from 'vitest';
import { offboardLeavers } from './offboard.js';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
fake.addGroup({ name: 'berth-crew', origin: 'synced', members: ['rosa@acme.com'] });
const seeded = fake.snapshot();
const atlassian = new AtlassianProvisioner(fake.connection());

beforeEach(() => {
  fake.restore(seeded);
});

test('ends the access of a leaver', async () => {
  await offboardLeavers(atlassian, ['rosa@acme.com']);

  expect(fake.account('rosa@acme.com')).toMatchObject({ status: 'inactive', groups: [] });
});

test('tells of a leaver whose group cannot be left', async () => {
  fake.fail('scim.groups.patch', { status: 400, times: Infinity });

  const problems = await offboardLeavers(atlassian, ['rosa@acme.com']);

  expect(problems).toEqual(['rosa@acme.com: partial']);
  expect(fake.account('rosa@acme.com')?.status).toBe('inactive');
});
// #endregion
