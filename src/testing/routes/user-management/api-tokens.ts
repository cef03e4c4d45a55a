import type { JsonObject } from '../../../model/json.js';
import type { ApiToken } from '../../state/account-rows.js';
import { given, isoInstant } from '../presentation.js';
import { empty, json, refuse } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { accountOfPath } from './account-of-path.js';
import { logAccountChange } from './log-account-change.js';
import { refusal } from './refusals.js';

const TOKENS = '/users/:accountId/manage/api-tokens';

/** Listing and revoking the API tokens of a managed account. */
export const API_TOKEN_ROUTES: readonly Route[] = [
  { operation: 'admin.managedAccounts.listApiTokens', method: 'GET', path: TOKENS, effect: 'read', handle: list },
  {
    operation: 'admin.managedAccounts.revokeApiToken',
    method: 'DELETE',
    path: `${TOKENS}/:tokenId`,
    effect: 'write',
    handle: revoke,
  },
];

/** A bare array, and all of it: no operation of this API has pages. */
function list(context: RouteContext): FakeResponse {
  const { accountId } = accountOfPath(context);
  return json(200, context.state.apiTokens.findAll('accountId', accountId).map(tokenView));
}

function revoke(context: RouteContext): FakeResponse {
  const { state } = context;
  const { accountId } = accountOfPath(context);
  const token = state.apiTokens.get(param(context, 'tokenId'));
  if (token?.accountId !== accountId) refuse(refusal(404, 'notFound', 'Error: Not found'));
  state.apiTokens.delete(token.id);
  logAccountChange(context, 'api_token_revoked', accountId);
  return empty(204);
}

function tokenView({ id, label, createdAt, lastAccessAt, expiresAt }: ApiToken): JsonObject {
  return given({
    id,
    label,
    createdAt: isoInstant(createdAt),
    lastAccess: lastAccessAt === undefined ? undefined : isoInstant(lastAccessAt),
    expiry: expiresAt === undefined ? undefined : isoInstant(expiresAt),
  });
}
