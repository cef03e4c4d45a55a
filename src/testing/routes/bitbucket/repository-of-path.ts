import type { BitbucketProjectRow, BitbucketRepositoryRow } from '../../state/bitbucket-rows.js';
import { param } from '../route.js';
import { workspaceOf, workspaceOfMember, type BitbucketCall } from './admission.js';
import { refuseBitbucket } from './answers.js';

/** The repository that the path names, by slug or UUID, where the caller may see it. */
export function findRepository(call: BitbucketCall): BitbucketRepositoryRow {
  const { context, rights } = call;
  const workspace = workspaceOf(call);
  const ref = param(context, 'repository');
  const { repositories } = context.state.bitbucket;
  const row = ref.startsWith('{') ? repositories.get(ref) : repositories.find('slug', ref);
  if (row !== undefined && rights.levelOn(row) !== undefined) return row;
  if (row !== undefined && context.switches.bitbucketHiddenRepository === 403) return refuseBitbucket(403, 'Forbidden');
  return refuseBitbucket(404, `Repository ${workspace.slug}/${ref} not found`);
}

/** The same for its administrators alone. */
export function findOwnRepository(call: BitbucketCall): BitbucketRepositoryRow {
  const row = findRepository(call);
  return call.rights.levelOn(row) === 'admin' ? row : refuseBitbucket(403, 'Forbidden');
}

/** The project that the path names, where the caller may see it. */
export function findProject(call: BitbucketCall): BitbucketProjectRow {
  const { context, rights } = call;
  workspaceOf(call);
  const key = param(context, 'project');
  const row = context.state.bitbucket.projects.find('key', key);
  return row !== undefined && rights.sees(row) ? row : refuseBitbucket(404, `Project with key ${key} not found`);
}

/** The same for its administrators alone. */
export function findOwnProject(call: BitbucketCall): BitbucketProjectRow {
  workspaceOfMember(call);
  const row = findProject(call);
  return call.rights.administers(row) ? row : refuseBitbucket(403, 'Forbidden');
}
