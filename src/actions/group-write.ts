import type { ErrorCode } from '../errors/error-code.js';
import type { GroupRoute, ResolvedGroup } from '../model/group.js';
import type { OrgDirectoryId, OrgGroupId, ScimGroupId } from '../model/ids.js';
import type { GroupWish } from './group-wish.js';

/** How the members of a group are to be written, or why they cannot be. */
export type GroupWrite =
  | { readonly possible: true; readonly route: 'scim'; readonly name: string; readonly scimGroupId: ScimGroupId }
  | {
      readonly possible: true;
      readonly route: 'organization';
      readonly name: string;
      readonly orgGroupId: OrgGroupId;
      readonly orgDirectoryId: OrgDirectoryId;
    }
  | {
      readonly possible: false;
      readonly name: string;
      readonly code: ErrorCode;
      readonly reason: string;
      readonly advice?: string;
    };

/**
 * Chooses the route of one group.
 *
 * Membership is owned by the group's origin: SCIM writes a synced group, the Organizations API a local one, and Atlassian
 * refuses the other way round. A route the caller forces is taken only where Atlassian would accept it.
 */
export function groupWrite({ choice, resolution }: GroupWish, requireBoth: boolean): GroupWrite {
  const asked = choice.name ?? choice.scimGroupId ?? choice.orgGroupId ?? '';
  if (resolution.status !== 'resolved') {
    const { error } = resolution;
    return {
      possible: false,
      name: asked,
      code: error.code,
      reason: error.message,
      advice: error.advice,
    };
  }
  const { group } = resolution;
  if (requireBoth && (group.scimGroupId === undefined || group.orgGroupId === undefined)) {
    const missing = group.scimGroupId === undefined ? 'the SCIM directory' : 'the organization';
    return impossible(
      group,
      `it is not in ${missing}, and requireBoth asks for both`,
      'Leave requireBoth out, or push the group from the identity provider first.',
    );
  }
  if (choice.route !== undefined) return forced(group, choice.route);
  // The id names the parked group of the directory, and what the organization has under its name is another one.
  if (choice.scimGroupId !== undefined && group.conflict !== undefined)
    return impossible(group, group.conflict, 'Name the group by its orgGroupId, or force one of the two routes.');
  return routed(group, group.route);
}

function routed(group: ResolvedGroup, route: GroupRoute | undefined): GroupWrite {
  const { name, scimGroupId, orgGroupId, orgDirectoryId } = group;
  if (route === 'scim' && scimGroupId !== undefined) return { possible: true, route, name, scimGroupId };
  if (route === 'organization' && orgGroupId !== undefined && orgDirectoryId !== undefined)
    return { possible: true, route, name, orgGroupId, orgDirectoryId };
  return impossible(group, group.unwritableBecause ?? 'no configured credential can write it', adviceOf(group));
}

function adviceOf({ origin }: ResolvedGroup): string {
  return origin === 'foreign'
    ? 'Change its members at the identity provider that owns it, or configure the SCIM directory of that one.'
    : 'Change its members at admin.atlassian.com, or configure a key that may: `checkConfiguration()` tells.';
}

function forced(group: ResolvedGroup, route: GroupRoute): GroupWrite {
  if (route === 'organization' && group.origin !== 'local')
    return impossible(
      group,
      `its members are owned by a directory (${group.origin}), and the Organizations API refuses to change them`,
      'Use the route scim, or leave the route out.',
    );
  if (route === 'scim' && group.scimGroupId === undefined)
    return impossible(
      group,
      group.unwritableBecause ?? 'the SCIM directory has no such group',
      'Use the route organization, or leave the route out.',
    );
  return routed(group, route);
}

function impossible({ name }: ResolvedGroup, reason: string, advice?: string): GroupWrite {
  return {
    possible: false,
    name,
    code: 'group_not_writable',
    reason: `the members of "${name}" cannot be written: ${reason}`,
    ...(advice !== undefined && { advice }),
  };
}
