import type { JsonObject } from '../../../model/json.js';
import { profileRule } from '../../rules/manage-privileges.js';
import { profileViolations, readProfileChange, withProfile } from '../../rules/profile-change.js';
import type { Account } from '../../state/account-rows.js';
import { isJsonObject } from '../json-object.js';
import { given } from '../presentation.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { accountOfPath, privilegeContext } from './account-of-path.js';
import { logAccountChange } from './log-account-change.js';
import { refusal, refuseBody, refuseViolations, ruleView } from './refusals.js';

const PROFILE = '/users/:accountId/manage/profile';

/** Reading and changing the profile of a managed account. */
export const PROFILE_ROUTES: readonly Route[] = [
  { operation: 'admin.managedAccounts.getProfile', method: 'GET', path: PROFILE, effect: 'read', handle: get },
  { operation: 'admin.managedAccounts.patchProfile', method: 'PATCH', path: PROFILE, effect: 'write', handle: patch },
];

function get(context: RouteContext): FakeResponse {
  return json(200, { account: profileView(accountOfPath(context)) });
}

/** All or nothing: one field that may not be written refuses the rest with it. */
function patch(context: RouteContext): FakeResponse {
  const { state, body } = context;
  const account = accountOfPath(context);
  const change = body.kind === 'json' && isJsonObject(body.value) ? readProfileChange(body.value) : undefined;
  if (change === undefined) refuseBody();

  const denied = [...change.keys()]
    .map((path) => [path, profileRule(privilegeContext(context), account, path)] as const)
    .filter(([, rule]) => !rule.allowed);
  if (denied.length > 0) {
    const rules = Object.fromEntries(denied.map(([path, rule]) => [path, ruleView(rule)]));
    refuse(refusal(403, 'forbidden.fieldMutation', rules));
  }
  refuseViolations(profileViolations(change));

  const changed = withProfile(account, change);
  state.accounts.put(changed);
  logAccountChange(context, 'user_detail_change', account.accountId);
  return json(200, { account: profileView(changed) });
}

const PRIVACY: JsonObject = { name: 'public', nickname: 'public', picture: 'public', email: 'collaborator' };

/** Members that are not set are left out (seen). */
function profileView(account: Account): JsonObject {
  const { profile } = account;
  return given({
    account_id: account.accountId,
    account_type: account.type,
    account_status: account.status,
    name: account.name,
    nickname: account.nickname,
    email: account.email,
    email_verified: account.emailVerified,
    picture: account.picture,
    zoneinfo: account.timeZone,
    locale: account.locale,
    extended_profile: given({
      job_title: profile.jobTitle,
      organization: profile.organization,
      department: profile.department,
      location: profile.location,
      phone_number: profile.phoneNumber,
      team_type: profile.teamType,
    }),
    characteristics: { not_mentionable: false },
    privacy_settings: PRIVACY,
  });
}
