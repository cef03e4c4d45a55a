import { isSiteAdmin } from '../../rules/confluence/confluence-people.js';
import type { AdminKeyRow } from '../../state/confluence-rows.js';
import { adminKeyKey } from '../../state/confluence-state.js';
import type { Account } from '../../state/account-rows.js';
import { isJsonObject } from '../json-object.js';
import { empty, json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { productOf, requireUse, requireUseHidden } from './confluence-access.js';
import { wikiOf } from './confluence-pages.js';
import { refuseHidden, refuseParameter } from './confluence-refusals.js';

const MINUTE = 60_000;
const ADMIN_KEY_PATH = '/wiki/api/v2/admin-key';

/** The site as such, and admin keys. */
export const INSTANCE_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.instance.getSystemInfo',
    method: 'GET',
    path: '/wiki/rest/api/settings/systemInfo',
    effect: 'read',
    scopes: [['manage:confluence-configuration'], ['read:configuration:confluence']],
    handle: systemInfo,
  },
  {
    operation: 'confluence.instance.findAdminKey',
    method: 'GET',
    path: ADMIN_KEY_PATH,
    effect: 'read',
    handle: (context) => {
      const key = adminKeyOf(context, requireKeyHolder(context));
      return key === undefined || key.expiresAt <= context.now ? refuseHidden() : keyAnswer(key);
    },
  },
  {
    operation: 'confluence.instance.enableAdminKey',
    method: 'POST',
    path: ADMIN_KEY_PATH,
    effect: 'write',
    handle: (context) => {
      const { accountId } = requireKeyHolder(context);
      const key = {
        cloudId: productOf(context).cloudId,
        accountId,
        expiresAt: context.now + minutesOf(context) * MINUTE,
      };
      context.state.confluence.adminKeys.put(key);
      return keyAnswer(key);
    },
  },
  {
    operation: 'confluence.instance.disableAdminKey',
    method: 'DELETE',
    path: ADMIN_KEY_PATH,
    effect: 'write',
    handle: (context) => {
      const { accountId } = requireKeyHolder(context);
      context.state.confluence.adminKeys.delete(adminKeyKey({ ...productOf(context), accountId }));
      return empty(204);
    },
  },
];

function systemInfo(context: RouteContext): FakeResponse {
  requireUse(context);
  const { cloudId, name } = productOf(context);
  return json(200, {
    cloudId,
    commitHash: 'a1b2c3d',
    baseUrl: wikiOf(context),
    edition: context.state.confluence.settingsOf(cloudId).edition,
    siteTitle: name,
    defaultLocale: 'en_GB',
    defaultTimeZone: 'Europe/Berlin',
  });
}

/** Only an administrator of a Premium or Enterprise site can have an admin key; anybody else finds nothing here. */
function requireKeyHolder(context: RouteContext): Account {
  const { account } = requireUseHidden(context);
  const product = productOf(context);
  const { edition } = context.state.confluence.settingsOf(product.cloudId);
  const isPaid = edition === 'PREMIUM' || edition === 'ENTERPRISE';
  if (account === undefined || !isPaid || !isSiteAdmin(context.state, product, account.accountId)) refuseHidden();
  return account;
}

function minutesOf({ body }: RouteContext): number {
  if (body.kind === 'none') return 10;
  const minutes = body.kind === 'json' && isJsonObject(body.value) ? (body.value.durationInMinutes ?? 10) : undefined;
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > 60)
    refuseParameter("'durationInMinutes' must be from 1 to 60");
  return minutes;
}

function adminKeyOf(context: RouteContext, { accountId }: Account): AdminKeyRow | undefined {
  return context.state.confluence.adminKeys.get(adminKeyKey({ ...productOf(context), accountId }));
}

function keyAnswer({ accountId, expiresAt }: AdminKeyRow): FakeResponse {
  return json(200, { accountId, expirationTime: new Date(expiresAt).toISOString() });
}
