import { describe, expect } from 'vitest';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const PROTECTED = { guard: { protect: { groups: ['break-glass'] } } };
const ACCOUNT = { scope: 'account', confirm: ROSA.email } as const;

/** Answers of the fake without the names of a record’s groups, which SCIM leaves optional. */
function withoutGroupNames(fetch: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await fetch(request);
    const body = (await response.text()).replaceAll(/,?"display":"[^"]*"/g, '');
    return new Response(body === '' ? null : body, { status: response.status, headers: response.headers });
  };
}

describe('a protected group', () => {
  test('is found by its id, whatever a restore point calls it', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    const { scimGroupId } = fake.addGroup({ name: 'break-glass' });
    const atlassian = connect(PROTECTED);
    const group = { route: 'scim', name: 'innocent', scimGroupId: scimGroupId as never } as const;

    const result = await atlassian.reactivateIdentity(ROSA, { restore: { deactivated: [], groups: [group] } });

    expect(result.outcome).toBe('staged');
    expect(result.plan.operations[0]?.target.name).toBe('break-glass');
    expect(fake.group('break-glass')?.scimMembers).toEqual([]);
  });

  test('that is local keeps an account from being deleted', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    fake.addGroup({ name: 'break-glass', origin: 'local', members: [ROSA.email] });

    const result = await connect(PROTECTED).deleteIdentity(ROSA, ACCOUNT);

    expect(outcomesOf(result)).toEqual([['account.scheduleDeletion', 'staged']]);
    fake.requests.expectNoWrites();
  });

  test('of another directory keeps its records from being dropped', async ({ fake, connect }) => {
    const other = fake.addScimDirectory();
    const theirs = connect({ scim: { url: other.url, token: other.key } });
    await theirs.syncIdentity(ROSA);
    fake.addGroup({ name: 'break-glass', directoryId: other.id, members: [ROSA.email] });
    fake.requests.clear();

    const result = await connect(PROTECTED).deleteIdentity(ROSA, { ...ACCOUNT, otherDirectories: 'drop-records' });

    expect(outcomesOf(result)).toEqual([
      ['links.deleteRecords', 'staged'],
      ['account.scheduleDeletion', 'skipped'],
    ]);
    fake.requests.expectNoWrites();
  });

  test.for(['deprovisionIdentity', 'deleteIdentity'] as const)(
    'stays protected from %s where the record does not name its groups',
    async (action, { fake, connect }) => {
      fake.addUser({ ...ROSA });
      fake.addGroup({ name: 'break-glass', members: [ROSA.email] });
      const atlassian = connect({ ...PROTECTED, fetch: withoutGroupNames(fake.fetch) });

      const result =
        action === 'deleteIdentity'
          ? await atlassian.deleteIdentity(ROSA, { scope: 'directory', confirm: ROSA.email })
          : await atlassian.deprovisionIdentity(ROSA);

      expect(result.outcome).toBe('staged');
      expect(result.staged[0]?.reason).toContain('"break-glass"');
      expect(fake.group('break-glass')?.scimMembers).toEqual([ROSA.email]);
    },
  );

  test('may be any group whose name cannot be read', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.fail('scim.groups.get', { status: 403, times: 9 });
    const atlassian = connect({ ...PROTECTED, fetch: withoutGroupNames(fake.fetch) });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.staged[0]?.reason).toContain('could not be read');
    expect(fake.group('crew')?.scimMembers).toEqual([ROSA.email]);
  });
});

describe('a protected address', () => {
  test('is not given to somebody else by a rename', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    const atlassian = connect({ guard: { protect: { identities: ['ceo@acme.com'] } } });

    const result = await atlassian.syncIdentity({ email: 'ceo@acme.com', identity: ROSA });

    expect(result.outcome).toBe('staged');
    expect(fake.user(ROSA.email)?.userName).toBe(ROSA.email);
  });
});

describe('the limit of removals', () => {
  test('counts the local groups that a deleted account leaves', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const atlassian = connect({ guard: { maxRemovals: { count: 0 } } });

    const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

    expect(result.outcome).toBe('staged');
  });

  test('counts each group once where an offboarding removes the person first', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const atlassian = connect({ guard: { maxRemovals: { count: 1 } } });

    const result = await atlassian.offboard({ identity: ROSA, delete: ACCOUNT });

    expect(result.outcome).toBe('offboarded');
  });
});
