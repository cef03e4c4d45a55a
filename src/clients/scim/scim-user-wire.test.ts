import { describe, expect, test } from 'vitest';
import { SCIM_ATLASSIAN_SCHEMA, SCIM_ENTERPRISE_SCHEMA, SCIM_USER_SCHEMA } from './scim-urns.js';
import { scimUserSchema, toWireUser } from './scim-user-wire.js';

const CUSTOM_SCHEMA = 'urn:scim:schemas:extension:atlassian-custom:1.0:Attributes';

describe('scimUserSchema', () => {
  test('reads everything Atlassian serves', () => {
    const wire = {
      schemas: [SCIM_ATLASSIAN_SCHEMA, SCIM_USER_SCHEMA, SCIM_ENTERPRISE_SCHEMA],
      id: '0d7e3f0a',
      externalId: '',
      userName: 'Rosa.Quell@harbor.example',
      active: false,
      displayName: 'Rosa Quell',
      nickName: 'Rosa',
      title: 'Dock planner',
      department: 'Ops',
      organization: 'Harbor',
      timezone: 'Europe/Vienna',
      preferredLanguage: 'en-US',
      name: { formatted: 'Rosa Quell', familyName: 'Quell', givenName: 'Rosa' },
      emails: [
        { value: 'rosa@home.example', type: 'home' },
        { value: 'rosa.quell@harbor.example', type: 'work', primary: true },
      ],
      phoneNumbers: [{ value: '+43 1 555', type: 'mobile', primary: true }],
      groups: [{ type: 'direct', value: 'g-1', display: 'berth-crew', $ref: 'https://api.atlassian.com/x/Groups/g-1' }],
      meta: {
        resourceType: 'User',
        location: 'https://api.atlassian.com/x/Users/0d7e3f0a',
        created: '2026-03-02T09:14:07.51242Z',
        lastModified: '2026-03-03T09:14:07.1Z',
      },
      [SCIM_ATLASSIAN_SCHEMA]: { atlassianAccountId: '712020:6a1b' },
      [CUSTOM_SCHEMA]: { basedIn: 'Vienna' },
    };

    const user = scimUserSchema().parse(wire);

    expect(user).toEqual({
      id: '0d7e3f0a',
      externalId: '',
      userName: 'Rosa.Quell@harbor.example',
      active: false,
      displayName: 'Rosa Quell',
      nickName: 'Rosa',
      title: 'Dock planner',
      department: 'Ops',
      organization: 'Harbor',
      timezone: 'Europe/Vienna',
      preferredLanguage: 'en-US',
      name: { formatted: 'Rosa Quell', familyName: 'Quell', givenName: 'Rosa' },
      emails: [
        { value: 'rosa@home.example', type: 'home' },
        { value: 'rosa.quell@harbor.example', type: 'work', primary: true },
      ],
      primaryEmail: 'rosa.quell@harbor.example',
      phoneNumbers: [{ value: '+43 1 555', type: 'mobile', primary: true }],
      groups: [{ id: 'g-1', name: 'berth-crew' }],
      accountId: '712020:6a1b',
      createdAt: '2026-03-02T09:14:07.51242Z',
      lastModifiedAt: '2026-03-03T09:14:07.1Z',
      location: 'https://api.atlassian.com/x/Users/0d7e3f0a',
      extensions: { [CUSTOM_SCHEMA]: { basedIn: 'Vienna' } },
    });
  });

  test('reads a User that has nothing but what RFC 7643 requires', () => {
    const user = scimUserSchema().parse({ id: 'u-1', userName: 'rosa' });

    expect(user).toEqual({ id: 'u-1', userName: 'rosa', active: true, emails: [], phoneNumbers: [], groups: [] });
  });

  test('takes null for absent, wherever it comes', () => {
    const wire = {
      id: 'u-1',
      userName: 'rosa',
      ...Object.fromEntries(
        [
          'active',
          'externalId',
          'displayName',
          'title',
          'department',
          'name',
          'emails',
          'phoneNumbers',
          'groups',
          'meta',
        ]
          .concat(SCIM_ENTERPRISE_SCHEMA)
          .map((attribute) => [attribute, null]),
      ),
      [SCIM_ATLASSIAN_SCHEMA]: { atlassianAccountId: null },
    };

    const user = scimUserSchema().parse(wire);

    expect(user).toEqual({ id: 'u-1', userName: 'rosa', active: true, emails: [], phoneNumbers: [], groups: [] });
  });

  test('takes null for absent inside of what is there', () => {
    const user = scimUserSchema().parse({
      id: 'u-1',
      userName: 'rosa',
      name: { givenName: 'Rosa', familyName: null },
      emails: [
        { value: 'rosa@harbor.example', type: null, primary: null },
        { value: null, type: 'home' },
      ],
      meta: { created: null },
    });

    expect(user).toMatchObject({ name: { givenName: 'Rosa' }, emails: [{ value: 'rosa@harbor.example' }] });
    expect(user.name).not.toHaveProperty('familyName');
    expect(user).not.toHaveProperty('createdAt');
  });

  test.each([null, {}, { atlassianAccountId: null }, { atlassianAccountId: '' }, undefined])(
    'has no account id, and never the SCIM id in its place, when the extension is %o',
    (extension) => {
      const user = scimUserSchema().parse({ id: 'u-1', userName: 'rosa', [SCIM_ATLASSIAN_SCHEMA]: extension });

      expect(user).not.toHaveProperty('accountId');
    },
  );

  test.each([
    ['true', true],
    ['False', false],
    [true, true],
    [false, false],
  ])('reads active %o as %o', (active, expected) => {
    const user = scimUserSchema().parse({ id: 'u-1', userName: 'rosa', active });

    expect(user.active).toBe(expected);
  });

  test.each(['yes', '1', 0, 'inactive'])('refuses to guess what active %o means', (active) => {
    const parsed = scimUserSchema().safeParse({ id: 'u-1', userName: 'rosa', active });

    expect(parsed.success).toBe(false);
  });

  test('takes the only address as the primary one when none is marked', () => {
    const user = scimUserSchema().parse({ id: 'u-1', userName: 'rosa', emails: [{ value: 'rosa@harbor.example' }] });

    expect(user.primaryEmail).toBe('rosa@harbor.example');
  });

  test('has no primary address when none of several is marked', () => {
    const emails = [{ value: 'rosa@harbor.example' }, { value: 'rosa@home.example' }];

    const user = scimUserSchema().parse({ id: 'u-1', userName: 'rosa', emails });

    expect(user).not.toHaveProperty('primaryEmail');
  });

  test('prefers the attribute of the User over the one of the enterprise extension, an empty one too', () => {
    const wire = {
      id: 'u-1',
      userName: 'rosa',
      department: '',
      [SCIM_ENTERPRISE_SCHEMA]: { department: 'Sales', organization: 'Harbor', manager: { value: 'u-2' } },
    };

    const user = scimUserSchema().parse(wire);

    expect(user).toMatchObject({
      department: '',
      organization: 'Harbor',
      extensions: { [SCIM_ENTERPRISE_SCHEMA]: { manager: { value: 'u-2' } } },
    });
  });

  test('is not misled by names that every object has', () => {
    const wire: unknown = JSON.parse(
      '{"id":"u-1","userName":"rosa","__proto__":{"active":false,"accountId":"x"},"constructor":{"prototype":{"y":1}}}',
    );

    const user = scimUserSchema().parse(wire);

    expect(user).toMatchObject({ active: true });
    expect(user.accountId).toBeUndefined();
    expect(({} as Record<string, unknown>).y).toBeUndefined();
  });
});

describe('toWireUser', () => {
  test('leaves out what is not given', () => {
    const body = toWireUser({ userName: 'rosa', emails: [], name: {}, title: undefined }, 'atlassian');

    expect(body).toEqual({ schemas: [SCIM_USER_SCHEMA], userName: 'rosa' });
  });

  test('places department and organization on the User for Atlassian', () => {
    const body = toWireUser({ userName: 'rosa', emails: [], department: 'Ops', organization: 'Harbor' }, 'atlassian');

    expect(body).toEqual({ schemas: [SCIM_USER_SCHEMA], userName: 'rosa', department: 'Ops', organization: 'Harbor' });
  });

  test('places department and organization in the enterprise extension for another server', () => {
    const extensions = { [SCIM_ENTERPRISE_SCHEMA]: { manager: { value: 'u-2' }, department: 'Old' } };

    const body = toWireUser({ userName: 'rosa', emails: [], department: 'Ops', extensions }, 'rfc7644');

    expect(body).toEqual({
      schemas: [SCIM_USER_SCHEMA, SCIM_ENTERPRISE_SCHEMA],
      userName: 'rosa',
      [SCIM_ENTERPRISE_SCHEMA]: { manager: { value: 'u-2' }, department: 'Ops' },
    });
  });

  test('never writes what only the server gives', () => {
    const user = scimUserSchema().parse({
      id: 'u-1',
      userName: 'rosa',
      groups: [{ value: 'g-1' }],
      meta: { created: '2026-03-02T09:14:07Z' },
      [SCIM_ATLASSIAN_SCHEMA]: { atlassianAccountId: '712020:6a1b' },
      [CUSTOM_SCHEMA]: { basedIn: 'Vienna' },
    });

    const body = toWireUser(
      { ...user, extensions: { ...user.extensions, [SCIM_ATLASSIAN_SCHEMA]: { atlassianAccountId: 'x' } } },
      'atlassian',
    );

    expect(body).toEqual({
      schemas: [SCIM_USER_SCHEMA, CUSTOM_SCHEMA],
      userName: 'rosa',
      active: true,
      [CUSTOM_SCHEMA]: { basedIn: 'Vienna' },
    });
  });
});
