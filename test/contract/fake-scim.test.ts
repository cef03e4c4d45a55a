import { beforeEach, describe, expect, test } from 'vitest';
import { ATLASSIAN, ENTERPRISE, fakeSession, patchOp, rosa, SCIM_ERROR, type FakeSession } from './fake-session.js';

let session: FakeSession;
beforeEach(() => {
  session = fakeSession();
  session.fake.addDomain('acme.com');
});

describe('who may call', () => {
  test('an unknown bearer is stopped by the gateway with 401 and numbers in the body', async () => {
    const answer = await session.scim('GET', '/Users', undefined, 'Bearer nobody');

    expect(answer).toMatchObject({ status: 401, body: { code: 401, message: 'Unauthorized' } });
  });

  test.each([
    ['no scheme', 'FakeDirectoryKey000000000001'],
    ['Basic, as a site token comes', `Basic ${btoa('rosa@acme.com:ATATT3xFfFake')}`],
  ])('a credential with %s gets 401', async (_what, authorization) => {
    const answer = await session.scim('GET', '/Users', undefined, authorization);

    expect(answer.status).toBe(401);
  });

  test('the key of the organization gets 403 with `error` and `traceId`, which is not a SCIM error', async () => {
    const { fake } = session;

    const answer = await session.scim('GET', '/Users', undefined, `Bearer ${fake.organizationKey}`);

    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      error: `Not authorized to access : scim/directory/${fake.directoryId}/Users`,
      traceId: expect.stringMatching(/^[0-9a-f]{16}$/u),
    });
  });

  test('the key of another directory, a regenerated key, and a directory that does not exist get 403', async () => {
    const { fake, scim } = session;
    const other = fake.addScimDirectory();
    const regenerated = fake.addKey({ kind: 'directory' });
    fake.revokeKey(regenerated);

    const ofAnother = await scim('GET', '/Users', undefined, `Bearer ${other.key}`);
    const ofBefore = await scim('GET', '/Users', undefined, `Bearer ${regenerated}`);
    const ofNowhere = await fake.fetch(`https://api.atlassian.com/scim/directory/nowhere/Users`, {
      headers: { authorization: `Bearer ${fake.directoryKey}` },
    });

    expect([ofAnother.status, ofBefore.status, ofNowhere.status]).toEqual([403, 403, 403]);
  });

  test('an organization without Guard is refused', async () => {
    const without = fakeSession({ guard: false });

    expect((await without.scim('GET', '/Users')).status).toBe(403);
  });
});

describe('POST /Users', () => {
  test('answers 201 with the three schemas in order, the link, empty groups and `created == lastModified`', async () => {
    const answer = await session.scim('POST', '/Users', rosa({ externalId: '', title: 'Planner' }));

    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/scim+json');
    expect(answer.body.schemas).toEqual([ATLASSIAN, 'urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE]);
    expect(answer.body[ATLASSIAN].atlassianAccountId).toMatch(/^712020:/u);
    expect(answer.body).toMatchObject({ userName: 'Rosa.Quell@acme.com', externalId: '', active: true, groups: [] });
    expect(answer.body.meta.created).toBe(answer.body.meta.lastModified);
    expect(answer.body.meta.resourceType).toBe('User');
    expect(answer.body.meta.location).toBe(
      `https://api.atlassian.com/scim/directory/${session.fake.directoryId}/Users/${answer.body.id}`,
    );
  });

  test('leaves attributes that were never set out of the answer', async () => {
    const answer = await session.scim('POST', '/Users', rosa());

    expect(Object.keys(answer.body).sort()).toEqual(
      ['active', 'emails', 'groups', 'id', 'meta', 'schemas', 'userName', ATLASSIAN].sort(),
    );
  });

  test('writes timestamps with microseconds, trailing zeros cut off', async () => {
    const { body } = await session.scim('POST', '/Users', rosa());

    expect(body.meta.created).toMatch(/^2026-01-05T09:00:00\.\d{0,5}[1-9]Z$/u);
  });

  test('creates a managed account on a verified and claimed domain, in the organization directory', async () => {
    await session.scim('POST', '/Users', rosa({ displayName: 'Rosa Quell', title: 'Planner', nickName: 'rosa' }));

    expect(session.fake.account('rosa.quell@acme.com')).toMatchObject({
      name: 'Rosa Quell',
      nickname: 'rosa',
      profile: { jobTitle: 'Planner' },
      managed: true,
      synced: true,
      status: 'active',
      membership: 'active',
    });
  });

  test('links to an account that exists, which the directory owns from then on', async () => {
    const before = session.fake.addAccount({ email: 'rosa.quell@acme.com', name: 'R.' });

    const { body } = await session.scim('POST', '/Users', rosa({ displayName: 'Rosa Quell' }));

    expect(body[ATLASSIAN].atlassianAccountId).toBe(before.accountId);
    expect(session.fake.account(before.accountId)).toMatchObject({ name: 'Rosa Quell', synced: true });
  });

  test('joins given and family name where displayName is blank', async () => {
    await session.scim('POST', '/Users', rosa({ displayName: '', name: { givenName: 'Rosa', familyName: 'Quell' } }));

    expect(session.fake.account('rosa.quell@acme.com')?.name).toBe('Rosa Quell');
  });

  test.each([['unverified'], ['verified']] as const)(
    'treats a person on a domain that is %s and not claimed as external: a record without a link',
    async (status) => {
      session.fake.addDomain('partner.example', { status, claimed: false });

      const { status: code, body } = await session.scim(
        'POST',
        '/Users',
        rosa({ userName: 'noor', emails: [{ value: 'noor@partner.example', primary: true }] }),
      );

      expect(code).toBe(201);
      expect(body).not.toHaveProperty([ATLASSIAN]);
      expect(session.fake.account('noor@partner.example')).toBeUndefined();
    },
  );

  test('links an external person whose account exists, and pushes nothing to that account', async () => {
    const noor = session.fake.addAccount({ email: 'noor@partner.example', name: 'Noor' });

    const { body } = await session.scim('POST', '/Users', {
      userName: 'noor',
      displayName: 'Somebody Else',
      active: false,
      emails: [{ value: 'noor@partner.example', primary: true }],
    });

    expect(body[ATLASSIAN].atlassianAccountId).toBe(noor.accountId);
    expect(session.fake.account(noor.accountId)).toMatchObject({ name: 'Noor', status: 'active', managed: false });
  });

  test('links an external person once the account exists, at the next write, and only then the groups arrive', async () => {
    const { fake, scim } = session;
    const { body: created } = await scim('POST', '/Users', {
      userName: 'noor',
      emails: [{ value: 'noor@partner.example', primary: true }],
    });
    await scim('POST', '/Groups', { displayName: 'berth-crew', members: [{ value: created.id }] });
    fake.addAccount({ email: 'noor@partner.example', membership: 'none' });
    const before = fake.group('berth-crew')?.members;

    const { body } = await scim('PATCH', `/Users/${created.id}`, patchOp({ op: 'add', path: 'title', value: 'x' }));

    expect(body[ATLASSIAN].atlassianAccountId).toMatch(/^712020:/u);
    expect(before).toEqual([]);
    expect(fake.group('berth-crew')?.members).toEqual(['noor@partner.example']);
    expect(fake.account('noor@partner.example')?.membership).toBe('active');
  });

  test('loses its link when the account closes at the end of a deletion that was on its way', async () => {
    const { fake, scim, admin } = session;
    const { accountId } = fake.addAccount({ email: 'rosa.quell@acme.com' });
    await admin('POST', `/users/${accountId}/manage/lifecycle/delete`);
    const { body } = await scim('POST', '/Users', rosa({ active: false }));
    const linkedTo = body[ATLASSIAN].atlassianAccountId;

    fake.clock.advance(14 * 24 * 3600_000);
    const after = await scim('GET', `/Users/${body.id}`);

    expect(linkedTo).toBe(accountId);
    expect(fake.account(accountId)?.status).toBe('closed');
    expect(after.body).not.toHaveProperty([ATLASSIAN]);
  });

  test('answers 409 with the email in brackets for an email of the directory, in whatever case', async () => {
    await session.scim('POST', '/Users', rosa());

    const answer = await session.scim(
      'POST',
      '/Users',
      rosa({ userName: 'other', emails: [{ value: 'ROSA.quell@acme.com', primary: true }] }),
    );

    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      schemas: [SCIM_ERROR],
      status: '409',
      scimType: 'uniqueness',
      detail: 'Resource [USER]: with email[ROSA.quell@acme.com] already exists.',
    });
  });

  test('answers 409 for a userName in another case and for an externalId, which has a case', async () => {
    await session.scim('POST', '/Users', rosa({ externalId: 'E-1' }));
    const mail = (name: string) => ({ emails: [{ value: `${name}@acme.com`, primary: true }] });

    const sameName = await session.scim('POST', '/Users', rosa({ userName: 'rosa.quell@ACME.com', ...mail('a') }));
    const sameId = await session.scim('POST', '/Users', rosa({ userName: 'b', externalId: 'E-1', ...mail('b') }));
    const otherCase = await session.scim('POST', '/Users', rosa({ userName: 'c', externalId: 'e-1', ...mail('c') }));

    expect([sameName.status, sameId.status, otherCase.status]).toEqual([409, 409, 201]);
  });

  test('answers 409 for an account that another organization has claimed', async () => {
    session.fake.addAccount({ email: 'rosa.quell@acme.com', claimedByOrg: 'another-org' as never });

    expect((await session.scim('POST', '/Users', rosa())).status).toBe(409);
  });

  test.each([
    ['no primary email', { emails: [{ value: 'a@acme.com' }] }, 'One email address need to be marked as primary.'],
    ['no email', { emails: [] }, 'One email address need to be marked as primary.'],
    [
      'two primary emails',
      {
        emails: [
          { value: 'a@acme.com', primary: true },
          { value: 'b@acme.com', primary: true },
        ],
      },
      'Only one email',
    ],
    ['no userName', { userName: undefined }, 'userName is required'],
    ['a number for a string', { title: 7 }, 'title must be a string'],
  ])('answers 400 for %s', async (_what, changes, sentence) => {
    const answer = await session.scim('POST', '/Users', rosa(changes));

    expect(answer).toMatchObject({ status: 400, body: { status: '400', scimType: 'invalidValue' } });
    expect(answer.body.detail).toContain(sentence);
    expect(session.fake.user('Rosa.Quell@acme.com')).toBeUndefined();
  });

  test('answers 400 invalidSyntax for a body that is not JSON', async () => {
    expect(await session.scim('POST', '/Users', '{"userName":')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidSyntax' },
    });
  });

  test('passes over what only the server writes, and what it does not know', async () => {
    const { body } = await session.scim('POST', '/Users', rosa({ id: 'mine', groups: [{ value: 'g' }], shoeSize: 39 }));

    expect(body.id).not.toBe('mine');
    expect(body.groups).toEqual([]);
    expect(body).not.toHaveProperty('shoeSize');
  });

  test('again after DELETE gives a new id, the same account, active again, and no groups', async () => {
    const { fake, scim } = session;
    const before = fake.addUser({ email: 'rosa.quell@acme.com' });
    fake.addGroup({ name: 'berth-crew', members: ['rosa.quell@acme.com'] });
    await scim('DELETE', `/Users/${before.id}`);

    const { body } = await scim('POST', '/Users', rosa());

    expect(body.id).not.toBe(before.id);
    expect(body[ATLASSIAN].atlassianAccountId).toBe(before.accountId);
    expect(body.groups).toEqual([]);
    expect(fake.account('rosa.quell@acme.com')).toMatchObject({ status: 'active', groups: [] });
  });
});

describe('GET /Users', () => {
  test('counts from 1, answers startIndex 0 as 1, and echoes the page size in force', async () => {
    for (let index = 0; index < 3; index += 1) session.fake.addUser();

    const { body } = await session.scim('GET', '/Users?startIndex=0&count=2');

    expect(body).toMatchObject({ totalResults: 3, startIndex: 1, itemsPerPage: 2 });
    expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
    expect(body.Resources).toHaveLength(2);
  });

  test('has 100 on a page at most, however many are asked for', async () => {
    for (let index = 0; index < 120; index += 1) session.fake.addUser();

    const first = await session.scim('GET', '/Users?count=200');
    const second = await session.scim('GET', '/Users?startIndex=101');
    const beyond = await session.scim('GET', '/Users?startIndex=500');

    expect([first.body.itemsPerPage, first.body.Resources.length]).toEqual([100, 100]);
    expect([second.body.itemsPerPage, second.body.Resources.length]).toEqual([100, 20]);
    expect([beyond.status, beyond.body.Resources]).toEqual([200, []]);
  });

  test('refuses a page over 100 where that switch is set', async () => {
    session.fake.switches.largePages = 400;

    expect((await session.scim('GET', '/Users?count=101')).status).toBe(400);
  });

  test('counts without listing for count=0', async () => {
    session.fake.addUser();

    expect((await session.scim('GET', '/Users?count=0')).body).toMatchObject({
      totalResults: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  test.each([
    ['userName eq "ROSA@acme.com"', 1],
    ['USERNAME EQ "rosa@acme.com"', 1],
    ['externalId eq "E-1"', 1],
    ['externalId eq "e-1"', 0],
    ['userName eq "nobody"', 0],
    [String.raw`userName eq "a \"quoted\" name"`, 1],
  ])('filters by %s', async (filter, found) => {
    session.fake.addUser({ email: 'rosa@acme.com', externalId: 'E-1' });
    session.fake.addUser({ userName: 'a "quoted" name' });

    const { status, body } = await session.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);

    expect([status, body.totalResults]).toEqual([200, found]);
  });

  test.each([
    'emails.value eq "rosa@acme.com"',
    'id eq "x"',
    'userName co "rosa"',
    'userName eq "a" and externalId eq "b"',
    'userName eq rosa',
    'active eq true',
  ])('refuses the filter %s as invalid', async (filter) => {
    const answer = await session.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      schemas: [SCIM_ERROR],
      status: '400',
      scimType: 'invalidFilter',
      detail: 'Resource [USER] invalid filter',
    });
  });

  test('cuts the answer down to attributes, which drops the extension unless it is named', async () => {
    session.fake.addUser({ email: 'rosa@acme.com', title: 'Planner' });

    const few = await session.scim('GET', '/Users?attributes=userName,emails.value');
    const link = await session.scim('GET', `/Users?attributes=${encodeURIComponent(ATLASSIAN)}`);

    expect(few.body.Resources[0]).toEqual({
      schemas: expect.any(Array),
      id: expect.any(String),
      userName: 'rosa@acme.com',
      emails: [{ value: 'rosa@acme.com' }],
    });
    expect(link.body.Resources[0]?.[ATLASSIAN].atlassianAccountId).toMatch(/^712020:/u);
  });

  test('leaves excludedAttributes out', async () => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com', title: 'Planner' });

    const { body } = await session.scim('GET', `/Users/${id}?excludedAttributes=title,emails.type,id`);

    expect(body).not.toHaveProperty('title');
    expect(body.emails).toEqual([{ value: 'rosa@acme.com', primary: true }]);
    expect(body.id).toBe(id);
  });

  test('is reached through an extra /scim segment too', async () => {
    expect((await session.scim('GET', '/scim/Users')).status).toBe(200);
  });

  test('reads a user who is not active, and not one who is gone', async () => {
    const { id } = session.fake.addUser({ active: false });

    const there = await session.scim('GET', `/Users/${id}`);
    await session.scim('DELETE', `/Users/${id}`);
    const gone = await session.scim('GET', `/Users/${id}`);

    expect(there).toMatchObject({ status: 200, body: { active: false } });
    expect(gone).toMatchObject({ status: 404, body: { schemas: [SCIM_ERROR], status: '404' } });
  });
});

describe('PUT /Users/{id}', () => {
  test('clears what is left out, and is active without active', async () => {
    const { id } = session.fake.addUser({ email: 'rosa.quell@acme.com', title: 'Planner', active: false });

    const { status, body } = await session.scim('PUT', `/Users/${id}`, rosa({ displayName: 'Rosa' }));

    expect(status).toBe(200);
    expect(body).not.toHaveProperty('title');
    expect(body).toMatchObject({ id, active: true, displayName: 'Rosa' });
    expect(session.fake.account('rosa.quell@acme.com')).toMatchObject({ status: 'active', profile: {} });
  });

  test('answers 400 without a primary email, and changes nothing', async () => {
    const { id } = session.fake.addUser({ email: 'rosa.quell@acme.com', title: 'Planner' });

    const answer = await session.scim('PUT', `/Users/${id}`, rosa({ emails: [] }));

    expect(answer.status).toBe(400);
    expect(session.fake.user('rosa.quell@acme.com')?.attributes.title).toBe('Planner');
  });
});

describe('PATCH /Users/{id}', () => {
  const patched = async (operations: Record<string, unknown> | Record<string, unknown>[], seed = {}) => {
    const { id } = session.fake.addUser({ email: 'rosa.quell@acme.com', title: 'Planner', ...seed });
    return session.scim('PATCH', `/Users/${id}`, patchOp(...[operations].flat()));
  };

  test('answers 200 with the whole user', async () => {
    const { status, body } = await patched([
      { op: 'replace', path: 'displayName', value: 'Rosa Ito' },
      { op: 'add', path: 'name.familyName', value: 'Ito' },
      { op: 'remove', path: 'title' },
    ]);

    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: 'Rosa Ito', name: { familyName: 'Ito' }, groups: [] });
    expect(body).not.toHaveProperty('title');
  });

  test.each(['Operations', 'operations'])(
    'takes the operations under %s, without schemas, in whatever case',
    async (key) => {
      const { id } = session.fake.addUser({ email: 'rosa.quell@acme.com' });

      const answer = await session.scim('PATCH', `/Users/${id}`, {
        [key]: [{ op: 'Replace', path: 'TITLE', value: 'A' }],
      });

      expect(answer.body.title).toBe('A');
    },
  );

  test.each([
    ['a boolean', { op: 'replace', path: 'active', value: false }],
    ['a string', { op: 'Replace', path: 'active', value: 'False' }],
    ['no path', { op: 'replace', value: { active: false } }],
    [
      'the URN of the schema',
      { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active', value: false },
    ],
  ])('deactivates with %s: record and memberships stay, the account is deactivated', async (_how, operation) => {
    session.fake.addUser({ email: 'rosa.quell@acme.com' });
    session.fake.addGroup({ name: 'berth-crew', members: ['rosa.quell@acme.com'] });
    const id = session.fake.user('rosa.quell@acme.com')?.id ?? '';

    const { body } = await session.scim('PATCH', `/Users/${id}`, patchOp(operation));

    expect(body.active).toBe(false);
    expect(session.fake.account('rosa.quell@acme.com')).toMatchObject({ status: 'inactive', groups: ['berth-crew'] });
  });

  test('changes one email by a value path, adds one that is not there, and refuses to replace nothing', async () => {
    const changed = await patched({ op: 'replace', path: 'emails[type eq "work"].value', value: 'rosa@acme.com' });
    const { id } = changed.body;
    const added = await session.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp({ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1' }),
    );
    const nothing = await session.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp({ op: 'replace', path: 'emails[type eq "home"].value', value: 'x@acme.com' }),
    );

    expect(changed.body.emails).toEqual([{ value: 'rosa@acme.com', type: 'work', primary: true }]);
    expect(added.body.phoneNumbers).toEqual([{ type: 'mobile', value: '+1' }]);
    expect(nothing).toMatchObject({ status: 400, body: { scimType: 'noTarget' } });
  });

  test('takes a value path of several comparisons', async () => {
    const changed = await patched({
      op: 'replace',
      path: 'emails[type eq "work" and primary eq true].value',
      value: 'rosa@acme.com',
    });
    const { id } = changed.body;
    const mobile = { op: 'add', path: 'phoneNumbers[type eq "mobile" AND primary eq true].value', value: '+1' };
    const added = await session.scim('PATCH', `/Users/${id}`, patchOp(mobile));
    const nothing = { op: 'replace', path: 'emails[type eq "work" and primary eq false].value', value: 'x@acme.com' };
    const missed = await session.scim('PATCH', `/Users/${id}`, patchOp(nothing));

    expect(changed.body.emails).toEqual([{ value: 'rosa@acme.com', type: 'work', primary: true }]);
    expect(added.body.phoneNumbers).toEqual([{ type: 'mobile', primary: true, value: '+1' }]);
    expect(missed).toMatchObject({ status: 400, body: { scimType: 'noTarget' } });
  });

  test.each([
    'emails[type eq "work" or primary eq true].value',
    'emails[type eq "work" and].value',
    'emails[type eq "work" primary eq true].value',
    'emails[and].value',
  ])('refuses the value path %s', async (path) => {
    const answer = await patched({ op: 'replace', path, value: 'rosa@acme.com' });

    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidPath' } });
  });

  test('makes a new primary email the only one', async () => {
    const { body } = await patched({
      op: 'add',
      path: 'emails',
      value: [{ value: 'r@acme.com', type: 'home', primary: true }],
    });

    expect(body.emails).toEqual([
      { value: 'rosa.quell@acme.com', type: 'work', primary: false },
      { value: 'r@acme.com', type: 'home', primary: true },
    ]);
  });

  test('writes the enterprise extension beside the attribute of the same name', async () => {
    const { body } = await patched({ op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' });

    expect(body[ENTERPRISE]).toEqual({ department: 'Ops' });
    expect(session.fake.account('rosa.quell@acme.com')?.profile.department).toBe('Ops');
  });

  test.each([
    ['clears a string with an empty one, and keeps it', { op: 'replace', path: 'title', value: '' }, { title: '' }],
    ['clears phone numbers with an empty array', { op: 'replace', path: 'phoneNumbers', value: [] }, {}],
    ['passes over an attribute that is read-only', { op: 'replace', path: 'groups', value: [] }, { groups: [] }],
  ])('%s', async (_what, operation, expected) => {
    const { status, body } = await patched(operation, { phoneNumbers: [{ value: '+1' }] });

    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
  });

  test.each([
    ['an unknown path', { op: 'replace', path: 'shoeSize', value: 39 }, 'invalidPath'],
    ['a path that is none', { op: 'replace', path: 'emails[', value: 'x' }, 'invalidPath'],
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['a remove without a path', { op: 'remove' }, 'noTarget'],
    ['a value of a wrong type', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['a required attribute taken away', { op: 'remove', path: 'userName' }, 'invalidValue'],
    ['no email left', { op: 'replace', path: 'emails', value: [] }, 'invalidValue'],
  ])('answers 400 for %s, and changes nothing', async (_what, operation, scimType) => {
    const answer = await patched([{ op: 'replace', path: 'title', value: 'Changed' }, operation]);

    expect(answer).toMatchObject({ status: 400, body: { scimType } });
    expect(session.fake.user('rosa.quell@acme.com')?.attributes.title).toBe('Planner');
  });

  test.each([
    ['readOnlyPatch', 400, { op: 'replace', path: 'id', value: 'x' }],
    ['stringBooleans', 400, { op: 'replace', path: 'active', value: 'false' }],
    ['emptyPatchArrays', 400, { op: 'replace', path: 'phoneNumbers', value: [] }],
  ] as const)('answers 400 where the switch %s is set so', async (name, value, operation) => {
    session.fake.switches[name] = value;

    expect((await patched(operation)).status).toBe(400);
  });

  test('refuses an email of another Atlassian account with 409', async () => {
    session.fake.addAccount({ email: 'taken@acme.com' });

    const answer = await patched({
      op: 'replace',
      path: 'emails',
      value: [{ value: 'taken@acme.com', primary: true }],
    });

    expect(answer).toMatchObject({
      status: 409,
      body: { detail: 'Resource [USER]: with email[taken@acme.com] already exists.' },
    });
  });

  test('carries an email to another claimed domain: the account follows and stays linked', async () => {
    session.fake.addDomain('acme.example');
    const { accountId } = session.fake.addUser({ email: 'rosa@acme.com' });
    const id = session.fake.user('rosa@acme.com')?.id ?? '';

    await session.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp({ op: 'replace', path: 'emails', value: [{ value: 'rosa@acme.example', primary: true }] }),
    );

    expect(session.fake.account('rosa@acme.example')).toMatchObject({ accountId, synced: true });
    expect(session.fake.account('rosa@acme.com')).toBeUndefined();
  });

  test('an email on a domain that is not claimed unlinks in silence, with one line in the provisioning log', async () => {
    const { fake, scim } = session;
    const { id, accountId } = fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
    const email = (value: string) => patchOp({ op: 'replace', path: 'emails', value: [{ value, primary: true }] });

    const answer = await scim('PATCH', `/Users/${id}`, email('rosa@elsewhere.example'));

    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty([ATLASSIAN]);
    expect(fake.account('rosa@acme.com')).toMatchObject({ accountId, status: 'active', synced: false, groups: [] });
    expect(fake.group('berth-crew')).toMatchObject({ members: [], scimMembers: ['rosa@elsewhere.example'] });
    expect(fake.provisioningLog.map((line) => line.message)).toEqual([
      `Email update to unmanaged user with ID ${id}, primary email rosa@elsewhere.example, unlinked any associated atlassian account.`,
    ]);

    await scim('PATCH', `/Users/${id}`, email('rosa@acme.com'));

    expect(fake.account('rosa@acme.com')).toMatchObject({ accountId, synced: true, groups: [] });
  });
});

describe('DELETE /Users/{id}', () => {
  test('drops the record and its memberships, deactivates the managed account and unlocks it', async () => {
    const { fake, scim } = session;
    const { id } = fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });

    const answer = await scim('DELETE', `/Users/${id}`);
    const again = await scim('DELETE', `/Users/${id}`);

    expect([answer.status, answer.body, again.status]).toEqual([204, undefined, 404]);
    expect(fake.user('rosa@acme.com')).toBeUndefined();
    expect(fake.account('rosa@acme.com')).toMatchObject({ status: 'inactive', synced: false, groups: [] });
    expect(fake.group('berth-crew')).toMatchObject({ members: [], scimMembers: [] });
  });

  test('leaves the account of an external person alone', async () => {
    const { id } = session.fake.addUser({ email: 'noor@partner.example', link: 'external' });

    await session.scim('DELETE', `/Users/${id}`);

    expect(session.fake.account('noor@partner.example')?.status).toBe('active');
  });
});

describe('discovery', () => {
  test('ServiceProviderConfig still says 10000 and offers PATCH, and nothing else', async () => {
    const { status, body } = await session.scim('GET', '/ServiceProviderConfig');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 10000 },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
  });

  test('lists three schemas in order, and gives each alone', async () => {
    const list = await session.scim('GET', '/Schemas');
    const group = await session.scim('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group');

    expect(list.body).toMatchObject({ totalResults: 3, itemsPerPage: 10, startIndex: 1 });
    expect(list.body.Resources.map((schema: { name: string }) => schema.name)).toEqual([
      'User',
      'EnterpriseUser',
      'Group',
    ]);
    expect(group.body.attributes[0]).toMatchObject({ name: 'displayName', required: true, mutability: 'immutable' });
  });

  test('has two resource types', async () => {
    const list = await session.scim('GET', '/ResourceTypes');
    const user = await session.scim('GET', '/ResourceTypes/User');

    expect(list.body.Resources.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(['/Users', '/Groups']);
    expect(user.body.schemaExtensions).toEqual([{ schema: ENTERPRISE, required: false }]);
  });
});
