import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeAtlassian } from '../fake-atlassian.js';
import { internalsOf } from '../internals.js';
import { primaryEmail } from '../state/fake-state.js';

const person = fc.constantFrom('rosa', 'noor', 'ito', 'mia');
const group = fc.constantFrom('crew', 'guests', 'night-watch');
const email = fc
  .tuple(person, fc.constantFrom('acme.com', 'acme.example', 'elsewhere.example'))
  .map(([name, domain]) => `${name}@${domain}`);

const step = fc.oneof(
  fc.record({ do: fc.constant('create'), person, email }),
  fc.record({ do: fc.constant('rename'), person, email }),
  fc.record({ do: fc.constant('activate'), person, active: fc.boolean() }),
  fc.record({ do: fc.constant('delete'), person }),
  fc.record({ do: fc.constant('unlink'), person }),
  fc.record({ do: fc.constant('dropRecords'), person }),
  fc.record({ do: fc.constant('createGroup'), group }),
  fc.record({ do: fc.constant('member'), group, person, op: fc.constantFrom('add', 'remove') }),
  fc.record({ do: fc.constant('deleteGroup'), group }),
  fc.record({ do: fc.constant('wait'), ms: fc.integer({ min: 1, max: 20_000 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Sends what a step says. A step about somebody who is not there is a request about an id that is not there. */
async function take(fake: FakeAtlassian, now: Step): Promise<number> {
  const { scim, admin, fetch } = fake.connection();
  const send = async (key: string, method: string, url: string, body?: unknown): Promise<number> =>
    (
      await fetch(url, {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    ).status;
  const links = `${admin.baseUrl}/admin/user-provisioning/v1/org/${fake.organizationId}`;
  const user = (name: string) => `${scim.url}/Users/${fake.user(name)?.id ?? 'nobody'}`;
  const of = (name: string) => `${scim.url}/Groups/${fake.group(name)?.scimGroupId ?? 'none'}`;
  const patch = (operation: unknown) => ({ Operations: [operation] });
  const emails = (value: string) => [{ value, primary: true }];

  if ('email' in now && now.do === 'create')
    return send(scim.token, 'POST', `${scim.url}/Users`, { userName: now.person, emails: emails(now.email) });
  if ('email' in now)
    return send(
      scim.token,
      'PATCH',
      user(now.person),
      patch({ op: 'replace', path: 'emails', value: emails(now.email) }),
    );
  if ('active' in now)
    return send(scim.token, 'PATCH', user(now.person), patch({ op: 'replace', path: 'active', value: now.active }));
  if ('op' in now) {
    const value = [{ value: fake.user(now.person)?.id ?? 'nobody' }];
    return send(scim.token, 'PATCH', of(now.group), patch({ op: now.op, path: 'members', value }));
  }
  if ('group' in now && now.do === 'createGroup')
    return send(scim.token, 'POST', `${scim.url}/Groups`, { displayName: now.group });
  if ('group' in now) return send(scim.token, 'DELETE', of(now.group));
  if ('ms' in now) {
    fake.clock.advance(now.ms);
    return 200;
  }
  if (now.do === 'delete') return send(scim.token, 'DELETE', user(now.person));
  const { id = 'nobody', accountId = 'nobody' } = fake.user(now.person) ?? {};
  return now.do === 'unlink'
    ? send(admin.apiKey, 'PATCH', `${links}/scimDirectoryId/${fake.directoryId}/scimUserId/${id}/unlink`)
    : send(admin.apiKey, 'DELETE', `${links}/user/${accountId}/onlyDeleteUserInDB`);
}

/** What holds of an organization whatever was asked of it. */
function verifyInvariants(fake: FakeAtlassian): void {
  const { state } = internalsOf(fake);
  const users = [...state.scimUsers.values()];
  const emails = users.map((row) => primaryEmail(row)?.toLowerCase());
  const linked = users.flatMap((row) => (row.accountId === undefined ? [] : [row]));

  expect(new Set(emails).size, 'an email is on one user of a directory').toBe(users.length);
  expect(new Set(linked.map((row) => row.accountId)).size, 'an account has one user').toBe(linked.length);
  for (const row of linked) {
    const account = state.accounts.get(row.accountId ?? '');
    expect(account?.email, 'a linked account has the email of its user').toBe(primaryEmail(row));
    if (account !== undefined && state.isManaged(account))
      expect(account.status, 'a managed account is as active as its user').toBe(
        row.attributes.active ? 'active' : 'inactive',
      );
  }
  for (const scimGroup of state.scimGroups.values()) {
    const inDirectory = new Set(
      [...state.scimMembers.membersOf(scimGroup.id)].map((id) => state.scimUsers.get(id)?.accountId),
    );
    for (const accountId of state.groupMembers.membersOf(scimGroup.orgGroupId ?? ''))
      expect(inDirectory, 'nobody is in a synced group who is not in it by SCIM').toContain(accountId);
  }
  for (const orgGroup of state.groups.values())
    expect(state.scimGroups.has(orgGroup.scimGroupId ?? ''), 'a synced group has its SCIM group').toBe(true);
}

test.each([
  ['at once', 0],
  ['after a while', 10_000],
])('keeps directory and organization in step, %s, whatever is asked', async (_when, scimMirrorMs) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const fake = new FakeAtlassian({ lags: { scimMirrorMs } });
      fake.addDomain('acme.com');
      fake.addDomain('acme.example');
      fake.addAccount({ email: 'mia@elsewhere.example' });
      fake.addAccount({ email: 'ito@acme.com' });

      for (const next of steps) expect(await take(fake, next)).toBeLessThan(500);
      fake.flush();

      verifyInvariants(fake);
    }),
    { numRuns: 60 },
  );
});
