import type { ScimDirectoryClient } from '../../src/clients/scim/scim-directory-client.js';
import type { ScimGroupId, ScimUserId } from '../../src/model/ids.js';
import type { PlayedAnswer } from './recorded-fetch.js';

const USER = '0d7e3f0a-52c5-4b0b-9f1e-3f3c0a6c2b77' as ScimUserId;
const GROUP = '5a1c9f2e-0b7d-4c36-8f55-2d9e7a4b6c10' as ScimGroupId;

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: USER,
  userName: 'rosa@harbor.example',
  active: true,
  emails: [{ value: 'rosa@harbor.example', primary: true }],
};
const group = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: GROUP,
  displayName: 'berth-crew',
  members: [],
};
const listOf = (...resources: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
const schema = { id: 'urn:ietf:params:scim:schemas:core:2.0:User', name: 'User', description: 'User', attributes: [] };
const resourceType = {
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
};
const config = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 1, maxPayloadSize: 1 },
  filter: { supported: true, maxResults: 100 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [],
};

const ok = (body: unknown): PlayedAnswer => ({ status: 200, body });

/** How the client sends an operation, and what a directory answers to it. */
export interface ScimCall {
  readonly answer: PlayedAnswer;
  readonly sends: readonly ((scim: ScimDirectoryClient) => Promise<unknown>)[];
}

const S = '/scim/directory/{directoryId}';

/** The ways in which the client sends each of the 20 operations of a directory. */
export const scimCalls: Readonly<Record<string, ScimCall>> = {
  [`GET ${S}/Users`]: {
    answer: ok(listOf(user)),
    sends: [
      (scim) => scim.users.listPage({ startIndex: 1, count: 10 }),
      (scim) => scim.users.listPage({ filter: { userName: 'rosa"quote@harbor.example' } }),
      (scim) => scim.users.find({ externalId: 'e-1' }),
      (scim) => scim.users.list().next(),
    ],
  },
  [`POST ${S}/Users`]: {
    answer: { status: 201, body: user },
    sends: [(scim) => scim.users.create({ userName: 'rosa@harbor.example', emails: user.emails })],
  },
  [`GET ${S}/Users/{id}`]: { answer: ok(user), sends: [(scim) => scim.users.get(USER)] },
  [`PUT ${S}/Users/{id}`]: {
    answer: ok(user),
    sends: [(scim) => scim.users.replace(USER, { userName: 'rosa@harbor.example', emails: user.emails, active: true })],
  },
  [`PATCH ${S}/Users/{id}`]: {
    answer: ok(user),
    sends: [
      (scim) => scim.users.patch(USER, [{ op: 'replace', path: 'title', value: 'Planner' }]),
      (scim) => scim.users.setActive(USER, false),
    ],
  },
  [`DELETE ${S}/Users/{id}`]: { answer: { status: 204 }, sends: [(scim) => scim.users.delete(USER)] },
  [`GET ${S}/Groups`]: {
    answer: ok(listOf(group)),
    sends: [
      (scim) => scim.groups.listPage(),
      (scim) => scim.groups.find({ displayName: 'berth-crew' }),
      (scim) => scim.groups.list().next(),
    ],
  },
  [`POST ${S}/Groups`]: {
    answer: { status: 201, body: group },
    sends: [(scim) => scim.groups.create({ displayName: 'berth-crew', memberIds: [USER] })],
  },
  [`GET ${S}/Groups/{id}`]: { answer: ok(group), sends: [(scim) => scim.groups.get(GROUP)] },
  [`PUT ${S}/Groups/{id}`]: {
    answer: ok(group),
    sends: [(scim) => scim.groups.replace(GROUP, { displayName: 'berth-crew' })],
  },
  [`PATCH ${S}/Groups/{id}`]: {
    answer: ok(group),
    sends: [(scim) => scim.groups.addMembers(GROUP, [USER]), (scim) => scim.groups.removeMembers(GROUP, [USER])],
  },
  [`DELETE ${S}/Groups/{id}`]: { answer: { status: 204 }, sends: [(scim) => scim.groups.delete(GROUP)] },
  [`GET ${S}/Schemas`]: { answer: ok(listOf(schema)), sends: [(scim) => scim.serviceProvider.schemas()] },
  ...Object.fromEntries(
    ['core:2.0:User', 'core:2.0:Group', 'extension:enterprise:2.0:User'].map((name) => {
      const urn = `urn:ietf:params:scim:schemas:${name}`;
      const call: ScimCall = {
        answer: ok({ ...schema, id: urn }),
        sends: [(scim) => scim.serviceProvider.schema(urn)],
      };
      return [`GET ${S}/Schemas/${urn}`, call];
    }),
  ),
  [`GET ${S}/ServiceProviderConfig`]: { answer: ok(config), sends: [(scim) => scim.serviceProvider.config()] },
  [`GET ${S}/ResourceTypes`]: {
    answer: ok(listOf(resourceType)),
    sends: [(scim) => scim.serviceProvider.resourceTypes()],
  },
  [`GET ${S}/ResourceTypes/User`]: {
    answer: ok(resourceType),
    sends: [(scim) => scim.serviceProvider.resourceType('User')],
  },
  [`GET ${S}/ResourceTypes/Group`]: {
    answer: ok({ ...resourceType, id: 'Group', name: 'Group', endpoint: '/Groups' }),
    sends: [(scim) => scim.serviceProvider.resourceType('Group')],
  },
};
