import {
  bitbucketMeaning,
  confluenceMeaning,
  jiraMeaning,
  levelsOf,
  type AccessLevel,
  type Meaning,
} from '../../graph/access-level.js';
import type { OaaCanonicalPermission } from './oaa-payload.js';

type Canonical = readonly OaaCanonicalPermission[];

const METADATA: Canonical = ['MetadataRead'];
const ADMINISTER: Canonical = ['MetadataWrite', 'NonData'];
const UNKNOWN: Canonical = ['Uncategorized'];

const OF_LEVEL: Readonly<Record<AccessLevel, Canonical>> = {
  read: ['DataRead', ...METADATA],
  create: ['DataCreate'],
  write: ['DataWrite'],
  delete: ['DataDelete'],
  admin: ADMINISTER,
};

/** The levels that the access graph has for it, and what is of no level. What may be any level is not categorized. */
function canonicalOf({ mask, maybe }: Meaning, further: Canonical = []): Canonical {
  const types = [...levelsOf(mask).flatMap((level) => OF_LEVEL[level]), ...further];
  return maybe !== 0 || types.length === 0 ? UNKNOWN : [...new Set(types)];
}

const FURTHER_OF_JIRA = new Map<string, Canonical>([
  ['VIEW_DEV_TOOLS', METADATA],
  ['VIEW_READONLY_WORKFLOW', METADATA],
  ['VIEW_VOTERS_AND_WATCHERS', METADATA],
  ['ASSIGNABLE_USER', ['NonData']],
]);

/** A permission of a permission scheme. One that an app added is not categorized. */
export function canonicalOfJira(permission: string): Canonical {
  return canonicalOf(jiraMeaning(permission), FURTHER_OF_JIRA.get(permission));
}

/** A permission on a space, `<operation>/<target>`. */
export function canonicalOfConfluence(permission: string): Canonical {
  const [operation = '', target = ''] = permission.split('/');
  return canonicalOf(
    confluenceMeaning(operation, target),
    operation === 'restrict_content' ? ['MetadataWrite'] : undefined,
  );
}

const FURTHER_OF_BITBUCKET = new Map<string, Canonical>([
  ['create-repo', ['MetadataCreate']],
  ['create-project', ['MetadataCreate']],
  ['admin', ['MetadataCreate', 'MetadataDelete']],
  ['owner', ['MetadataCreate', 'MetadataDelete']],
]);

/** A level of a workspace, a project or a repository. To be in a workspace opens nothing that is in it. */
export function canonicalOfBitbucket(level: string): Canonical {
  if (level === 'member' || level === 'collaborator') return METADATA;
  return canonicalOf(bitbucketMeaning(level), FURTHER_OF_BITBUCKET.get(level));
}

/** A role that the organization gives. */
export function canonicalOfOrganization(role: string): Canonical {
  if (/^atlassian\/(.+-)?admin$/.test(role)) return ADMINISTER;
  return /^atlassian\/(user|guest|customer|contributor|basic|stakeholder|viewer)$/.test(role) ? ['NonData'] : UNKNOWN;
}

/** Use of a product, and its administration. */
export const canonicalOfUse = { user: ['NonData'], admin: ADMINISTER } as const satisfies Record<string, Canonical>;
