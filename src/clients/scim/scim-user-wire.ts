import type { JsonObject } from '../../model/json.js';
import { z } from 'zod';
import type { AtlassianAccountId, ScimGroupId, ScimUserId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { SCIM_ATLASSIAN_SCHEMA, SCIM_ENTERPRISE_SCHEMA, SCIM_USER_SCHEMA, type ScimDialect } from './scim-urns.js';
import type { ScimEmail, ScimName, ScimUser, ScimUserInput } from './scim-user.js';
import { lazySchema } from '../../model/lazy-schema.js';

const text = lazySchema(() => z.string().nullish());
/** A boolean, or its name as a string, which older servers and proxies send. */
const lenientBoolean = lazySchema(() =>
  z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).nullish(),
);
const addresses = lazySchema(() =>
  z.array(z.looseObject({ value: text(), type: text(), primary: lenientBoolean() })).nullish(),
);

/** Schema of a User. Any attribute that is not required may be `null`, which means absent (RFC 7643 section 2.5). */
const wireUserSchema = lazySchema(() =>
  z.looseObject({
    id: z.string().min(1),
    userName: z.string(),
    active: lenientBoolean(),
    externalId: text(),
    displayName: text(),
    nickName: text(),
    title: text(),
    department: text(),
    organization: text(),
    timezone: text(),
    preferredLanguage: text(),
    name: z
      .looseObject({
        formatted: text(),
        familyName: text(),
        givenName: text(),
        middleName: text(),
        honorificPrefix: text(),
        honorificSuffix: text(),
      })
      .nullish(),
    emails: addresses(),
    phoneNumbers: addresses(),
    groups: z.array(z.looseObject({ value: z.string().min(1), display: text() })).nullish(),
    meta: z.looseObject({ created: text(), lastModified: text(), location: text() }).nullish(),
    [SCIM_ENTERPRISE_SCHEMA]: z.looseObject({ department: text(), organization: text() }).nullish(),
    [SCIM_ATLASSIAN_SCHEMA]: z.looseObject({ atlassianAccountId: text() }).nullish(),
  }),
);

type WireUser = z.infer<ReturnType<typeof wireUserSchema>>;

/** Schema of a User that becomes a {@link ScimUser}. */
export const scimUserSchema = lazySchema((): z.ZodType<ScimUser> => wireUserSchema().transform(toScimUser));

function toScimUser(wire: WireUser): ScimUser {
  const enterprise = wire[SCIM_ENTERPRISE_SCHEMA];
  const emails = toAddresses(wire.emails);
  const accountId = wire[SCIM_ATLASSIAN_SCHEMA]?.atlassianAccountId;

  return {
    id: wire.id as ScimUserId,
    userName: wire.userName,
    active: wire.active ?? true,
    ...present({
      externalId: wire.externalId,
      displayName: wire.displayName,
      nickName: wire.nickName,
      title: wire.title,
      department: wire.department ?? enterprise?.department,
      organization: wire.organization ?? enterprise?.organization,
      timezone: wire.timezone,
      preferredLanguage: wire.preferredLanguage,
      name: toName(wire.name),
      primaryEmail: primaryOf(emails),
      // An empty account id is no id.
      accountId: accountId === '' ? undefined : (accountId as AtlassianAccountId | null | undefined),
      createdAt: wire.meta?.created,
      lastModifiedAt: wire.meta?.lastModified,
      location: wire.meta?.location,
      extensions: toExtensions(wire),
    }),
    emails,
    phoneNumbers: toAddresses(wire.phoneNumbers),
    groups: (wire.groups ?? []).map(({ value, display }) => ({
      id: value as ScimGroupId,
      ...present({ name: display }),
    })),
  };
}

/** An entry without a value is the shell some servers leave when an address is cleared. */
function toAddresses(wire: WireUser['emails']): readonly ScimEmail[] {
  return (wire ?? []).flatMap(({ value, type, primary }) =>
    value === null || value === undefined ? [] : [{ value, ...present({ type, primary }) }],
  );
}

function primaryOf(emails: readonly ScimEmail[]): string | undefined {
  const only = emails.length === 1 ? emails[0] : undefined;
  return (emails.find(({ primary }) => primary === true) ?? only)?.value;
}

function toName(wire: WireUser['name']): ScimName | undefined {
  if (wire === null || wire === undefined) return undefined;
  const { formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix } = wire;
  return present({ formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix });
}

/** Every extension object but Atlassian's link, without what has an attribute of its own. */
function toExtensions(wire: WireUser): Readonly<Record<string, JsonObject>> | undefined {
  const extensions = new Map<string, JsonObject>();
  for (const [urn, value] of Object.entries(wire)) {
    if (!/^urn:/i.test(urn) || urn === SCIM_ATLASSIAN_SCHEMA || !isJsonObject(value)) continue;
    const rest = Object.entries(value).filter(
      ([name]) => urn !== SCIM_ENTERPRISE_SCHEMA || (name !== 'department' && name !== 'organization'),
    );
    if (rest.length > 0) extensions.set(urn, Object.fromEntries(rest));
  }
  return extensions.size === 0 ? undefined : Object.fromEntries(extensions);
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The body of a POST or PUT.
 *
 * Read-only attributes are never in it, and what is empty is left out, which a PUT takes as cleared.
 */
export function toWireUser(input: ScimUserInput, dialect: ScimDialect): JsonObject {
  const { department, organization } = input;
  const workplace: JsonObject = present({ department, organization });
  const extensions = toWireExtensions(input.extensions ?? {}, dialect === 'atlassian' ? {} : workplace);

  return {
    schemas: [SCIM_USER_SCHEMA, ...Object.keys(extensions)],
    userName: input.userName,
    ...present({
      active: input.active,
      externalId: input.externalId,
      displayName: input.displayName,
      nickName: input.nickName,
      title: input.title,
      timezone: input.timezone,
      preferredLanguage: input.preferredLanguage,
      name: toWireName(input.name),
      emails: toWireAddresses(input.emails),
      phoneNumbers: toWireAddresses(input.phoneNumbers ?? []),
    }),
    ...(dialect === 'atlassian' && workplace),
    ...extensions,
  };
}

/** Extensions without Atlassian's own, which is read-only, and without empty ones. */
function toWireExtensions(given: Readonly<Record<string, JsonObject>>, workplace: JsonObject): JsonObject {
  const enterprise = { ...given[SCIM_ENTERPRISE_SCHEMA], ...workplace };
  const all = { ...given, [SCIM_ENTERPRISE_SCHEMA]: enterprise };
  const kept = Object.entries(all).filter(
    ([urn, value]) => urn !== SCIM_ATLASSIAN_SCHEMA && Object.keys(value).length > 0,
  );
  return Object.fromEntries(kept);
}

function toWireName(name: ScimName | undefined): JsonObject | undefined {
  if (name === undefined) return undefined;
  const { formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix } = name;
  const parts = present({ formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix });
  return Object.keys(parts).length === 0 ? undefined : parts;
}

function toWireAddresses(addresses: readonly ScimEmail[]): JsonObject[] | undefined {
  if (addresses.length === 0) return undefined;
  return addresses.map(({ value, type, primary }) => ({ value, ...present({ type, primary }) }));
}
