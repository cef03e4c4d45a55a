import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { FakeState } from '../../state/fake-state.js';
import type { ScimContact, ScimUserAttributes, ScimUserRow } from '../../state/scim-rows.js';
import { URN } from './urns.js';

/** Always these three, in this order, whatever extension has a value. */
const USER_SCHEMAS = [URN.atlassianExternal, URN.user, URN.enterprise];

/** Where a directory is, as an absolute URL. */
export function directoryUrl(origin: string, directoryId: string): string {
  return `${origin}/scim/directory/${directoryId}`;
}

/** What clients may write of a User, as it goes over the wire. An attribute that was never set is left out. */
export function writableDocument(attributes: ScimUserAttributes): JsonObject {
  const { userName, emails, externalId, name, displayName, nickName, title, timezone } = attributes;
  const { preferredLanguage, department, organization, phoneNumbers, enterprise, basedIn, active } = attributes;
  return {
    userName,
    emails: emails.map(contactDocument),
    ...(externalId !== undefined && { externalId }),
    ...(name !== undefined && { name: { ...name } }),
    ...(displayName !== undefined && { displayName }),
    ...(nickName !== undefined && { nickName }),
    ...(title !== undefined && { title }),
    ...(timezone !== undefined && { timezone }),
    ...(preferredLanguage !== undefined && { preferredLanguage }),
    ...(department !== undefined && { department }),
    ...(organization !== undefined && { organization }),
    ...(phoneNumbers !== undefined && { phoneNumbers: phoneNumbers.map(contactDocument) }),
    ...(enterprise !== undefined && { [URN.enterprise]: { ...enterprise } }),
    ...(basedIn !== undefined && { [URN.atlassianCustom]: { basedIn } }),
    active,
  };
}

/** A User as the server answers it. */
export function userDocument(state: FakeState, row: ScimUserRow, origin: string): JsonObject {
  const base = directoryUrl(origin, row.directoryId);
  const { active, ...writable } = writableDocument(row.attributes);
  return {
    schemas: USER_SCHEMAS,
    ...writable,
    meta: {
      resourceType: 'User',
      location: `${base}/Users/${row.id}`,
      lastModified: row.lastModified,
      created: row.created,
    },
    groups: groupsOf(state, row, base),
    ...(row.accountId !== undefined && { [URN.atlassianExternal]: { atlassianAccountId: row.accountId } }),
    id: row.id,
    active: active ?? true,
  };
}

function groupsOf(state: FakeState, row: ScimUserRow, base: string): JsonValue {
  const groups: JsonObject[] = [];
  for (const id of state.scimMembers.groupsOf(row.id)) {
    const group = state.scimGroups.get(id);
    if (group === undefined) continue;
    groups.push({ type: 'direct', value: id, display: group.displayName, $ref: `${base}/Groups/${id}` });
  }
  return groups;
}

function contactDocument({ value, type, primary, display }: ScimContact): JsonObject {
  return {
    value,
    ...(type !== undefined && { type }),
    ...(primary !== undefined && { primary }),
    ...(display !== undefined && { display }),
  };
}
