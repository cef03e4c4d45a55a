import { Refusal, type ApiFamily, type Route } from '../route.js';
import { authorizeOrganization, withoutDocumentedBody } from './authorize.js';
import { DIRECTORY_ROUTES } from './directories.js';
import { DOMAIN_ROUTES } from './domains.js';
import { EVENT_ROUTES } from './events.js';
import { GROUP_LISTING_ROUTES } from './group-listing.js';
import { GROUP_MEMBERSHIP_ROUTES } from './group-memberships.js';
import { GROUP_ROLE_ROUTES } from './group-roles.js';
import { GROUP_ROUTES } from './groups.js';
import { INVITE_ROUTES } from './invite.js';
import { LAST_ACTIVE_ROUTES } from './last-active-dates.js';
import { MANAGED_ACCOUNT_ROUTES } from './managed-account-listing.js';
import { ORGANIZATION_ROUTES } from './organization-reads.js';
import { POLICY_ROUTES } from './policies.js';
import { RETIRED_ROUTES } from './retired.js';
import { USER_DIRECTORY_ROUTES } from './user-directory-writes.js';
import { USER_LISTING_ROUTES } from './user-listing.js';
import { USER_READ_ROUTES } from './user-reads.js';
import { USER_ROLE_ROUTES } from './user-roles.js';
import { USER_ROLE_WRITE_ROUTES } from './user-role-writes.js';
import { WORKSPACE_ROUTES } from './workspaces.js';

const ROUTES: readonly Route[] = [
  ...ORGANIZATION_ROUTES,
  ...DIRECTORY_ROUTES,
  ...USER_LISTING_ROUTES,
  ...USER_READ_ROUTES,
  ...USER_ROLE_ROUTES,
  ...USER_ROLE_WRITE_ROUTES,
  ...USER_DIRECTORY_ROUTES,
  ...INVITE_ROUTES,
  ...MANAGED_ACCOUNT_ROUTES,
  ...LAST_ACTIVE_ROUTES,
  ...GROUP_LISTING_ROUTES,
  ...GROUP_ROUTES,
  ...GROUP_MEMBERSHIP_ROUTES,
  ...GROUP_ROLE_ROUTES,
  ...DOMAIN_ROUTES,
  ...EVENT_ROUTES,
  ...POLICY_ROUTES,
  ...WORKSPACE_ROUTES,
  ...RETIRED_ROUTES,
];

/** The Organizations API: 47 operations, and those of v1 that have ended. */
export const ORGANIZATIONS_FAMILY: ApiFamily = {
  name: 'organizations',
  routes: ROUTES.map(withDocumentedErrors),
  authorize: authorizeOrganization,
};

/** Where the reference has no error bodies, the switch `writeErrorBodies` takes them away. */
function withDocumentedErrors(route: Route): Route {
  return {
    ...route,
    handle: (context) => {
      try {
        return route.handle(context);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return withoutDocumentedBody(context, route, error.response);
      }
    },
  };
}
