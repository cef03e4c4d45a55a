/**
 * Reads a SCIM directory: what the server can do, who is in it, which account each person is linked to, and who is in
 * which group. It writes nothing.
 *
 *     npx tsx examples/read-directory.ts
 *
 * Without `ATLASSIAN_SCIM_URL` and `ATLASSIAN_SCIM_TOKEN` it reads a fake directory in process.
 */
import { ScimDirectoryClient, type ScimUserId } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const scim = connect();

const { patch, filter } = await scim.serviceProvider.config();
console.log(`Directory ${scim.directoryId ?? 'without an id'}: PATCH ${yes(patch)}, filters ${yes(filter)}`);

const userNames = new Map<ScimUserId, string>();
console.log('\nPeople');
for await (const user of scim.users.list()) {
  userNames.set(user.id, user.userName);
  // The account id may be missing, and the SCIM id never stands in for it.
  const account = user.accountId ?? 'no account is linked';
  console.log(`  ${user.userName}  ${user.active ? 'active' : 'inactive'}  ${account}`);
}

console.log('\nGroups');
for await (const group of scim.groups.list()) {
  const members = group.members.map(({ id }) => userNames.get(id) ?? id).sort();
  console.log(`  ${group.displayName}: ${members.length === 0 ? 'nobody' : members.join(', ')}`);
}

function connect(): ScimDirectoryClient {
  const { ATLASSIAN_SCIM_URL: url, ATLASSIAN_SCIM_TOKEN: token } = process.env;
  if (url !== undefined && token !== undefined) return ScimDirectoryClient.connect({ url, token });

  const fake = new FakeAtlassian();
  fake.addDomain('harbor.example');
  fake.addUser({ email: 'rosa@harbor.example' });
  fake.addUser({ email: 'mia@harbor.example', active: false });
  fake.addUser({ email: 'guest@elsewhere.example' });
  fake.addGroup({ name: 'berth-crew', members: ['rosa@harbor.example', 'mia@harbor.example'] });
  fake.addGroup({ name: 'divers' });

  const { scim: directory, fetch, clock } = fake.connection();
  return ScimDirectoryClient.connect({ ...directory, fetch, clock });
}

function yes(supported: boolean): string {
  return supported ? 'yes' : 'no';
}
