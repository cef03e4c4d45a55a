import type { JsonObject, JsonValue } from '../../../model/json.js';
import { deleteRecords, unlink } from '../../rules/provisioning-links.js';
import type { Account } from '../../state/account-rows.js';
import type { ScimUserRow } from '../../state/scim-rows.js';
import { empty, gatewayUnauthorized, json, refuse } from '../respond.js';
import { param, type ApiFamily, type FakeResponse, type Route, type RouteContext } from '../route.js';

const ORGANIZATION = '/admin/user-provisioning/v1/org/:organizationId';

const ROUTES: readonly Route[] = [
  {
    operation: 'admin.provisioningLinks.forAccount',
    method: 'GET',
    path: `${ORGANIZATION}/user/:accountId/get-scim-links`,
    effect: 'read',
    handle: (context) =>
      links(context, context.state.scimUsers.findAll('accountId', requireAccount(context).accountId)),
  },
  {
    operation: 'admin.provisioningLinks.forEmail',
    method: 'POST',
    path: `${ORGANIZATION}/get-scim-links-for-email`,
    effect: 'read',
    handle: forEmail,
  },
  {
    operation: 'admin.provisioningLinks.unlink',
    method: 'PATCH',
    path: `${ORGANIZATION}/scimDirectoryId/:scimDirectoryId/scimUserId/:scimUserId/unlink`,
    effect: 'write',
    handle: unlinkRecord,
  },
  {
    operation: 'admin.provisioningLinks.deleteRecords',
    method: 'DELETE',
    path: `${ORGANIZATION}/user/:accountId/onlyDeleteUserInDB`,
    effect: 'write',
    handle: deleteRecordsOfAccount,
  },
];

/**
 * The four operations on the links between SCIM records and accounts. They take the key of the organization. Nobody has
 * recorded their errors: the fake answers them in the shape of the gateway.
 */
export const PROVISIONING_LINKS_FAMILY: ApiFamily = {
  name: 'provisioning-links',
  routes: ROUTES,
  authorize: ({ key, params, state, switches }) => {
    if (key?.kind !== 'organization-key') return key === undefined ? gatewayUnauthorized() : gateway(403, 'Forbidden');
    if (key.scopes !== null && switches.scopedKeyForLinks === 'refused') return gateway(403, 'Insufficient scope');
    const isOwn = key.organizationId === params.organizationId && key.organizationId === state.organization.id;
    return isOwn ? undefined : gateway(403, 'Forbidden');
  },
};

function forEmail(context: RouteContext): FakeResponse {
  const email = context.body.kind === 'json' ? emailIn(context.body.value) : undefined;
  if (email === undefined) return gateway(400, 'email is required');
  return links(context, context.state.scimUsers.findAll('email', email.toLowerCase()));
}

function unlinkRecord(context: RouteContext): FakeResponse {
  const row = context.state.scimUsers.get(param(context, 'scimUserId'));
  if (row?.directoryId !== param(context, 'scimDirectoryId')) return gateway(404, 'SCIM user not found');
  unlink(context, row);
  return empty(context.switches.unlinkStatus);
}

function deleteRecordsOfAccount(context: RouteContext): FakeResponse {
  const account = requireAccount(context);
  if (!context.state.isManaged(account)) return gateway(403, 'The account is not managed by this organization');
  deleteRecords(context, account);
  return empty(204);
}

/** An account without links answers with none; one that does not exist is not found. */
function requireAccount(context: RouteContext): Account {
  const account = context.state.accounts.get(param(context, 'accountId'));
  return account ?? refuse(gateway(404, 'Account not found'));
}

function links({ state }: RouteContext, rows: readonly ScimUserRow[]): FakeResponse {
  const scimLinks = rows.map((row): JsonObject => ({
    scimUserId: row.id,
    ...(row.accountId !== undefined && { atlassianAccountId: row.accountId }),
    orgId: state.organization.id,
    directoryId: row.directoryId,
  }));
  return json(200, { scimLinks });
}

function emailIn(body: JsonValue): string | undefined {
  if (typeof body !== 'object' || body === null || !('email' in body)) return undefined;
  return typeof body.email === 'string' && body.email !== '' ? body.email : undefined;
}

function gateway(code: number, message: string): FakeResponse {
  return json(code, { code, message });
}
