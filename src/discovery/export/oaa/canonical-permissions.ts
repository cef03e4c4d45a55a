import type { OaaCanonicalPermission } from './oaa-payload.js';

type Canonical = readonly OaaCanonicalPermission[];

const READ: Canonical = ['DataRead', 'MetadataRead'];
const CREATE: Canonical = ['DataCreate'];
const EDIT: Canonical = ['DataWrite'];
const DELETE: Canonical = ['DataDelete'];
const ADMINISTER: Canonical = ['MetadataWrite', 'NonData'];
const METADATA: Canonical = ['MetadataRead'];
const UNKNOWN: Canonical = ['Uncategorized'];

const JIRA = new Map<string, Canonical>([
  ['BROWSE_PROJECTS', READ],
  ['VIEW_DEV_TOOLS', METADATA],
  ['VIEW_READONLY_WORKFLOW', METADATA],
  ['VIEW_VOTERS_AND_WATCHERS', METADATA],
  ['ADD_COMMENTS', CREATE],
  ['WORK_ON_ISSUES', CREATE],
  ['SERVICEDESK_AGENT', ['DataRead', 'DataWrite']],
  ['ASSIGNABLE_USER', ['NonData']],
  ['ADMINISTER_PROJECTS', ADMINISTER],
  ['EDIT_WORKFLOW', ADMINISTER],
  ['EDIT_ISSUE_LAYOUT', ADMINISTER],
]);
/** Of the rest, the first word tells. */
const JIRA_VERBS = new Map<string, Canonical>([
  ['CREATE', CREATE],
  ['DELETE', DELETE],
  ...['EDIT', 'ASSIGN', 'CLOSE', 'LINK', 'MODIFY', 'MOVE', 'RESOLVE', 'SCHEDULE', 'SET', 'TRANSITION', 'MANAGE'].map(
    (verb) => [verb, EDIT] as const,
  ),
]);

/** A permission of a permission scheme. One that an app added is not categorized. */
export function canonicalOfJira(permission: string): Canonical {
  const known = JIRA.get(permission);
  if (known !== undefined) return known;
  return (/^[A-Z_]+$/.test(permission) ? JIRA_VERBS.get(permission.split('_')[0] ?? '') : undefined) ?? UNKNOWN;
}

const CONFLUENCE = new Map<string, Canonical>([
  ['use', READ],
  ['read', READ],
  ['export', READ],
  ['create', CREATE],
  ['copy', CREATE],
  ['update', EDIT],
  ['move', EDIT],
  ['archive', EDIT],
  ['restore', EDIT],
  ['restrict_content', ['MetadataWrite']],
  ['delete', DELETE],
  ['purge', DELETE],
  ['purge_version', DELETE],
  ['administer', ADMINISTER],
  ['manage_users', ADMINISTER],
]);

/** A permission on a space, `<operation>/<target>`. */
export function canonicalOfConfluence(permission: string): Canonical {
  return CONFLUENCE.get(permission.split('/')[0] ?? '') ?? UNKNOWN;
}

const BITBUCKET = new Map<string, Canonical>([
  ['read', READ],
  ['write', [...READ, 'DataWrite', 'DataCreate', 'DataDelete']],
  ['create-repo', [...READ, 'DataWrite', 'DataCreate', 'DataDelete', 'MetadataCreate']],
  [
    'admin',
    [...READ, 'DataWrite', 'DataCreate', 'DataDelete', 'MetadataWrite', 'MetadataCreate', 'MetadataDelete', 'NonData'],
  ],
  [
    'owner',
    [...READ, 'DataWrite', 'DataCreate', 'DataDelete', 'MetadataWrite', 'MetadataCreate', 'MetadataDelete', 'NonData'],
  ],
  ['member', METADATA],
  ['collaborator', METADATA],
]);

/** A level of a workspace, a project or a repository. */
export function canonicalOfBitbucket(level: string): Canonical {
  return BITBUCKET.get(level) ?? UNKNOWN;
}

/** A role that the organization gives. */
export function canonicalOfOrganization(role: string): Canonical {
  if (/^atlassian\/(.+-)?admin$/.test(role)) return ADMINISTER;
  return /^atlassian\/(user|guest|customer|contributor|basic|stakeholder|viewer)$/.test(role) ? ['NonData'] : UNKNOWN;
}

/** Use of a product, and its administration. */
export const canonicalOfUse = { user: ['NonData'], admin: ADMINISTER } as const satisfies Record<string, Canonical>;
