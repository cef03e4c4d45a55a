import type { ApiFamily } from '../route.js';
import { loginHeaders } from '../site/site-access.js';
import { authorizeConfluence } from './confluence-access.js';
import { GROUP_ROUTES } from './group-routes.js';
import { INSTANCE_ROUTES } from './instance-routes.js';
import { PERMISSION_ROUTES } from './permission-routes.js';
import { ROLE_ROUTES } from './role-routes.js';
import { SPACE_ROUTES } from './space-routes.js';
import { USER_ROUTES } from './user-routes.js';

/** Confluence: spaces, roles and bulk users by version 2; users, groups and classic writes by version 1. */
export const CONFLUENCE_FAMILY: ApiFamily = {
  name: 'confluence',
  at: 'site',
  gateway: 'confluence',
  routes: [...INSTANCE_ROUTES, ...USER_ROUTES, ...GROUP_ROUTES, ...SPACE_ROUTES, ...PERMISSION_ROUTES, ...ROLE_ROUTES],
  authorize: authorizeConfluence,
  headers: loginHeaders,
};
