import type { AccessSnapshot } from '../snapshot/access-snapshot.js';

/** Whose a Bitbucket workspace is: of the organization that was read, of no organization or another one, or not known. */
export type WorkspaceOwner = 'ours' | 'another' | 'unknown';

/**
 * Whose the workspace is. Groups of a workspace that is managed with the organization are groups of the organization, and
 * only a workspace that no organization manages tells when its members came. Without either it is not known: groups may
 * not have been read, or have other names.
 */
export function workspaceOwner(entities: AccessSnapshot['entities']): WorkspaceOwner {
  // Groups and members do not tell of which of several workspaces they are.
  if (entities['bitbucket.workspace'].length !== 1) return 'unknown';
  const groups = new Set<string>(entities['admin.group'].map(({ id }) => id));
  if (entities['bitbucket.group'].some(({ id }) => groups.has(id))) return 'ours';
  const isUnmanaged = entities['bitbucket.user'].some(
    ({ addedAt, lastAccessedAt }) => addedAt !== undefined || lastAccessedAt !== undefined,
  );
  return isUnmanaged ? 'another' : 'unknown';
}
