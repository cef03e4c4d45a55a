import { expect, test } from 'vitest';
import { FakeAtlassian } from '../testing/index.js';
import { AtlassianProvisioner } from '../provisioner/atlassian-provisioner.js';
import { requireSuccess } from './require-success.js';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
const atlassian = new AtlassianProvisioner(fake.connection());

test('gives a result back that ended as intended', async () => {
  const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

  expect(requireSuccess(result)).toBe(result);
});

test('throws with the result and what went wrong when it did not', async () => {
  const result = await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, add: ['nobodys'] });

  expect(() => requireSuccess(result)).toThrow(
    expect.objectContaining({
      code: 'action_failed',
      result,
      message: expect.stringContaining('"nobodys"') as unknown,
    }),
  );
});
