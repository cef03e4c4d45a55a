import { describe, expect, test } from 'vitest';
import { identityWorld } from '../../test/fixtures/identity-world.js';
import type { DirectoryAuditEntry, DirectoryAuditReport } from './directory-audit-entry.js';

const entryOf = ({ entries }: DirectoryAuditReport, id: string | undefined): DirectoryAuditEntry | undefined =>
  entries.find(({ identity }) => identity.scimUserId?.value === id || identity.accountId?.value === id);
const findings = (entry: DirectoryAuditEntry | undefined): string[] =>
  entry?.evidence.map(({ finding }) => finding) ?? [];

describe('an audit finds', () => {
  test('who is linked, and in agreement', async () => {
    const { fake, mapper } = identityWorld();
    const rosa = fake.addUser({ email: 'rosa@acme.example', externalId: 'e-1' });
    fake.addAccount({ email: 'invited@acme.example' });

    const report = await mapper.audit();

    expect(report.counts).toEqual({ linked: 1, unlinked: 0, duplicated: 0, orphaned: 0, conflicting: 0 });
    expect(report.entries).toEqual([
      {
        class: 'linked',
        identity: {
          link: 'linked',
          email: { value: 'rosa@acme.example', source: 'scim-record', observedAt: expect.any(String) },
          userName: { value: 'rosa@acme.example', source: 'scim-record', observedAt: expect.any(String) },
          externalId: { value: 'e-1', source: 'scim-record', observedAt: expect.any(String) },
          scimUserId: { value: rosa.id, source: 'scim-record', observedAt: expect.any(String) },
          accountId: { value: rosa.accountId, source: 'scim-extension', observedAt: expect.any(String) },
        },
        evidence: [
          {
            finding: 'account-linked',
            source: 'scim-extension',
            detail: expect.any(String),
            scimUserIds: [rosa.id],
            accountIds: [rosa.accountId],
          },
        ],
      },
    ]);
  });

  test('who is unlinked, and which account has the email', async () => {
    const { fake, admin, mapper } = identityWorld();
    const pat = fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });
    const rosa = fake.addUser({ email: 'rosa@acme.example' });
    await admin.provisioningLinks.unlink(fake.directoryId, rosa.id);

    const report = await mapper.audit();

    expect(entryOf(report, pat.id)).toMatchObject({ class: 'unlinked', identity: { link: 'unlinked' } });
    expect(findings(entryOf(report, pat.id))).toEqual(['no-account-id']);
    expect(findings(entryOf(report, rosa.id))).toEqual(['no-account-id', 'account-with-same-email']);
    expect(entryOf(report, rosa.id)?.evidence[1]?.accountIds).toEqual([rosa.accountId]);
  });

  test('two records that name one account, or have one externalId', async () => {
    const world = identityWorld();
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) =>
      world.fake.addUser({ email: `${name}@acme.example`, externalId: name }),
    );
    world.fake.changeUser(two?.id ?? '', { accountId: one?.accountId ?? '' });
    world.fake.changeUser(four?.id ?? '', { externalId: 'three' });

    const report = await world.mapper.audit();

    const sameAccount = entryOf(report, two?.id);
    expect(sameAccount?.class).toBe('duplicated');
    expect(sameAccount?.evidence).toContainEqual(
      expect.objectContaining({
        finding: 'account-on-two-records',
        scimUserIds: [one?.id, two?.id],
        accountIds: [one?.accountId],
      }),
    );
    expect([one, two, three, four].map((user) => entryOf(report, user?.id)?.class)).toEqual(
      Array.from({ length: 4 }, () => 'duplicated'),
    );
    expect(findings(entryOf(report, four?.id))).toContain('external-id-on-two-records');
  });

  test('two accounts with one email, with and without a record', async () => {
    const { fake, mapper } = identityWorld();
    const users = ['1', '2'].map((accountId) => ({ accountId, email: 'twin@acme.example', accountStatus: 'active' }));
    fake.failNext('admin.users.search', { status: 200, body: { data: users, links: {} } });

    const report = await mapper.audit();

    expect(report.counts.duplicated).toBe(2);
    expect(report.entries[0]?.evidence).toMatchObject([
      { finding: 'email-on-two-accounts', source: 'directory-search', accountIds: ['1', '2'] },
    ]);
  });

  test('records whose account is deleted, about to be, or not there', async () => {
    const world = identityWorld();
    const { fake, mapper } = world;
    const [gone, going, closed] = ['gone', 'going', 'closed'].map((name) =>
      fake.addUser({ email: `${name}@acme.example` }),
    );
    world.fake.changeUser(gone?.id ?? '', { accountId: '712020:gone' });
    const users = [
      { accountId: going?.accountId ?? '', status: 'for_deletion', accountStatus: 'inactive', claimStatus: 'managed' },
      { accountId: closed?.accountId ?? '', accountStatus: 'closed' },
    ];
    fake.failNext('admin.users.search', { status: 200, body: { data: users, links: {} } });

    const report = await mapper.audit();

    expect(
      [gone, going, closed].map((user) =>
        findings(entryOf(report, user?.id)).filter((each) => each !== 'account-linked'),
      ),
    ).toEqual([
      ['account-not-in-organization', 'link-differs'],
      ['account-scheduled-for-deletion'],
      ['account-closed'],
    ]);
    expect(report.counts.orphaned).toBe(3);
  });

  test('synced accounts without a record, and leaves those of another directory alone', async () => {
    const { fake, mapper } = identityWorld();
    const lost = fake.addAccount({ email: 'lost@acme.example', managementSource: 'synced' });
    const other = fake.addScimDirectory();
    const theirs = fake.addUser({ email: 'theirs@acme.example', directoryId: other.id });

    const report = await mapper.audit();

    expect(entryOf(report, lost.accountId)).toMatchObject({
      class: 'orphaned',
      identity: { link: 'unsynced', email: { value: 'lost@acme.example' } },
      evidence: [{ finding: 'synced-without-record', source: 'scim-links-by-account' }],
    });
    expect(entryOf(report, theirs.accountId)).toBeUndefined();
    expect(report.entries).toHaveLength(1);
  });

  test('a link to a record that the directory does not have', async () => {
    const { fake, mapper } = identityWorld();
    fake.addDomain('acme.example');
    const lost = fake.addAccount({ email: 'lost@acme.example', managementSource: 'synced' });
    fake.failNext('admin.provisioningLinks.forAccount', {
      status: 200,
      body: { scimLinks: [{ scimUserId: 'scim-gone', orgId: fake.organizationId, directoryId: fake.directoryId }] },
    });

    const report = await mapper.audit();

    expect(entryOf(report, lost.accountId)).toMatchObject({
      class: 'orphaned',
      evidence: [{ finding: 'link-to-missing-record', scimUserIds: ['scim-gone'], accountIds: [lost.accountId] }],
    });
  });

  test('records and accounts that contradict each other', async () => {
    const { fake, mapper } = identityWorld();
    const moved = fake.addUser({ email: 'moved@acme.example' });
    fake.changeAccount('moved@acme.example', { email: 'old@acme.example' });
    const enabled = fake.addUser({ email: 'enabled@acme.example', active: false });
    fake.changeAccount('enabled@acme.example', { status: 'active' });
    const disabled = fake.addUser({ email: 'disabled@acme.example' });
    fake.changeAccount('disabled@acme.example', { status: 'inactive' });

    const report = await mapper.audit();

    expect(report.counts).toMatchObject({ conflicting: 3, linked: 0 });
    expect(findings(entryOf(report, moved.id))).toContain('email-differs');
    expect(findings(entryOf(report, enabled.id))).toContain('active-differs');
    expect(findings(entryOf(report, disabled.id))).toContain('active-differs');
  });

  test('no contradiction where the organization does not manage the account, and so cannot switch it', async () => {
    const { fake, mapper } = identityWorld();
    const guest = fake.addUser({ email: 'guest@partner.example', link: 'external', active: false });

    const report = await mapper.audit();

    expect(entryOf(report, guest.id)?.class).toBe('linked');
  });

  test('a link that says otherwise than the record, for the doubtful and on demand for all', async () => {
    const world = identityWorld();
    const { fake, mapper } = world;
    const rosa = fake.addUser({ email: 'rosa@acme.example' });
    fake.fail('admin.provisioningLinks.forAccount', { status: 200, body: { scimLinks: [] } });

    const doubtful = await mapper.audit();
    const all = await mapper.audit({ links: 'all' });

    expect(entryOf(doubtful, rosa.id)?.class).toBe('linked');
    expect(entryOf(all, rosa.id)?.class).toBe('conflicting');
    expect(entryOf(all, rosa.id)?.evidence).toContainEqual(
      expect.objectContaining({
        finding: 'link-differs',
        source: 'scim-links-by-account',
        scimUserIds: [rosa.id],
        accountIds: [rosa.accountId],
      }),
    );
  });

  test('a link that a record does not name, and the records of other directories', async () => {
    const { fake, mapper } = identityWorld();
    const rosa = fake.addUser({ email: 'rosa@acme.example' });
    const account = rosa.accountId ?? '';
    fake.changeUser(rosa.id, { accountId: undefined });
    const link = { atlassianAccountId: account, orgId: fake.organizationId };
    fake.failNext('admin.provisioningLinks.forEmail', {
      status: 200,
      body: {
        scimLinks: [
          { ...link, scimUserId: rosa.id, directoryId: fake.directoryId },
          { ...link, scimUserId: 'theirs', directoryId: 'another' },
        ],
      },
    });

    const report = await mapper.audit();

    expect(entryOf(report, rosa.id)).toMatchObject({ class: 'conflicting', identity: { link: 'unlinked' } });
    expect(entryOf(report, rosa.id)?.evidence).toMatchObject([
      { finding: 'no-account-id' },
      { finding: 'account-with-same-email', accountIds: [account] },
      { finding: 'link-differs', source: 'scim-links-by-email', accountIds: [account] },
      { finding: 'linked-in-other-directory', scimUserIds: ['theirs'], scimDirectoryId: 'another' },
    ]);
  });

  test('a person who was created while the lists were read', async () => {
    const { fake, mapper } = identityWorld();
    fake.addDomain('acme.example');
    fake.failNext('scim.users.list', { status: 200, body: { totalResults: 0, startIndex: 1, Resources: [] } });
    const rosa = fake.addUser({ email: 'rosa@acme.example' });

    const report = await mapper.audit();

    expect(report.entries).toMatchObject([{ class: 'linked', identity: { scimUserId: { value: rosa.id } } }]);
  });

  test('what the records say alone, without an organization client', async () => {
    const { fake, mapperWith } = identityWorld();
    fake.addUser({ email: 'rosa@acme.example' });
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const report = await mapperWith({ admin: undefined }).audit();

    expect(report.counts).toEqual({ linked: 1, unlinked: 1, duplicated: 0, orphaned: 0, conflicting: 0 });
  });
});

describe('an audit', () => {
  test('takes a page for 100 records, one for 100 accounts, and one call for each that is doubtful', async () => {
    const { fake, mapper, calls } = identityWorld();
    for (let index = 0; index < 230; index += 1) fake.addUser({ email: `p-${index}@acme.example` });
    for (let index = 0; index < 30; index += 1) fake.addAccount({ email: `a-${index}@acme.example` });
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const report = await mapper.audit();

    expect(report.counts).toMatchObject({ linked: 230, unlinked: 1 });
    expect(calls()).toHaveLength(Math.ceil(231 / 100) + Math.ceil(260 / 100) + 1);
  });

  test('gives its entries as it goes, and asks no further than it is read', async () => {
    const { fake, mapper, calls } = identityWorld();
    for (let index = 0; index < 150; index += 1)
      fake.addUser({ email: `p-${index}@partner.example`, link: 'unlinked' });

    const first = await mapper.auditEntries().next();

    expect(first.value).toMatchObject({ class: 'unlinked' });
    expect(calls().filter((call) => call === 'admin.provisioningLinks.forEmail')).toHaveLength(100);
  });

  test('says when it began and ended', async () => {
    const { mapper } = identityWorld({ startsAt: '2026-03-01T10:00:00Z', requestDurationMs: 500 });

    expect(await mapper.audit()).toMatchObject({
      entries: [],
      startedAt: '2026-03-01T10:00:00.000Z',
      finishedAt: '2026-03-01T10:00:01.000Z',
    });
  });

  test('has no personal value in its evidence', async () => {
    const { fake, mapper } = identityWorld();
    fake.addUser({ email: 'moved@acme.example', externalId: 'e-77' });
    fake.changeAccount('moved@acme.example', { email: 'old@acme.example' });

    const { entries } = await mapper.audit();

    expect(JSON.stringify(entries.map(({ evidence }) => evidence))).not.toMatch(/acme|e-77/u);
    expect(entries[0]?.evidence).not.toEqual([]);
  });

  test('can be cancelled', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addUser({ email: 'rosa@acme.example' });
    const controller = new AbortController();

    const auditing = mapper.audit({ signal: controller.signal, onAttempt: () => controller.abort() });

    await expect(auditing).rejects.toMatchObject({ code: 'aborted' });
    expect(calls()).toHaveLength(1);
  });

  test('needs the directory', async () => {
    const { mapperWith } = identityWorld();

    await expect(mapperWith({ scim: undefined }).audit()).rejects.toMatchObject({ code: 'capability_missing' });
  });
});
