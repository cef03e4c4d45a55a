import type { ApiFamily, Route } from '../route.js';
import { authorizeScim } from './authorize-scim.js';
import { DISCOVERY_ROUTES } from './discovery-routes.js';
import { GROUP_ROUTES } from './group-routes.js';
import { USER_ROUTES } from './user-routes.js';

const ROUTES: readonly Route[] = [...USER_ROUTES, ...GROUP_ROUTES, ...DISCOVERY_ROUTES];

/** The SCIM API of a directory: 20 operations. Each is served with an extra `/scim` segment as well, as Atlassian does. */
export const SCIM_FAMILY: ApiFamily = {
  name: 'scim',
  routes: [
    ...ROUTES,
    ...ROUTES.map((route) => ({
      ...route,
      path: route.path.replace('/scim/directory/:directoryId/', '/scim/directory/:directoryId/scim/'),
    })),
  ],
  authorize: authorizeScim,
};
