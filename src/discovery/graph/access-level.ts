/** What access amounts to, the same words for every product. What the product itself calls it is always told beside it. */
export type AccessLevel = 'read' | 'create' | 'write' | 'delete' | 'admin';

/** The levels, from least to most. None includes another: `admin` of a Jira project is not `read`, unless both are granted. */
export const ACCESS_LEVELS = ['read', 'create', 'write', 'delete', 'admin'] as const satisfies readonly AccessLevel[];

export const READ = 1;
export const CREATE = 2;
export const WRITE = 4;
export const DELETE = 8;
export const ADMIN = 16;
/** Holding anything at all, with a level or without one. */
export const ANY = 32;
/** Every level. */
export const ALL = READ | CREATE | WRITE | DELETE | ADMIN;

/** What holding one entitlement of a product means: bits that are sure, and bits that it may be. */
export interface Meaning {
  readonly mask: number;
  readonly maybe: number;
}

const NOTHING: Meaning = { mask: 0, maybe: 0 };
const UNMAPPED: Meaning = { mask: ANY, maybe: ALL };
const sure = (mask: number): Meaning => ({ mask: mask | ANY, maybe: 0 });

/** The levels of a mask, in order. */
export function levelsOf(mask: number): AccessLevel[] {
  return ACCESS_LEVELS.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** The bit that a question asks for: any access where no level is named. */
export function bitOf(level: AccessLevel | undefined): number {
  return level === undefined ? ANY : 1 << ACCESS_LEVELS.indexOf(level);
}

const JIRA = new Map<string, Meaning>([
  ['BROWSE_PROJECTS', sure(READ)],
  ...['CREATE_ISSUES', 'ADD_COMMENTS', 'CREATE_ATTACHMENTS', 'WORK_ON_ISSUES'].map(
    (key) => [key, sure(CREATE)] as const,
  ),
  ...[
    'EDIT_ISSUES',
    'ASSIGN_ISSUES',
    'CLOSE_ISSUES',
    'LINK_ISSUES',
    'MODIFY_REPORTER',
    'MOVE_ISSUES',
    'RESOLVE_ISSUES',
    'SCHEDULE_ISSUES',
    'SET_ISSUE_SECURITY',
    'TRANSITION_ISSUES',
    'MANAGE_WATCHERS',
    'MANAGE_SPRINTS_PERMISSION',
    'SERVICEDESK_AGENT',
    'EDIT_ALL_COMMENTS',
    'EDIT_OWN_COMMENTS',
    'EDIT_ALL_WORKLOGS',
    'EDIT_OWN_WORKLOGS',
  ].map((key) => [key, sure(WRITE)] as const),
  ...[
    'DELETE_ISSUES',
    'DELETE_ALL_COMMENTS',
    'DELETE_OWN_COMMENTS',
    'DELETE_ALL_ATTACHMENTS',
    'DELETE_OWN_ATTACHMENTS',
    'DELETE_ALL_WORKLOGS',
    'DELETE_OWN_WORKLOGS',
  ].map((key) => [key, sure(DELETE)] as const),
  ...['ADMINISTER_PROJECTS', 'EDIT_WORKFLOW', 'EDIT_ISSUE_LAYOUT'].map((key) => [key, sure(ADMIN)] as const),
  // They show more of what can be read already, or let a person be chosen: no level of their own.
  ...['VIEW_DEV_TOOLS', 'VIEW_READONLY_WORKFLOW', 'VIEW_VOTERS_AND_WATCHERS', 'ASSIGNABLE_USER'].map(
    (key) => [key, sure(0)] as const,
  ),
]);

/** A permission of a Jira permission scheme. One that an app added may be any level. */
export function jiraMeaning(permission: string): Meaning {
  return JIRA.get(permission) ?? UNMAPPED;
}

const CONFLUENCE = new Map<string, Meaning>([
  ['use', sure(READ)],
  ['read', sure(READ)],
  ['export', sure(READ)],
  ['create', sure(CREATE)],
  ['copy', sure(CREATE)],
  ['create_space', sure(CREATE)],
  ['update', sure(WRITE)],
  ['move', sure(WRITE)],
  ['archive', sure(WRITE)],
  ['restore', sure(WRITE)],
  ['restrict_content', sure(WRITE)],
  ['delete', sure(DELETE)],
  ['purge', sure(DELETE)],
  ['purge_version', sure(DELETE)],
  ['administer', sure(ADMIN)],
  ['manage_users', sure(ADMIN)],
  ['archive_space', sure(ADMIN)],
]);

/** Whoever may add pages may change them too: Confluence has one permission for both. */
const WRITTEN_BY_ADDING = new Set(['page', 'blogpost', 'folder', 'whiteboard', 'database', 'embed']);

/** An operation on a target, as Confluence's classic permissions have them. */
export function confluenceMeaning(operation: string, target: string): Meaning {
  if (operation === 'create' && WRITTEN_BY_ADDING.has(target)) return sure(CREATE | WRITE);
  return CONFLUENCE.get(operation) ?? UNMAPPED;
}

/** A permission of a space role, by Atlassian's id: `read/space`. An id of another form may be any level. */
export function spaceRoleMeaning(permissions: readonly string[]): Meaning {
  let mask = ANY;
  let maybe = 0;
  for (const permission of permissions) {
    const [operation = '', target = ''] = permission.split('/');
    const meaning = confluenceMeaning(operation, target);
    mask |= meaning.mask;
    maybe |= meaning.maybe;
  }
  return { mask, maybe };
}

const BITBUCKET = new Map<string, Meaning>([
  ['none', NOTHING],
  ['read', sure(READ)],
  ['write', sure(READ | CREATE | WRITE)],
  ['create-repo', sure(READ | CREATE | WRITE)],
  ['create-project', sure(READ | CREATE)],
  ['admin', sure(ALL)],
  ['owner', sure(ALL)],
  ['member', sure(READ)],
  ['collaborator', sure(READ)],
]);

/** A level of Bitbucket. `create-repo` on a project includes writing to its repositories. */
export function bitbucketMeaning(level: string): Meaning {
  return BITBUCKET.get(level) ?? UNMAPPED;
}

const ADMINISTERS = new Set(['atlassian/admin', 'atlassian/site-admin', 'atlassian/org-admin']);
const USES = new Set([
  'atlassian/user',
  'atlassian/guest',
  'atlassian/customer',
  'atlassian/contributor',
  'atlassian/basic',
  'atlassian/stakeholder',
  'atlassian/viewer',
]);

/** A role that the organization gives: on a product, a site, or the organization itself. */
export function productRoleMeaning(role: string): Meaning {
  if (role === 'atlassian/admin') return sure(READ | ADMIN);
  if (ADMINISTERS.has(role)) return sure(ADMIN);
  if (USES.has(role)) return sure(READ);
  // It manages people and groups of a product, and does not open the product.
  if (role === 'atlassian/user-access-admin') return sure(ADMIN);
  if (role === 'atlassian/ai-access') return sure(0);
  return UNMAPPED;
}

/** What a role on a product, site or organization means for everything inside of it. */
export function bypassMeaning(role: string): Meaning {
  if (ADMINISTERS.has(role)) return sure(ADMIN);
  if (USES.has(role) || role === 'atlassian/user-access-admin' || role === 'atlassian/ai-access') return NOTHING;
  return { mask: 0, maybe: ADMIN | ANY };
}

/** Whether a role gives use of a product to somebody with a seat. */
export function isLicence(role: string): boolean {
  return role === 'atlassian/user' || role === 'atlassian/admin';
}

/** Whether a role lets somebody use a product in part, of which no page tells whether that counts as having access. */
export function mayBeLicence(role: string): boolean {
  return MAY_BE_LICENCES.has(role);
}

const MAY_BE_LICENCES = new Set([
  'atlassian/contributor',
  'atlassian/basic',
  'atlassian/stakeholder',
  'atlassian/viewer',
]);
