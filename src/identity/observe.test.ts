import { describe, expect, test } from 'vitest';
import { identityWorld, withoutExtension } from '../../test/fixtures/identity-world.js';
import { atlassianAccountId, scimUserId } from '../model/ids.js';
import type { IdentityRef } from '../model/identity.js';

const EMAIL = 'rosa@acme.example';
const SCIM = 'scim-record';

describe('what one observation asks', () => {
  test.each<[string, (ids: Record<string, string>) => IdentityRef, string[]]>([
    ['an email that is the userName', () => ({ email: 'Rosa@Acme.example' }), ['scim.users.list']],
    ['a userName', () => ({ userName: 'ROSA@acme.example' }), ['scim.users.list']],
    ['an externalId', () => ({ externalId: 'e-1' }), ['scim.users.list']],
    ['a SCIM id', ({ scim }) => ({ scimUserId: scimUserId(scim ?? '') }), ['scim.users.get']],
    [
      'an account id',
      ({ account }) => ({ accountId: atlassianAccountId(account ?? '') }),
      ['admin.provisioningLinks.forAccount', 'scim.users.get'],
    ],
  ])('finds every id of a linked person by %s', async (_, refOf, expected) => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL, externalId: 'e-1' });

    const found = await mapper.observe(refOf({ scim: rosa.id, account: rosa.accountId ?? '' }));

    expect(found?.identity).toEqual({
      link: 'linked',
      email: { value: EMAIL, source: SCIM, observedAt: expect.any(String) },
      userName: { value: EMAIL, source: SCIM, observedAt: expect.any(String) },
      externalId: { value: 'e-1', source: SCIM, observedAt: expect.any(String) },
      scimUserId: { value: rosa.id, source: SCIM, observedAt: expect.any(String) },
      accountId: { value: rosa.accountId, source: 'scim-extension', observedAt: expect.any(String) },
    });
    expect(calls()).toEqual(expected);
  });

  test('says when each id was read', async () => {
    const { fake, mapper } = identityWorld({ startsAt: '2026-03-01T10:00:00Z', requestDurationMs: 1000 });
    fake.addUser({ email: EMAIL });

    const found = await mapper.observe({ email: EMAIL });

    expect(found?.identity.scimUserId?.observedAt).toBe('2026-03-01T10:00:01.000Z');
  });

  test('is one call for the record, and brings the account id along', async () => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });

    const found = await mapper.observe({ email: EMAIL }, { need: ['scimUser'] });

    expect(found?.scimUser).toMatchObject({ id: rosa.id, displayName: 'Rosa' });
    expect(found?.identity.accountId).toMatchObject({ value: rosa.accountId, source: 'scim-extension' });
    expect(found).not.toHaveProperty('orgUser');
    expect(calls()).toEqual(['scim.users.list']);
  });

  test('is one search for the user of the organization alone', async () => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });

    const found = await mapper.observe({ email: EMAIL }, { need: ['orgUser'] });

    expect(found?.orgUser).toMatchObject({ accountId: rosa.accountId, email: EMAIL });
    expect(found).not.toHaveProperty('scimUser');
    expect(found?.identity).toMatchObject({ link: 'unknown', accountId: { source: 'directory-search' } });
    expect(calls()).toEqual(['admin.users.search']);
  });

  test.each<[string, (account: string) => IdentityRef, string[]]>([
    ['email', () => ({ email: EMAIL }), ['scim.users.list', 'admin.users.search']],
    ['account id', (id) => ({ accountId: atlassianAccountId(id) }), ['admin.users.search', 'scim.users.list']],
  ])('is two calls for record and user by %s', async (_, refOf, expected) => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });

    const found = await mapper.observe(refOf(rosa.accountId ?? ''), { need: ['scimUser', 'orgUser'] });

    expect(found?.scimUser?.id).toBe(rosa.id);
    expect(found?.orgUser?.accountId).toBe(rosa.accountId);
    expect(calls()).toEqual(expected);
  });

  test('has in the user what it was told to expand', async () => {
    const { fake, mapper } = identityWorld();
    fake.addGroup({ name: 'crew', origin: 'local' });
    fake.addAccount({ email: EMAIL, groups: ['crew'] });

    const found = await mapper.observe({ email: EMAIL }, { need: ['orgUser'], expand: ['groups', 'platformRoles'] });

    expect(found?.orgUser?.groups?.map(({ name }) => name)).toEqual(['crew']);
    expect(found?.orgUser?.platformRoles).toEqual([]);
  });
});

describe('an email that is not the userName', () => {
  test('finds the record by the links of the email', async () => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL, userName: 'rquell' });

    const found = await mapper.observe({ email: EMAIL }, { need: ['scimUser'] });

    expect(found?.scimUser?.id).toBe(rosa.id);
    expect(calls()).toEqual(['scim.users.list', 'admin.provisioningLinks.forEmail', 'scim.users.get']);
  });

  test('is not the person whose userName it is, while their email is another one', async () => {
    const { fake, mapper } = identityWorld();
    fake.addUser({ email: 'somebody.else@acme.example', userName: EMAIL });
    const rosa = fake.addUser({ email: EMAIL, userName: 'rquell' });

    const found = await mapper.observe({ email: EMAIL });

    expect(found?.scimUser?.id).toBe(rosa.id);
    expect(found?.identity.accountId?.value).toBe(rosa.accountId);
  });

  test('is nobody when only a userName is like it', async () => {
    const { fake, mapper } = identityWorld();
    fake.addUser({ email: 'somebody.else@acme.example', userName: EMAIL });

    expect(await mapper.observe({ email: EMAIL })).toBeUndefined();
  });
});

describe('a record without an account id', () => {
  test('is unlinked, and the SCIM id does not stand in for the account id', async () => {
    const { fake, mapper, calls } = identityWorld();
    const pat = fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const found = await mapper.observe({ email: 'pat@partner.example' });

    expect(found?.identity).toMatchObject({ link: 'unlinked', scimUserId: { value: pat.id } });
    expect(found?.identity).not.toHaveProperty('accountId');
    expect(calls()).toEqual(['scim.users.list', 'admin.provisioningLinks.forEmail', 'admin.users.search']);
  });

  test('asks nothing about the account where only the record is needed', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const found = await mapper.observe({ email: 'pat@partner.example' }, { need: ['scimUser'] });

    expect(found?.identity.link).toBe('unlinked');
    expect(calls()).toEqual(['scim.users.list']);
  });

  test('is linked when its own link names the account', async () => {
    const world = identityWorld();
    const rosa = world.fake.addUser({ email: EMAIL });
    const mapper = world.mapperWith({ scim: withoutExtension(world.fake) });

    const found = await mapper.observe({ scimUserId: rosa.id });

    expect(found?.identity).toMatchObject({
      link: 'linked',
      accountId: { value: rosa.accountId, source: 'scim-links-by-email' },
    });
    expect(world.calls()).toEqual(['scim.users.get', 'admin.provisioningLinks.forEmail']);
  });

  test('is linked when the account was asked for and its link names the record', async () => {
    const world = identityWorld();
    const rosa = world.fake.addUser({ email: EMAIL });
    const mapper = world.mapperWith({ scim: withoutExtension(world.fake) });

    const found = await mapper.observe({ accountId: atlassianAccountId(rosa.accountId ?? '') });

    expect(found?.identity).toMatchObject({
      link: 'linked',
      scimUserId: { value: rosa.id },
      accountId: { value: rosa.accountId, source: 'scim-links-by-account' },
    });
  });

  test('stays unlinked when a search finds an account with its email, which is given with its source', async () => {
    const { fake, admin, mapper } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    await admin.provisioningLinks.unlink(fake.directoryId, rosa.id);

    const byEmail = await mapper.observe({ email: EMAIL });
    const byAccount = await mapper.observe({ accountId: atlassianAccountId(rosa.accountId ?? '') });

    expect(byEmail?.identity).toMatchObject({
      link: 'unlinked',
      scimUserId: { value: rosa.id },
      accountId: { value: rosa.accountId, source: 'directory-search' },
    });
    expect(byAccount?.identity).toMatchObject({ link: 'unlinked', scimUserId: { value: rosa.id } });
    expect(byAccount?.scimUser?.id).toBe(rosa.id);
  });
});

describe('an account without a record', () => {
  test.each<[string, (id: string) => IdentityRef]>([
    ['email', () => ({ email: EMAIL })],
    ['account id', (id) => ({ accountId: atlassianAccountId(id) })],
  ])('is unsynced, by %s', async (_, refOf) => {
    const { fake, mapper } = identityWorld();
    const rosa = fake.addAccount({ email: EMAIL });

    const found = await mapper.observe(refOf(rosa.accountId));

    expect(found?.identity).toEqual({
      link: 'unsynced',
      email: { value: EMAIL, source: 'directory-search', observedAt: expect.any(String) },
      accountId: { value: rosa.accountId, source: 'directory-search', observedAt: expect.any(String) },
    });
    expect(found).not.toHaveProperty('scimUser');
  });

  test('is nobody where only a record is needed', async () => {
    const { fake, mapper } = identityWorld();
    fake.addAccount({ email: EMAIL });

    expect(await mapper.observe({ email: EMAIL }, { need: ['scimUser'] })).toBeUndefined();
  });

  test('is known by the link of another directory, whose record is not taken for ours', async () => {
    const { fake, mapper, calls } = identityWorld();
    const other = fake.addScimDirectory();
    const rosa = fake.addUser({ email: EMAIL, directoryId: other.id });

    const found = await mapper.observe({ email: EMAIL });

    expect(found?.identity).toMatchObject({
      link: 'unsynced',
      accountId: { value: rosa.accountId, source: 'scim-links-by-email' },
    });
    expect(found?.identity).not.toHaveProperty('scimUserId');
    expect(calls()).not.toContain('scim.users.get');
  });

  test('is known by its link, where the organization does not list it yet', async () => {
    const { fake, mapper } = identityWorld();
    const other = fake.addScimDirectory();
    const rosa = fake.addUser({ email: EMAIL, directoryId: other.id });
    fake.fail('admin.users.search', { status: 200, body: { data: [], links: {} }, times: Infinity });

    const found = await mapper.observe({ accountId: atlassianAccountId(rosa.accountId ?? '') });

    expect(found?.identity).toEqual({
      link: 'unsynced',
      accountId: { value: rosa.accountId, source: 'scim-links-by-account', observedAt: expect.any(String) },
    });
  });

  test('leads to its record when that has another email than the account', async () => {
    const { fake, mapper } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    fake.changeAccount(EMAIL, { email: 'rosa.ito@acme.example' });

    const found = await mapper.observe({ email: 'rosa.ito@acme.example' });

    expect(found?.identity).toMatchObject({ link: 'linked', scimUserId: { value: rosa.id }, email: { value: EMAIL } });
  });
});

describe('what is not guessed', () => {
  test('two records with one externalId', async () => {
    const { fake, mapper } = identityWorld();
    const records = ['scim-1', 'scim-2'].map((id) => ({ id, userName: id, externalId: 'e-1', emails: [] }));
    const body = { totalResults: 2, startIndex: 1, itemsPerPage: 100, Resources: records };
    fake.failNext('scim.users.list', { status: 200, body });

    await expect(mapper.observe({ externalId: 'e-1' })).rejects.toMatchObject({
      code: 'identity_ambiguous',
      message: expect.stringMatching(/scim-1.*scim-2/u),
      candidates: [
        { scimUserId: 'scim-1', foundIn: SCIM },
        { scimUserId: 'scim-2', foundIn: SCIM },
      ],
    });
  });

  test('two accounts with the email of an unlinked record', async () => {
    const { fake, mapper } = identityWorld();
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });
    const users = ['1', '2'].map((accountId) => ({ accountId, email: 'pat@partner.example' }));
    fake.failNext('admin.users.search', { status: 200, body: { data: users, links: {} } });

    await expect(mapper.observe({ email: 'pat@partner.example' })).rejects.toMatchObject({
      code: 'identity_ambiguous',
      candidates: [
        { accountId: '1', foundIn: 'directory-search' },
        { accountId: '2', foundIn: 'directory-search' },
      ],
    });
  });

  test('two accounts that other directories link to the email', async () => {
    const { fake, mapper } = identityWorld();
    const links = ['1', '2'].map((id) => ({
      scimUserId: `scim-${id}`,
      atlassianAccountId: id,
      orgId: fake.organizationId,
      directoryId: 'another',
    }));
    fake.failNext('admin.provisioningLinks.forEmail', { status: 200, body: { scimLinks: links } });

    await expect(mapper.observe({ email: EMAIL })).rejects.toMatchObject({
      code: 'identity_ambiguous',
      candidates: [
        { scimUserId: 'scim-1', scimDirectoryId: 'another', accountId: '1', foundIn: 'scim-links-by-email' },
        { scimUserId: 'scim-2', scimDirectoryId: 'another', accountId: '2', foundIn: 'scim-links-by-email' },
      ],
    });
  });

  test('a link to a record that names another account', async () => {
    const { fake, mapper } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    const other = fake.addAccount({ email: 'other@acme.example' });
    fake.failNext('admin.provisioningLinks.forAccount', {
      status: 200,
      body: { scimLinks: [{ scimUserId: rosa.id, orgId: fake.organizationId, directoryId: fake.directoryId }] },
    });

    await expect(mapper.observe({ accountId: other.accountId })).rejects.toMatchObject({
      code: 'identity_conflict',
      candidates: [
        { scimUserId: rosa.id, accountId: other.accountId, foundIn: 'scim-links-by-account' },
        { scimUserId: rosa.id, accountId: rosa.accountId, foundIn: 'scim-extension' },
      ],
    });
  });
});

describe('nobody', () => {
  test.each<[string, IdentityRef]>([
    ['email', { email: EMAIL }],
    ['userName', { userName: EMAIL }],
    ['externalId', { externalId: 'e-1' }],
    ['SCIM id', { scimUserId: scimUserId('5c100000-0000-4000-8000-00000000ffff') }],
    ['account id', { accountId: atlassianAccountId('712020:nobody') }],
  ])('has an unknown %s', async (_, ref) => {
    const { mapper } = identityWorld();

    expect(await mapper.observe(ref)).toBeUndefined();
    expect(await mapper.find(ref)).toBeUndefined();
    await expect(mapper.resolve(ref)).rejects.toMatchObject({
      code: 'identity_not_found',
      refKind: Object.keys(ref)[0],
    });
  });

  test('is not what a refused call says', async () => {
    const { fake, mapper } = identityWorld();
    fake.failNext('admin.provisioningLinks.forEmail', { status: 403 });

    await expect(mapper.observe({ email: EMAIL })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('with one client alone', () => {
  test('the directory knows an email that is a userName, and nothing of links', async () => {
    const { fake, mapperWith, calls } = identityWorld();
    const mapper = mapperWith({ admin: undefined });
    const rosa = fake.addUser({ email: EMAIL });
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const linked = await mapper.resolve({ email: EMAIL });
    const unlinked = await mapper.resolve({ email: 'pat@partner.example' });

    expect(linked).toMatchObject({ link: 'linked', accountId: { value: rosa.accountId } });
    expect(unlinked).toMatchObject({ link: 'unlinked' });
    expect(await mapper.find({ email: 'nobody@acme.example' })).toBeUndefined();
    expect(calls()).toEqual(['scim.users.list', 'scim.users.list', 'scim.users.list']);
  });

  test('the directory cannot look up an account id', async () => {
    const { mapperWith, calls } = identityWorld();
    const mapper = mapperWith({ admin: undefined });

    await expect(mapper.observe({ accountId: atlassianAccountId('1') })).rejects.toMatchObject({
      code: 'capability_missing',
    });
    expect(calls()).toEqual([]);
  });

  test('the organization knows email and account id in one call, and not whether a record is linked', async () => {
    const { fake, mapperWith, calls } = identityWorld();
    const mapper = mapperWith({ scim: undefined, cache: false });
    const rosa = fake.addUser({ email: EMAIL });

    const byEmail = await mapper.resolve({ email: EMAIL });
    const byAccount = await mapper.resolve({ accountId: atlassianAccountId(rosa.accountId ?? '') });

    expect(byEmail).toEqual({
      link: 'unknown',
      email: { value: EMAIL, source: 'directory-search', observedAt: expect.any(String) },
      accountId: { value: rosa.accountId, source: 'directory-search', observedAt: expect.any(String) },
    });
    expect({ ...byAccount, email: undefined, accountId: undefined }).toEqual({
      link: 'unknown',
      email: undefined,
      accountId: undefined,
    });
    expect(byAccount.email?.value).toBe(EMAIL);
    expect(calls()).toEqual(['admin.users.search', 'admin.users.search']);
  });

  test.each<[string, IdentityRef]>([
    ['userName', { userName: EMAIL }],
    ['externalId', { externalId: 'e-1' }],
    ['scimUserId', { scimUserId: scimUserId('1') }],
  ])('the organization cannot look up a %s', async (kind, ref) => {
    const { mapperWith } = identityWorld();
    const mapper = mapperWith({ scim: undefined });

    await expect(mapper.observe(ref)).rejects.toMatchObject({
      code: 'capability_missing',
      message: expect.stringContaining(kind),
    });
  });

  test('needs one client at least', () => {
    const { mapperWith } = identityWorld();

    expect(() => mapperWith({ scim: undefined, admin: undefined })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});

describe('cancelling', () => {
  test('before anything is asked asks nothing', async () => {
    const { mapper, calls } = identityWorld();

    await expect(mapper.observe({ email: EMAIL }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    await expect(mapper.find({ email: EMAIL }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(calls()).toEqual([]);
  });

  test('between two calls does not send the second', async () => {
    const { mapper, calls } = identityWorld();
    const controller = new AbortController();

    const observing = mapper.observe(
      { email: EMAIL },
      { signal: controller.signal, onAttempt: () => controller.abort() },
    );

    await expect(observing).rejects.toMatchObject({ code: 'aborted' });
    expect(calls()).toEqual(['scim.users.list']);
  });
});
