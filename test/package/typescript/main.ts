import {
  AtlassianProvisioner,
  isProvisionerError,
  ProvisionerError,
  scimUserId,
  type ActionResult,
  type ApiRequest,
  type AtlassianProvisionerOptions,
  type ErrorCode,
  type Plan,
  type ScimUserId,
  type SyncOutcome,
} from 'atlassian-provisioner';
import { FakeAtlassian, type FakeAtlassianOptions } from 'atlassian-provisioner/testing';
import { z } from 'zod';

async function main(): Promise<void> {
  const options: FakeAtlassianOptions = { organizationName: 'Acme' };
  const fake = new FakeAtlassian(options);
  fake.addDomain('acme.com');
  fake.addGroup({ name: 'berth-crew' });

  const connection: AtlassianProvisionerOptions = fake.connection();
  const atlassian = new AtlassianProvisioner(connection);
  const plan: Plan = await atlassian.plan('syncIdentity', { email: 'rosa@acme.com', displayName: 'Rosa Quell' });
  const result: ActionResult<SyncOutcome> = await atlassian.syncIdentity({ email: 'rosa@acme.com' });
  const { relationships } = await atlassian.manageRelationships({
    identity: { email: 'rosa@acme.com' },
    add: ['berth-crew'],
  });
  const names: string[] = relationships.map(({ group }) => group);
  if (plan.operations.length === 0 || result.outcome !== 'created' || names.length !== 1)
    throw new Error(`Not as expected: ${result.outcome}`);

  const error: unknown = new ProvisionerError('not_found', 'scim.users.get failed with 404');
  if (!isProvisionerError(error, 'not_found')) throw new Error('isProvisionerError does not tell the code');
  const code: ErrorCode = error.code;
  const id: ScimUserId = scimUserId('user-1');
  // @ts-expect-error -- a plain string is no id
  const wrong: ScimUserId = 'user-1';
  // @ts-expect-error -- an input without its email
  const incomplete = () => atlassian.syncIdentity({ displayName: 'Rosa Quell' });
  // The project's own copy of zod, in its own kind of module.
  const request: Pick<ApiRequest<string>, 'response'> = { response: z.string() };
  console.log(code, id, wrong, typeof incomplete, request.response.parse('read'));
}

void main();
