import type { OrgDirectoryId } from '../../../model/ids.js';
import { param, type RouteContext } from '../route.js';
import { refuseWith } from './refusals.js';

const ALL = '-';

/** The directory of a read; `undefined` for `-`, all directories. An unknown one is refused. */
export function directoryOfRead(context: RouteContext): OrgDirectoryId | undefined {
  const directoryId = param(context, 'directoryId');
  if (directoryId === ALL) return undefined;
  return knownDirectory(context, directoryId);
}

/**
 * The directory of a write. Nobody has recorded what `-` does there: it is refused, or stands for the one directory that
 * `resolve` finds, as the switch `dashOnWrites` has it.
 */
export function directoryOfWrite(context: RouteContext, resolve: () => OrgDirectoryId | undefined): OrgDirectoryId {
  const directoryId = param(context, 'directoryId');
  if (directoryId !== ALL) return knownDirectory(context, directoryId);
  const resolved = context.switches.dashOnWrites === 'resolved' ? resolve() : undefined;
  if (resolved === undefined) refuseWith(context, 'ADMIN-UAM-404-1', 'Directory not found');
  return resolved;
}

function knownDirectory(context: RouteContext, directoryId: string): OrgDirectoryId {
  if (!context.state.orgDirectories.has(directoryId)) refuseWith(context, 'ADMIN-UAM-404-1', 'Directory not found');
  return directoryId as OrgDirectoryId;
}
