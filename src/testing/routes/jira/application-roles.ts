import type { JsonObject } from '../../../model/json.js';
import { groupsOfApplication, jiraProducts } from '../../rules/jira/jira-people.js';
import { seatHolders } from '../../rules/seats.js';
import type { Workspace } from '../../state/organization-rows.js';
import { param, type FakeResponse, type RouteContext } from '../route.js';
import { jiraJson, jiraRoute, refuseJira, siteOf } from './answers.js';
import { SCOPES } from './scopes.js';
import { groupName } from './views.js';

/** Access to the applications of a site. */
export const APPLICATION_ROUTES = [
  jiraRoute('jira.applicationRoles.list', 'GET /applicationrole', 'admins', SCOPES.applications, list),
  jiraRoute('jira.applicationRoles.get', 'GET /applicationrole/:key', 'admins', SCOPES.applications, get),
];

function list(context: RouteContext): FakeResponse {
  return jiraJson(
    200,
    jiraProducts(siteOf(context)).map((product) => applicationView(context, product)),
  );
}

function get(context: RouteContext): FakeResponse {
  const key = param(context, 'key');
  const product = jiraProducts(siteOf(context)).find(({ owner }) => owner === key);
  if (product === undefined) refuseJira(404, `The application role with the key '${key}' does not exist.`);
  return jiraJson(200, applicationView(context, product));
}

/** A product as an application role: whoever is in one of its groups has access. */
export function applicationView(context: RouteContext, product: Workspace): JsonObject {
  const { state } = context;
  const groups = groupsOfApplication(state, product);
  const defaults = groups.slice(0, 1);
  const userCount = seatHolders(state, product).size;
  return {
    key: product.owner,
    name: product.type,
    groups: groups.map(({ name }) => name),
    groupDetails: groups.map((group) => groupName(context, group)),
    defaultGroups: defaults.map(({ name }) => name),
    defaultGroupsDetails: defaults.map((group) => groupName(context, group)),
    selectedByDefault: false,
    defined: true,
    numberOfSeats: product.capacity ?? -1,
    remainingSeats: product.capacity === null ? -1 : Math.max(0, product.capacity - userCount),
    userCount,
    userCountDescription: 'users',
    hasUnlimitedSeats: product.capacity === null,
    platform: product.owner === 'jira-core',
  };
}
