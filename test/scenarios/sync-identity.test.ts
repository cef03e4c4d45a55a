import { describe, expect } from 'vitest';
import type { PersonAttributes } from '../../src/index.js';
import { idsOf, outcomesOf, test } from './support.js';

describe('syncIdentity ends as', () => {
  test('created, with a managed account, when nobody has the email', async ({ fake, atlassian }) => {
    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });

    expect(result.outcome).toBe('created');
    expect(outcomesOf(result)).toEqual([['scim.user.create', 'applied']]);
    expect(fake.user('rosa@acme.com')).toMatchObject({ userName: 'rosa@acme.com', active: true });
    expect(fake.account('rosa@acme.com')).toMatchObject({ name: 'Rosa Quell', managed: true, synced: true });
  });

  test('linked, to the account that was there before, when only an account has the email', async ({
    fake,
    atlassian,
  }) => {
    const before = fake.addAccount({ email: 'rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(result.outcome).toBe('linked');
    expect(idsOf(result)).toMatchObject({ link: 'linked', accountId: before.accountId });
    expect(fake.user('rosa@acme.com')?.accountId).toBe(before.accountId);
  });

  test('linked, and says that the account is its owner’s, when the account is external', async ({
    fake,
    atlassian,
  }) => {
    const before = fake.addAccount({ email: 'zoe@partner.example', name: 'Zoe' });

    const result = await atlassian.syncIdentity({ email: 'zoe@partner.example', displayName: 'Zoe Marr' });

    expect(result.outcome).toBe('linked');
    expect(result.notes).toEqual([expect.stringContaining('external')]);
    expect(idsOf(result)).toMatchObject({ link: 'linked', accountId: before.accountId });
    expect(fake.account('zoe@partner.example')).toMatchObject({ managed: false, name: 'Zoe' });
  });

  test('linked when a record that was unlinked gets its account again', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', link: 'unlinked' });
    const account = fake.account('rosa@acme.com');

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(result.outcome).toBe('linked');
    expect(outcomesOf(result)).toEqual([['scim.user.update', 'applied']]);
    expect(idsOf(result)).toMatchObject({ link: 'linked', accountId: account?.accountId });
    expect(fake.user('rosa@acme.com')?.accountId).toBe(account?.accountId);
  });

  test('updated, with one PATCH of what differs, when attributes differ', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell', title: 'Planner', department: 'Ops' });

    const result = await atlassian.syncIdentity({
      email: 'rosa@acme.com',
      displayName: 'Rosa Quell',
      jobTitle: 'Lead',
      department: 'Harbor',
    });

    expect(result.outcome).toBe('updated');
    expect(fake.requests.of('scim.users.patch').map(({ body }) => body)).toEqual([
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'replace', path: 'title', value: 'Lead' },
          { op: 'replace', path: 'department', value: 'Harbor' },
        ],
      },
    ]);
    expect(fake.account('rosa@acme.com')?.profile).toEqual({ jobTitle: 'Lead', department: 'Harbor' });
  });

  test('renamed when the email of a known identity changes', async ({ fake, atlassian }) => {
    const before = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const result = await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', externalId: 'e-1' });

    expect(result.outcome).toBe('renamed');
    expect(idsOf(result)).toEqual({
      link: 'linked',
      email: 'rosa.ito@acme.com',
      userName: 'rosa.ito@acme.com',
      externalId: 'e-1',
      scimUserId: before.id,
      accountId: before.accountId,
    });
    expect(fake.account(before.accountId ?? '')?.email).toBe('rosa.ito@acme.com');
  });

  test('reactivated when it was asked to activate an inactive record', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', active: false });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', reactivate: true });

    expect(result.outcome).toBe('reactivated');
    expect(fake.account('rosa@acme.com')?.status).toBe('active');
  });

  test('unchanged, without a write, when nothing differs', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });

    expect(result.outcome).toBe('unchanged');
    expect(result.operations).toEqual([]);
    fake.requests.expectNoWrites();
  });
});

test('several changes at once are one write, and the outcome names the weightiest', async ({ fake, atlassian }) => {
  fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
  fake.addUser({ email: 'nia@acme.com', externalId: 'e-2', active: false });

  const renamed = await atlassian.syncIdentity({ email: 'ito@acme.com', externalId: 'e-1', jobTitle: 'Lead' });
  const back = await atlassian.syncIdentity({ email: 'nia.a@acme.com', externalId: 'e-2', reactivate: true });

  expect([renamed.outcome, back.outcome]).toEqual(['renamed', 'reactivated']);
  fake.requests.expectWrites(['scim.users.patch', 'scim.users.patch']);
});

describe('an inactive person', () => {
  test('is not activated unless that was asked for, while attributes are updated', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', active: false });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' });

    expect(result.outcome).toBe('updated');
    expect(result.notes).toEqual([expect.stringContaining('reactivate: true')]);
    expect(fake.user('rosa@acme.com')?.active).toBe(false);
    expect(fake.account('rosa@acme.com')?.status).toBe('inactive');
  });

  test('keeps a deactivated account when a record is made for it, unless activation was asked for', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ email: 'rosa@acme.com', status: 'inactive' });
    fake.addAccount({ email: 'nia@acme.com', status: 'inactive' });

    const silent = await atlassian.syncIdentity({ email: 'rosa@acme.com' });
    const asked = await atlassian.syncIdentity({ email: 'nia@acme.com', reactivate: true });

    expect([silent.outcome, asked.outcome]).toEqual(['linked', 'linked']);
    expect(silent.notes).toEqual([expect.stringContaining('reactivate: true')]);
    expect(fake.account('rosa@acme.com')?.status).toBe('inactive');
    expect(fake.account('nia@acme.com')?.status).toBe('active');
  });

  test('is not brought back by linking a record that is active to a deactivated account', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ email: 'rosa@acme.com', link: 'unlinked' });
    fake.changeAccount('rosa@acme.com', { status: 'inactive' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(result.outcome).toBe('unchanged');
    expect(result.notes).toEqual([expect.stringContaining('deactivated')]);
    expect(fake.account('rosa@acme.com')?.status).toBe('inactive');
  });
});

describe('createAllowed: false', () => {
  test('refuses to create, before anything is written', async ({ fake, atlassian }) => {
    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com', createAllowed: false });

    await expect(refusal).rejects.toMatchObject({ code: 'create_not_allowed', advice: expect.any(String) });
    fake.requests.expectNoWrites();
    expect(fake.user('rosa@acme.com')).toBeUndefined();
  });

  test('refuses to make a record for an account, too', async ({ fake, atlassian }) => {
    fake.addAccount({ email: 'rosa@acme.com' });

    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com', createAllowed: false });

    await expect(refusal).rejects.toMatchObject({ code: 'create_not_allowed' });
    fake.requests.expectNoWrites();
  });

  test('updates a record that is there', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead', createAllowed: false });

    expect(result.outcome).toBe('updated');
    expect(fake.account('rosa@acme.com')?.profile.jobTitle).toBe('Lead');
  });
});

interface Place {
  readonly attribute: keyof PersonAttributes;
  readonly value: string;
  /** Where SCIM keeps it. */
  readonly scim: object;
  /** Where the account shows it, if Atlassian pushes it. */
  readonly account: object;
}

const PLACES: readonly Place[] = [
  {
    attribute: 'displayName',
    value: 'Rosa Quell',
    scim: { displayName: 'Rosa Quell' },
    account: { name: 'Rosa Quell' },
  },
  { attribute: 'name', value: 'R. Quell', scim: { name: { formatted: 'R. Quell' } }, account: { name: 'Rosa' } },
  { attribute: 'givenName', value: 'Rosa', scim: { name: { givenName: 'Rosa' } }, account: { name: 'Rosa' } },
  { attribute: 'familyName', value: 'Quell', scim: { name: { familyName: 'Quell' } }, account: { name: 'Rosa' } },
  { attribute: 'nickname', value: 'rosie', scim: { nickName: 'rosie' }, account: { nickname: 'rosie' } },
  { attribute: 'jobTitle', value: 'Lead', scim: { title: 'Lead' }, account: { profile: { jobTitle: 'Lead' } } },
  {
    attribute: 'department',
    value: 'Harbor',
    scim: { department: 'Harbor' },
    account: { profile: { department: 'Harbor' } },
  },
  {
    attribute: 'organization',
    value: 'Acme Ports',
    scim: { organization: 'Acme Ports' },
    account: { profile: { organization: 'Acme Ports' } },
  },
  {
    attribute: 'timezone',
    value: 'Europe/Lisbon',
    scim: { timezone: 'Europe/Lisbon' },
    account: { timeZone: 'Europe/Lisbon' },
  },
  {
    attribute: 'preferredLanguage',
    value: 'pt-PT',
    scim: { preferredLanguage: 'pt-PT' },
    account: { locale: 'pt-PT' },
  },
  { attribute: 'externalId', value: 'e-1', scim: { externalId: 'e-1' }, account: { email: 'rosa@acme.com' } },
];

describe('the email and the attributes', () => {
  test('email becomes userName and the primary email', async ({ fake, atlassian }) => {
    await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(fake.user('rosa@acme.com')?.attributes).toMatchObject({
      userName: 'rosa@acme.com',
      emails: [{ value: 'rosa@acme.com', primary: true }],
    });
  });

  test.for(PLACES)('$attribute goes to its place when the record is created', async (place, { fake, atlassian }) => {
    const displayName = place.attribute === 'displayName' ? {} : { displayName: 'Rosa' };

    await atlassian.syncIdentity({ email: 'rosa@acme.com', ...displayName, [place.attribute]: place.value });

    expect(fake.user('rosa@acme.com')?.attributes).toMatchObject(place.scim);
    expect(fake.account('rosa@acme.com')).toMatchObject(place.account);
  });

  test.for(PLACES)('$attribute is updated, cleared by null, and both only once', async (place, { fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa' });
    const sync = async (value: string | null): Promise<string> =>
      (await atlassian.syncIdentity({ email: 'rosa@acme.com', [place.attribute]: value })).outcome;

    expect(await sync(place.value)).toBe('updated');
    expect(fake.user('rosa@acme.com')?.attributes).toMatchObject(place.scim);
    expect(fake.account('rosa@acme.com')).toMatchObject(place.account);
    expect(await sync(place.value)).toBe('unchanged');
    expect(await sync(null)).toBe('updated');
    expect(fake.user('rosa@acme.com')?.attributes).not.toMatchObject(place.scim);
    expect(await sync(null)).toBe('unchanged');
    fake.requests.expectWrites(['scim.users.patch', 'scim.users.patch']);
  });

  test('what is not given is left alone', async ({ fake, atlassian }) => {
    fake.addUser({
      email: 'rosa@acme.com',
      title: 'Planner',
      department: 'Ops',
      organization: 'Acme',
      timezone: 'Europe/Lisbon',
      preferredLanguage: 'pt-PT',
      nickName: 'rosie',
      externalId: 'e-1',
      name: { givenName: 'Rosa', familyName: 'Quell', middleName: 'M.' },
      phoneNumbers: [{ value: '+351 1', type: 'work' }],
    });
    const before = fake.user('rosa@acme.com')?.attributes;

    await atlassian.syncIdentity({ email: 'rosa@acme.com', givenName: 'Rosalind' });

    expect(fake.user('rosa@acme.com')?.attributes).toEqual({
      ...before,
      name: { givenName: 'Rosalind', familyName: 'Quell', middleName: 'M.' },
    });
  });

  test('an email that differs in case alone is the same email', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'Rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@ACME.com' });

    expect(result.outcome).toBe('unchanged');
    fake.requests.expectNoWrites();
  });

  test('an empty string that another client wrote counts as not set', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', title: '' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: null });

    expect(result.outcome).toBe('unchanged');
  });

  test('active is not an input', async ({ fake, atlassian }) => {
    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com', active: false } as never);

    await expect(refusal).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining('`active` is not an input'),
    });
    expect(fake.requests).toHaveLength(0);
  });
});

describe('calls', () => {
  // A person who is linked: one read, by whatever id of the directory. Writing adds the check that no organization admin
  // is touched, and the write.
  test.for([
    ['email', {}],
    ['externalId', { externalId: 'e-1' }],
    ['userName', { identity: { userName: 'rosa@acme.com' } }],
  ] as const)('a second run takes one read, by %s', async ([, ref], { fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1', title: 'Lead' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead', ...ref });

    expect(result).toMatchObject({ outcome: 'unchanged', callsMade: 1 });
    expect(fake.requests.operations()).toEqual(['scim.users.list']);
  });

  test('an update takes one read of the person, one of the guard and one write', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' });

    expect(result.callsMade).toBe(3);
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'admin.users.search', 'scim.users.patch']);
  });

  // Nobody there: by userName, by the links of the email, and for an account to link to. Then whether there will be one.
  test('a creation takes three reads that find nobody, one of the domains and one write', async ({
    fake,
    atlassian,
  }) => {
    const first = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' });
    const second = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' });

    expect([first.callsMade, second.callsMade]).toEqual([5, 1]);
    expect(fake.requests.operations()).toEqual([
      'scim.users.list',
      'admin.provisioningLinks.forEmail',
      'admin.users.search',
      'admin.domains.list',
      'scim.users.create',
      'scim.users.list',
    ]);
  });

  test('the domains are read once for many creations', async ({ fake, atlassian }) => {
    for (const name of ['rosa', 'nia', 'leo']) await atlassian.syncIdentity({ email: `${name}@acme.com` });

    expect(fake.requests.of('admin.domains.list')).toHaveLength(1);
  });

  // Each run looks for an account to link the record to.
  test('a second run takes two reads as long as the record is unlinked', async ({ fake, atlassian }) => {
    fake.addDomain('partner.example', { status: 'unverified' });
    fake.addUser({ email: 'zoe@partner.example', link: 'unlinked' });

    const result = await atlassian.syncIdentity({ email: 'zoe@partner.example' });

    expect(result).toMatchObject({ outcome: 'unchanged', callsMade: 2, identity: { link: 'unlinked' } });
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'admin.users.search']);
  });

  test('without the organization key a creation takes one read and one write', async ({ fake, connect }) => {
    const atlassian = connect({ admin: undefined });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(result).toMatchObject({ outcome: 'created', callsMade: 2 });
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'scim.users.create']);
  });

  test('without the directory key nothing is sent', async ({ fake, connect }) => {
    const atlassian = connect({ scim: undefined });

    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com' });

    await expect(refusal).rejects.toMatchObject({ code: 'capability_missing' });
    expect(fake.requests).toHaveLength(0);
  });
});

describe('the identity of a result', () => {
  test('has every id with where it was read and when', async ({ fake, atlassian }) => {
    const { id, accountId } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const { identity } = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    const observedAt = expect.stringMatching(/^2026-01-05T09:00:00\.\d{3}Z$/) as unknown as string;
    expect(identity).toEqual({
      link: 'linked',
      email: { value: 'rosa@acme.com', source: 'scim-record', observedAt },
      userName: { value: 'rosa@acme.com', source: 'scim-record', observedAt },
      externalId: { value: 'e-1', source: 'scim-record', observedAt },
      scimUserId: { value: id, source: 'scim-record', observedAt },
      accountId: { value: accountId, source: 'scim-extension', observedAt },
    });
  });

  test('never has the SCIM id in place of an account id that is missing', async ({ fake, atlassian }) => {
    fake.addDomain('partner.example', { status: 'unverified' });
    fake.addUser({ email: 'zoe@partner.example', link: 'unlinked' });

    const { identity } = await atlassian.syncIdentity({ email: 'zoe@partner.example', jobTitle: 'Pilot' });

    expect(identity).toMatchObject({ link: 'unlinked', scimUserId: expect.anything() });
    expect(identity?.accountId).toBeUndefined();
  });

  test('is what the mapper finds afterwards: a write is not hidden by what it remembered', async ({
    fake,
    atlassian,
  }) => {
    const { id } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    await atlassian.ids.resolve({ email: 'rosa@acme.com' });

    await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', externalId: 'e-1' });

    expect(await atlassian.ids.find({ email: 'rosa@acme.com' })).toBeUndefined();
    expect((await atlassian.ids.resolve({ scimUserId: id })).email?.value).toBe('rosa.ito@acme.com');
  });
});

describe('at once', () => {
  test('syncs of one person by different ids create one record', async ({ fake, atlassian }) => {
    const results = await Promise.all([
      atlassian.syncIdentity({ email: 'rosa@acme.com' }),
      atlassian.syncIdentity({ email: 'Rosa@Acme.com', externalId: 'e-1' }),
      atlassian.syncIdentity({ email: 'rosa@acme.com', externalId: 'e-1', jobTitle: 'Lead' }),
    ]);

    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated']);
    fake.requests.expectWrites(['scim.users.create', 'scim.users.patch', 'scim.users.patch']);
    expect(fake.user('rosa@acme.com')).toMatchObject({ externalId: 'e-1', attributes: { title: 'Lead' } });
  });

  test('changes of one person by different ids do not work on what has changed meanwhile', async ({
    fake,
    atlassian,
  }) => {
    const { id, accountId } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const input = { email: 'rosa@acme.com', jobTitle: 'Lead' };

    const results = await Promise.all([
      atlassian.syncIdentity(input),
      atlassian.syncIdentity({ ...input, identity: { scimUserId: id } }),
      atlassian.syncIdentity({ ...input, identity: { accountId: accountId! } }),
      atlassian.syncIdentity({ ...input, externalId: 'e-1' }),
    ]);

    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['unchanged', 'unchanged', 'unchanged', 'updated']);
    fake.requests.expectWrites(['scim.users.patch']);
  });

  test('different people do not wait for each other', async ({ fake, atlassian }) => {
    await Promise.all(['rosa', 'nia', 'leo'].map((name) => atlassian.syncIdentity({ email: `${name}@acme.com` })));

    const firstWrite = fake.requests.operations().indexOf('scim.users.create');
    expect(fake.requests.toArray().slice(0, firstWrite)).toHaveLength(12);
    expect(fake.requests.of('scim.users.create')).toHaveLength(3);
  });
});
