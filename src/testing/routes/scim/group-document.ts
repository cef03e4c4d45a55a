import type { JsonObject } from '../../../model/json.js';
import type { FakeState } from '../../state/fake-state.js';
import type { ScimGroupRow } from '../../state/scim-rows.js';
import { URN } from './urns.js';
import { directoryUrl } from './user-document.js';

/**
 * A Group as the server answers it, with all its members.
 *
 * What a client sends as `display` of a member is dropped: the `userName` comes back, lower case. The order is not the
 * order of addition; here it is the reverse.
 */
export function groupDocument(state: FakeState, group: ScimGroupRow, origin: string): JsonObject {
  const base = directoryUrl(origin, group.directoryId);
  const members: JsonObject[] = [];
  for (const id of state.scimMembers.membersOf(group.id)) {
    const userName = state.scimUsers.get(id)?.attributes.userName;
    if (userName === undefined) continue;
    members.push({ type: 'User', value: id, display: userName.toLowerCase(), $ref: `${base}/Users/${id}` });
  }
  return {
    schemas: [URN.group],
    id: group.id,
    ...(group.externalId !== undefined && { externalId: group.externalId }),
    displayName: group.displayName,
    members: members.reverse(),
    meta: {
      resourceType: 'Group',
      location: `${base}/Groups/${group.id}`,
      lastModified: group.lastModified,
      created: group.created,
    },
  };
}
