import type { JiraApplicationRole as WireApplicationRole } from '../../clients/jira/jira-application-roles.js';
import type { JiraPermissionScheme as WireScheme } from '../../clients/jira/jira-permission-scheme.js';
import type { JiraProject as WireProject } from '../../clients/jira/jira-project.js';
import type { JiraGroupName } from '../../clients/jira/jira-user.js';
import type { OrgGroupId } from '../../model/ids.js';
import type { Gap } from '../entities/gap.js';
import type { JiraEntity } from '../entities/jira-entities.js';
import { gap } from '../reading/gap-of-error.js';
import { toPermissionScheme } from './jira-mapping.js';
import { APPLICATIONS, GROUPS, INSTANCE, ROLES, SCHEMES, type USERS } from './jira-parts.js';

export const NO_ADDRESS = gap('jira', INSTANCE, {
  what: 'without-address',
  reason: 'truncated',
  message: 'Jira did not tell the address of the site when it was asked about itself',
});

/** Of a list of applications that is empty, though Jira itself is one: nobody would have a licence. */
export const NO_APPLICATION = gap('jira', APPLICATIONS, {
  what: 'none',
  reason: 'truncated',
  message: 'Jira listed no application: who has access to it is not known',
});

/** A group of which Jira tells the id. */
export type KnownGroup = JiraGroupName & { readonly groupId: OrgGroupId };

/** Whether Jira tells the id of a group. */
export function isKnown(group: JiraGroupName): group is KnownGroup {
  return group.groupId !== undefined;
}

/** Of a list that is empty, though the user of the token at least is somebody, or may not see who else is there. */
export function nobodyListed(part: typeof USERS | typeof GROUPS, browsesUsers: boolean | undefined): Gap {
  if (browsesUsers !== false)
    return gap('jira', part, {
      what: 'nobody',
      reason: 'truncated',
      message: `Jira listed no ${part.name}, not even the user of the token`,
    });
  return gap('jira', part, {
    what: 'may-not-browse',
    reason: 'forbidden',
    message: `The user of the token may not browse users and groups, and Jira listed no ${part.name}`,
    advice: 'Give the user the global permission Browse users and groups.',
  });
}

/** Of the roles of a project that the user of the token does not administer. */
export function rolesRefused({ id, name }: WireProject): Gap {
  return gap('jira', ROLES, {
    what: 'not-administered',
    reason: 'forbidden',
    message: `The user of the token administers neither the project ${name} nor Jira: its roles were not read`,
    advice: 'Use a user with the global permission Administer Jira.',
    resource: { type: 'jira.project', id, name },
  });
}

/** Of a role that came without the list of its holders, which is not a role of nobody. */
export function withoutActors(resource: NonNullable<Gap['resource']>): Gap {
  return gap('jira', ROLES, {
    what: 'without-holders',
    reason: 'failed',
    message: `Jira gave the role ${resource.name ?? resource.id} without the list of who holds it`,
    resource,
  });
}

/** Of a group without its id: who is in it cannot be asked. */
export function groupWithoutId({ name }: JiraGroupName): Gap {
  return gap('jira', GROUPS, {
    what: 'without-id',
    reason: 'truncated',
    message: 'Jira names a group without its id: who is in it is not read',
    resource: { type: 'jira.group', id: name, name },
  });
}

/** Of an application role that a group without its id gives. */
export function roleWithUnknownGroup({ key, name }: WireApplicationRole): Gap {
  return gap('jira', APPLICATIONS, {
    what: 'group-without-id',
    reason: 'truncated',
    message: `Jira names a group that gives ${name ?? key} without its id: which group it is, is not known`,
    resource: { type: 'jira.applicationRole', id: key, ...(name !== undefined && { name }) },
  });
}

/** A scheme; one without a list of its grants is not one that grants nothing. */
export function schemeFound(scheme: WireScheme): (JiraEntity | Gap)[] {
  const { id, name, grants } = scheme;
  const unread = gap('jira', SCHEMES, {
    what: 'without-grants',
    reason: 'failed',
    message: `Jira gave the permission scheme ${name} without its grants`,
    resource: { type: 'jira.permissionScheme', id, name },
  });
  return [toPermissionScheme(scheme), ...(grants === undefined ? [unread] : [])];
}
