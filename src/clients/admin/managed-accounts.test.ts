import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId } from '../../model/ids.js';
import { organization } from './org-test-server.js';

const ROSA = '712020:rosa' as AtlassianAccountId;
const profile = {
  account_id: ROSA,
  account_type: 'atlassian',
  account_status: 'active',
  name: 'Rosa Quell',
  nickname: 'rosa',
  email: 'rosa@harbor.example',
  picture: 'https://avatars.example/p.png',
};

describe('permissions', () => {
  test('are told by privilege, and field by field for the profile', async () => {
    const { admin, calls } = organization({
      'email.set': { allowed: false, reason: { key: 'externalDirectory.scim' } },
      'lifecycle.delete': { allowed: false },
      'profile.read': { allowed: true },
      'profile.write': {
        name: { allowed: false, reason: { key: 'externalDirectory.scim' } },
        'extended_profile.location': { allowed: true },
      },
      profile: { name: { allowed: true } },
      'session.read': { allowed: true },
      'something.new': 'of tomorrow',
    });

    const { privileges, profilePaths } = await admin.managedAccounts.permissions(ROSA, ['email.set', 'profile.write']);

    expect(Object.fromEntries(privileges)).toEqual({
      'email.set': { allowed: false, reason: 'externalDirectory.scim' },
      'lifecycle.delete': { allowed: false },
      'profile.read': { allowed: true },
      'session.read': { allowed: true },
    });
    expect(Object.fromEntries(profilePaths)).toEqual({
      name: { allowed: false, reason: 'externalDirectory.scim' },
      'extended_profile.location': { allowed: true },
    });
    expect(calls[0]).toMatchObject({
      path: '/users/712020%3Arosa/manage',
      query: { privileges: ['email.set', 'profile.write'] },
    });
  });

  test('know the former name of the profile privilege, and ask for all when none is named', async () => {
    const { admin, calls } = organization({ profile: { nickname: { allowed: true } } });

    const { privileges, profilePaths } = await admin.managedAccounts.permissions(ROSA);

    expect(privileges.size).toBe(0);
    expect(profilePaths.get('nickname')).toEqual({ allowed: true });
    expect(calls[0]?.query).toEqual({});
  });

  test('are an error when a documented privilege does not read as a rule', async () => {
    const { admin } = organization({ 'lifecycle.delete': 'yes' });

    const permissions = admin.managedAccounts.permissions(ROSA);

    await expect(permissions).rejects.toMatchObject({ code: 'response_invalid' });
  });
});

describe('the profile', () => {
  test('is read flat, whatever is nested on the wire', async () => {
    const { admin } = organization({
      account: {
        ...profile,
        zoneinfo: 'Europe/Lisbon',
        locale: 'en-US',
        extended_profile: { job_title: 'Planner', department: 'Ops', phone_number: '+351', team_type: 'Ops' },
        characteristics: { not_mentionable: null },
        email_verified: true,
        privacy_settings: { name: 'public' },
      },
    });

    const rosa = await admin.managedAccounts.getProfile(ROSA);

    expect(rosa).toEqual({
      accountId: ROSA,
      accountType: 'atlassian',
      accountStatus: 'active',
      name: 'Rosa Quell',
      nickname: 'rosa',
      email: 'rosa@harbor.example',
      pictureUrl: 'https://avatars.example/p.png',
      timezone: 'Europe/Lisbon',
      locale: 'en-US',
      jobTitle: 'Planner',
      department: 'Ops',
      phoneNumber: '+351',
      teamType: 'Ops',
      emailVerified: true,
    });
  });

  test('is changed by what is given, nested as on the wire', async () => {
    const { admin, calls } = organization({ account: profile }, { account: profile });

    await admin.managedAccounts.patchProfile(ROSA, { nickname: 'rosa-q', timezone: 'Europe/Porto', location: 'Porto' });
    await admin.managedAccounts.patchProfile(ROSA, { name: 'Rosa Ito' });

    expect(calls.map(({ method, body }) => [method, body])).toEqual([
      ['PATCH', { nickname: 'rosa-q', zoneinfo: 'Europe/Porto', extended_profile: { location: 'Porto' } }],
      ['PATCH', { name: 'Rosa Ito' }],
    ]);
  });
});

describe('the life cycle', () => {
  test('is left to once where a second time could do something else', async () => {
    const { admin, calls } = organization({ message: 'AccountId 712020:rosa has been deleted.' }, undefined, undefined);

    const scheduled = await admin.managedAccounts.scheduleDeletion(ROSA);
    const cancelled = await admin.managedAccounts.cancelDeletion(ROSA);
    await admin.managedAccounts.enable(ROSA);

    expect(scheduled).toEqual({ message: 'AccountId 712020:rosa has been deleted.' });
    expect(cancelled).toEqual({});
    expect(calls.map(({ path, repeat }) => [path, repeat])).toEqual([
      ['/users/712020%3Arosa/manage/lifecycle/delete', 'once'],
      ['/users/712020%3Arosa/manage/lifecycle/cancel-delete', 'once'],
      ['/users/712020%3Arosa/manage/lifecycle/enable', 'idempotent'],
    ]);
  });

  test('sends a body to disable with or without a message, for one is documented as required', async () => {
    const { admin, calls } = organization();

    await admin.managedAccounts.disable(ROSA);
    await admin.managedAccounts.disable(ROSA, 'Leave of absence');

    expect(calls.map(({ body }) => body)).toEqual([{}, { message: 'Leave of absence' }]);
  });
});

test('API tokens are listed without their values, and revoked one by one', async () => {
  const { admin, calls } = organization([
    {
      id: 'asp_1',
      label: 'ci',
      createdAt: '2026-01-09T10:02:11.371Z',
      lastAccess: null,
      expiry: '2027-01-09T00:00:00.000Z',
    },
  ]);

  const tokens = await admin.managedAccounts.listApiTokens(ROSA);

  expect(tokens).toEqual([
    { id: 'asp_1', label: 'ci', createdAt: '2026-01-09T10:02:11.371Z', expiresAt: '2027-01-09T00:00:00.000Z' },
  ]);
  expect(calls).toMatchObject([{ path: '/users/712020%3Arosa/manage/api-tokens', repeat: undefined }]);
});
