import type { PathNode } from '../../graph/access-path.js';
import type { ResourceType } from '../../graph/resources.js';

const RESOURCES = [
  ['admin.tenant', 'Organization'],
  ['jira.instance', 'Jira site'],
  ['jira.project', 'Jira project'],
  ['confluence.instance', 'Confluence site'],
  ['confluence.space', 'Confluence space'],
  ['bitbucket.workspace', 'Bitbucket workspace'],
  ['bitbucket.project', 'Bitbucket project'],
  ['bitbucket.repository', 'Bitbucket repository'],
] as const satisfies readonly (readonly [ResourceType, string])[];

const KINDS = new Map<string, string>([
  ...RESOURCES,
  ['group', 'group'],
  ['admin.group', 'group'],
  ['jira.group', 'group'],
  ['confluence.group', 'group'],
  ['bitbucket.group', 'group'],
  ['jira.projectRole', 'project role'],
  ['jira.permissionScheme', 'permission scheme'],
  ['jira.applicationRole', 'application'],
  ['confluence.spaceRole', 'space role'],
  ['conditional', 'condition'],
  ['unknown', 'unknown holder'],
]);

/** What a kind of place is called. Empty for those whose names say it. */
export function kindOf(type: string): string {
  return KINDS.get(type) ?? '';
}

/** A place on a path as one text: its kind, a line break and its name, which may have more of them. */
export function nodeText({ type, id, name }: PathNode): string {
  return `${kindOf(type)}\n${nameOr(id, name)}`;
}

/** The first that is a text with something in it. */
export function nameOr(id: string, ...names: readonly (string | undefined)[]): string {
  return names.find((name) => name !== undefined && name.trim() !== '') ?? id;
}
