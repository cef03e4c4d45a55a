import { CONFLUENCE_FAMILY } from './confluence/confluence-family.js';
import { JIRA_FAMILY } from './jira/jira-family.js';
import { BITBUCKET_FAMILY } from './bitbucket/bitbucket-family.js';
import { ORGANIZATIONS_FAMILY } from './organizations/organizations-family.js';
import { PROVISIONING_LINKS_FAMILY } from './provisioning-links/provisioning-links-family.js';
import type { ApiFamily } from './route.js';
import { SCIM_FAMILY } from './scim/scim-family.js';
import { SITE_FAMILY } from './site/site-family.js';
import { USER_MANAGEMENT_FAMILY } from './user-management/user-management-family.js';

/**
 * Every API of the fake.
 *
 * How to add one: a folder beside this file exports one {@link ApiFamily} (`ORGANIZATIONS_FAMILY` from
 * `organizations/organizations-family.ts`), and a line here. Its routes speak the wire and nothing else: they read
 * `context.state` (the truth), answer organization reads from `context.visible` (which may trail behind it), and leave
 * to `rules/` what Atlassian allows, refuses and propagates. What nobody has confirmed is a switch in `switches/`.
 *
 * An API of the sites (`at: 'site'`) has paths such as `/rest/api/3/myself`, which the gateway serves too, under
 * `/ex/<gateway>/<cloudId>`; `context.site` is the site, and `site/site-access.ts` tells who calls it. On a port of its own
 * the fake serves every host at once, with the sites' paths for the first site: paths of two APIs must differ.
 *
 * The dispatcher, for each request: finds the route (a path or method without one is thrown, not answered), makes due
 * effects happen, lets a scripted fault strike, counts against the rate limits, asks `authorize`, runs `handle`, and logs
 * the request. A route answers with a value or throws a `Refusal`; any other error is a defect of the fake and reaches
 * the test.
 */
export const API_FAMILIES: readonly ApiFamily[] = [
  SCIM_FAMILY,
  PROVISIONING_LINKS_FAMILY,
  ORGANIZATIONS_FAMILY,
  USER_MANAGEMENT_FAMILY,
  SITE_FAMILY,
  BITBUCKET_FAMILY,
  JIRA_FAMILY,
  CONFLUENCE_FAMILY,
];
