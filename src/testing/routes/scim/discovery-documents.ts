import type { JsonObject } from '../../../model/json.js';
import { URN } from './urns.js';

const CONFIG_BORN = '2018-05-03T19:31:29.723Z';

/** What the service says it can do. `filter.maxResults` is what it says, and not the page size it has. */
export function serviceProviderConfig(base: string): JsonObject {
  return {
    schemas: [URN.serviceProviderConfig],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 10_000 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'Authentication scheme using the OAuth Bearer Token Standard',
      },
    ],
    meta: {
      resourceType: 'ServiceProviderConfig',
      location: `${base}/ServiceProviderConfig`,
      created: CONFIG_BORN,
      lastModified: CONFIG_BORN,
    },
  };
}

/** The resource types, in the form of RFC 7643 section 6: nobody has recorded Atlassian's own. */
export function resourceTypes(base: string): readonly JsonObject[] {
  return [
    {
      schemas: [URN.resourceType],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: URN.user,
      schemaExtensions: [{ schema: URN.enterprise, required: false }],
      meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
    },
    {
      schemas: [URN.resourceType],
      id: 'Group',
      name: 'Group',
      endpoint: '/Groups',
      description: 'Group',
      schema: URN.group,
      meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/Group` },
    },
  ];
}

/**
 * The schemas, in the order of the list: core User, enterprise User, core Group.
 *
 * Asked for alone, the schema of a User is shorter: no `display` of emails and phone numbers, and no `primary` phone
 * number.
 */
export function schemaDocuments(base: string, form: 'listed' | 'alone'): readonly JsonObject[] {
  const schema = (id: string, name: string, description: string, attributes: readonly JsonObject[]): JsonObject => ({
    id,
    name,
    description,
    attributes: [...attributes],
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  });
  return [
    schema(URN.user, 'User', 'User Account', form === 'listed' ? LISTED_USER_ATTRIBUTES : USER_ATTRIBUTES),
    schema(URN.enterprise, 'EnterpriseUser', 'Enterprise User', [text('organization'), text('department')]),
    schema(URN.group, 'Group', 'Group', GROUP_ATTRIBUTES),
  ];
}

function text(name: string, facts: JsonObject = {}): JsonObject {
  return {
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...facts,
  };
}

function complex(name: string, subAttributes: readonly JsonObject[], facts: JsonObject = {}): JsonObject {
  return {
    name,
    type: 'complex',
    multiValued: true,
    required: false,
    mutability: 'readWrite',
    returned: 'default',
    subAttributes: [...subAttributes],
    ...facts,
  };
}

function flag(name: string): JsonObject {
  return { name, type: 'boolean', multiValued: false, required: false, mutability: 'readWrite', returned: 'default' };
}

/** `$ref`: a client that builds its classes from the schema needs to know what it points at (RFC 7643 section 7). */
function reference(mutability: string): JsonObject {
  return text('$ref', { type: 'reference', referenceTypes: ['User', 'Group'], mutability });
}

function userAttributes(
  emailParts: readonly JsonObject[],
  phoneNumberParts: readonly JsonObject[],
): readonly JsonObject[] {
  return [
    text('userName', { required: true, uniqueness: 'server' }),
    complex(
      'name',
      ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map((name) =>
        text(name),
      ),
      { multiValued: false, uniqueness: 'none' },
    ),
    ...['displayName', 'nickName', 'title', 'preferredLanguage', 'timezone'].map((name) => text(name)),
    flag('active'),
    complex('emails', emailParts, { required: true, uniqueness: 'none' }),
    complex('phoneNumbers', phoneNumberParts),
    complex(
      'groups',
      [
        text('value', { mutability: 'readOnly' }),
        reference('readOnly'),
        text('display', { mutability: 'readOnly' }),
        text('type', { mutability: 'readOnly', canonicalValues: ['direct', 'indirect'] }),
      ],
      { mutability: 'readOnly' },
    ),
  ];
}

const EMAIL_TYPE = text('type', { canonicalValues: ['work', 'home', 'other'] });
const PHONE_TYPE = text('type', { canonicalValues: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] });
const USER_ATTRIBUTES = userAttributes([text('value'), EMAIL_TYPE, flag('primary')], [text('value'), PHONE_TYPE]);
const LISTED_USER_ATTRIBUTES = userAttributes(
  [text('value'), text('display'), EMAIL_TYPE, flag('primary')],
  [text('value'), text('display'), PHONE_TYPE, flag('primary')],
);

const GROUP_ATTRIBUTES: readonly JsonObject[] = [
  text('displayName', { required: true, mutability: 'immutable' }),
  complex('members', [text('value', { mutability: 'immutable' }), reference('immutable')]),
];
