import type { ScimDirectory } from '../../state/scim-rows.js';
import { param, type RouteContext } from '../route.js';

/** The directory of the path. Who got past the credentials has named one that exists. */
export function requireDirectory(context: RouteContext): ScimDirectory {
  const id = param(context, 'directoryId');
  const directory = context.state.scimDirectories.get(id);
  if (directory === undefined) throw new Error(`The fake let a request in for a directory that is not there: ${id}`);
  return directory;
}
