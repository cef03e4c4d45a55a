import type { JsonObject } from '../../../model/json.js';
import { isActiveUser } from '../../rules/jira/jira-people.js';
import { visibleEmail } from '../../rules/visible-email.js';
import type { Account, OrgGroup } from '../../state/account-rows.js';
import { given } from '../presentation.js';
import type { RouteContext } from '../route.js';
import { API, callerOf, siteOf } from './answers.js';

const DEFAULT_ZONE = 'Etc/UTC';
const SIZES = ['16x16', '24x24', '32x32', '48x48'];

/** What every form of a user has. A zone that the person has not set is that of the site. */
export function userDetails(context: RouteContext, account: Account): JsonObject {
  const { state, origin } = context;
  return {
    self: `${origin}${API}/user?accountId=${encodeURIComponent(account.accountId)}`,
    accountId: account.accountId,
    accountType: account.type,
    ...email(context, account),
    avatarUrls: Object.fromEntries(SIZES.map((size) => [size, `${account.picture}?s=${size.slice(0, 2)}`])),
    displayName: account.name,
    active: isActiveUser(state, siteOf(context), account),
    timeZone: account.timeZone ?? DEFAULT_ZONE,
  };
}

/** A user of the lists of users. */
export function userView(context: RouteContext, account: Account): JsonObject {
  return {
    ...userDetails(context, account),
    ...given({ locale: account.locale, appType: account.type === 'app' ? 'service' : undefined }),
  };
}

/** A group by its name and id. */
export function groupName({ origin }: RouteContext, { id, name }: OrgGroup): JsonObject {
  return { name, groupId: id, self: `${origin}${API}/group?groupId=${id}` };
}

function email(context: RouteContext, account: Account): JsonObject {
  const shown = visibleEmail(context.state, account, callerOf(context));
  if (shown !== undefined) return { emailAddress: shown };
  const forms: Readonly<Record<typeof context.switches.jiraHiddenEmail, JsonObject>> = {
    omitted: {},
    null: { emailAddress: null },
    empty: { emailAddress: '' },
  };
  return forms[context.switches.jiraHiddenEmail];
}
