import { path, type EncodedPath } from '../../http/path.js';
import type { ProjectLevel, RepositoryLevel } from './bitbucket-grant.js';

/** A repository, by its slug. */
export interface RepositoryPlace {
  readonly repository: string;
}

/** A project, by its key. Its grants hold for its repositories too, and are not among theirs. */
export interface ProjectPlace {
  readonly project: string;
}

/** Where something is granted. */
export type GrantPlace = RepositoryPlace | ProjectPlace;

/** What can be granted there. */
export type LevelOf<Place extends GrantPlace> = Place extends RepositoryPlace ? RepositoryLevel : ProjectLevel;

/** Who holds a grant. */
export type GrantHolder = 'user' | 'group';

/** What a call about grants is called: `bitbucket.permissions.grantRepositoryUser`. */
export function grantOperation(verb: 'list' | 'get' | 'grant' | 'revoke', place: GrantPlace, holder: GrantHolder) {
  const noun = holder === 'user' ? 'User' : 'Group';
  const kind = 'repository' in place ? 'Repository' : 'Project';
  return `bitbucket.permissions.${verb}${kind}${noun}${verb === 'list' ? 's' : ''}`;
}

/** The path of the grants of a place to one kind of holder, or to one of them. */
export function grantPath(workspace: string, place: GrantPlace, holder: GrantHolder, id?: string): EncodedPath {
  const base =
    'repository' in place
      ? path`/2.0/repositories/${workspace}/${place.repository}/permissions-config`
      : path`/2.0/workspaces/${workspace}/projects/${place.project}/permissions-config`;
  const one = id === undefined ? '' : path`/${id}`;
  return `${base}/${holder}s${one}` as EncodedPath;
}
