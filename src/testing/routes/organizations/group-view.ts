import type { JsonObject } from '../../../model/json.js';
import { resourcesOfGroup } from '../../rules/group-query.js';
import type { OrgGroup } from '../../state/account-rows.js';
import type { RouteContext } from '../route.js';
import { given, present } from '../presentation.js';

/** Counts of a group that a search shows on request. */
export const GROUP_EXPANSIONS = ['counts.resources', 'counts.users'] as const;

/** A group as searches, lists and details have it. */
export function groupView(context: RouteContext, group: OrgGroup, expand: readonly string[] = []): JsonObject {
  const counts = given({
    users: expand.includes('counts.users') ? context.visible.membersOf(group.id).size : undefined,
    resources: expand.includes('counts.resources') ? resourcesOfGroup(context, group).size : undefined,
  });
  return {
    id: group.id,
    name: group.name,
    ...present(context, { description: group.description ?? undefined }),
    directoryId: group.directoryId,
    externalSynced: group.origin !== 'local',
    managedBy: group.managedBy,
    managementAccess: { ...group.access },
    ...(Object.keys(counts).length > 0 && { counts }),
  };
}
