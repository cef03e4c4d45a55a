import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../config/secret.js';
import { scimDirectoryId, scimGroupId, scimUserId } from '../../model/ids.js';
import { ScimDirectoryClient } from './scim-directory-client.js';
import { atlassianDirectory, type Answer } from './scim-test-server.js';
import { SCIM_ATLASSIAN_SCHEMA } from './scim-urns.js';

const URL_OF_DIRECTORY = 'https://api.atlassian.com/scim/directory/7c1f0c52';
const ROSA_ID = scimUserId('u-rosa');
const CREW_ID = scimGroupId('g-crew');
const rosa = { id: ROSA_ID, userName: 'rosa' };
const crew = { id: CREW_ID, displayName: 'berth-crew' };

describe('connect', () => {
  test('reads the directory id out of the URL and sends nothing', () => {
    const scim = ScimDirectoryClient.connect({ url: URL_OF_DIRECTORY, token: new Secret('directory-key') });

    expect(scim.directoryId).toBe('7c1f0c52');
  });

  test('has no directory id for another RFC 7644 server', () => {
    const scim = ScimDirectoryClient.connect({ url: 'https://idp.example/scim/v2', token: 'key' });

    expect(scim.directoryId).toBeUndefined();
  });

  test('takes the directory id from the caller where a gateway hides it', async () => {
    const urls: string[] = [];
    const scim = ScimDirectoryClient.connect({
      url: 'https://gateway.example/people/',
      token: 'key',
      directoryId: scimDirectoryId('7c1f0c52'),
      fetch: (request) => {
        urls.push(request.url);
        return Promise.resolve(Response.json(rosa));
      },
    });

    await scim.users.get(ROSA_ID, { attributes: ['title'] });

    expect(scim.directoryId).toBe('7c1f0c52');
    expect(urls[0]).toMatch(/^https:\/\/gateway\.example\/people\/Users\/u-rosa\?attributes=title%2C/);
    expect(decodeURIComponent(urls[0] ?? '')).toContain(SCIM_ATLASSIAN_SCHEMA);
  });

  test('sends the key as a bearer and takes SCIM and plain JSON', async () => {
    const headers: (string | null)[] = [];
    const scim = ScimDirectoryClient.connect({
      url: URL_OF_DIRECTORY,
      token: 'directory-key',
      fetch: (request) => {
        headers.push(request.headers.get('authorization'), request.headers.get('accept'));
        return Promise.resolve(Response.json(rosa));
      },
    });

    await scim.users.get(ROSA_ID);

    expect(headers).toEqual(['Bearer directory-key', 'application/scim+json, application/json']);
  });

  test('lists every fault at once, and shows no value', () => {
    const connect = (): unknown =>
      ScimDirectoryClient.connect({ url: `${URL_OF_DIRECTORY}/scim/v2`, token: 'Bearer planted-key' });

    expect(connect).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        faults: [
          { path: 'url', message: expect.stringContaining('/scim/v2') as string },
          { path: 'token', message: expect.stringContaining('Bearer') as string },
        ],
      }),
    );
    expect(connect).toThrow(expect.objectContaining({ message: expect.not.stringContaining('planted-key') as string }));
  });

  test('refuses a directory id that is not the one in the URL', () => {
    const connect = (): unknown =>
      ScimDirectoryClient.connect({ url: URL_OF_DIRECTORY, token: 'key', directoryId: scimDirectoryId('other') });

    expect(connect).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ path: 'directoryId' })] }));
  });

  test('does not show the key when the client is printed', () => {
    const scim = ScimDirectoryClient.connect({ url: URL_OF_DIRECTORY, token: 'planted-key' });

    expect(inspect(scim, { depth: Infinity, showHidden: true }) + JSON.stringify(scim)).not.toContain('planted-key');
  });
});

describe('when the answer is lost once', () => {
  /** Breaks the connection after the first request arrived, then answers as it should. */
  function losingTheFirst(answer: Answer): () => Answer {
    let arrived = 0;
    return () => {
      if (++arrived === 1) throw new TypeError('fetch failed');
      return answer;
    };
  }

  test.each<[string, Answer, (scim: ScimDirectoryClient) => Promise<unknown>]>([
    ['reading a user', { body: rosa }, (scim) => scim.users.get(ROSA_ID)],
    [
      'replacing a user',
      { body: rosa },
      (scim) => scim.users.replace(ROSA_ID, { userName: 'rosa', emails: [], active: true }),
    ],
    ['deactivating a user', { body: rosa }, (scim) => scim.users.setActive(ROSA_ID, false)],
    ['deleting a user', { status: 204 }, (scim) => scim.users.delete(ROSA_ID)],
    ['replacing a group', { body: crew }, (scim) => scim.groups.replace(CREW_ID, { displayName: 'berth-crew' })],
    ['adding members', { body: crew }, (scim) => scim.groups.addMembers(CREW_ID, [ROSA_ID])],
    ['removing members', { body: crew }, (scim) => scim.groups.removeMembers(CREW_ID, [ROSA_ID])],
    ['deleting a group', { status: 204 }, (scim) => scim.groups.delete(CREW_ID)],
  ])('%s is sent again', async (_case, answer, call) => {
    const { scim, requests } = atlassianDirectory(losingTheFirst(answer));

    await call(scim);

    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
  });

  test.each<[string, Answer, (scim: ScimDirectoryClient) => Promise<unknown>]>([
    ['creating a user', { status: 201, body: rosa }, (scim) => scim.users.create({ userName: 'rosa', emails: [] })],
    ['creating a group', { status: 201, body: crew }, (scim) => scim.groups.create({ displayName: 'berth-crew' })],
    [
      'an add that may append twice',
      { body: rosa },
      (scim) => scim.users.patch(ROSA_ID, [{ op: 'add', path: 'emails', value: [{ value: 'rosa@home.example' }] }]),
    ],
  ])('%s is not', async (_case, answer, call) => {
    const { scim, requests } = atlassianDirectory(losingTheFirst(answer));

    const calling = call(scim);

    await expect(calling).rejects.toMatchObject({ code: 'network_failed', sent: true });
    expect(requests).toHaveLength(1);
  });
});

describe('when bodies that do not match are let pass', () => {
  const leniently = (body: unknown): ScimDirectoryClient =>
    ScimDirectoryClient.connect({
      url: URL_OF_DIRECTORY,
      token: 'key',
      onInvalidResponse: 'warn',
      fetch: () => Promise.resolve(Response.json(body)),
    });

  test('a wrong attribute is left out, and the account id stays', async () => {
    const scim = leniently({ ...rosa, title: 7, [SCIM_ATLASSIAN_SCHEMA]: { atlassianAccountId: '712020:6a1b' } });

    const user = await scim.users.setActive(ROSA_ID, true);

    expect(user).not.toHaveProperty('title');
    expect(user.accountId).toBe('712020:6a1b');
  });

  test.each<[string, unknown, (scim: ScimDirectoryClient) => Promise<unknown>]>([
    ['a user', { userName: 'rosa' }, (scim) => scim.users.setActive(ROSA_ID, true)],
    ['a page of users', { totalResults: 1, Resources: [{ userName: 'rosa' }] }, (scim) => scim.users.listPage()],
    ['a list of schemas', { Resources: [{ name: 'User' }] }, (scim) => scim.serviceProvider.schemas()],
  ])(
    '%s without an id is refused all the same, rather than handed over in the form of the wire',
    async (_case, body, call) => {
      const scim = leniently(body);

      const calling = call(scim);

      await expect(calling).rejects.toMatchObject({ code: 'response_invalid' });
    },
  );
});
