import { json } from '../respond.js';
import type { ApiFamily } from '../route.js';

/** What every site answers to anybody, whichever products are on it. */
export const SITE_FAMILY: ApiFamily = {
  name: 'site',
  at: 'site',
  routes: [
    {
      operation: 'site.tenantInfo',
      method: 'GET',
      path: '/_edge/tenant_info',
      effect: 'read',
      handle: ({ site }) => (site === undefined ? { status: 404 } : json(200, { cloudId: site.cloudId })),
    },
  ],
  authorize: () => undefined,
};
