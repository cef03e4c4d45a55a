import type { Tagged } from '../../model/tagged.js';

/** Id of a space: digits. Not its key. */
export type ConfluenceSpaceId = Tagged<string, 'ConfluenceSpaceId'>;

/** Key of a space, such as `FIN`; that of a personal space starts with `~`. Version 1 knows spaces by it. */
export type ConfluenceSpaceKey = Tagged<string, 'ConfluenceSpaceKey'>;

/** Id of a space role: opaque, and another on each site, the default roles included. */
export type ConfluenceSpaceRoleId = Tagged<string, 'ConfluenceSpaceRoleId'>;

/** Id of a row of classic space permissions: digits. */
export type ConfluencePermissionId = Tagged<string, 'ConfluencePermissionId'>;
