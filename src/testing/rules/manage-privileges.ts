import type { AtlassianAccountId } from '../../model/ids.js';
import type { Account } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';

/** Why something is not allowed (documented; the same keys come back in refusals). */
type ReasonKey =
  'administrative.notMyself' | 'blocked.exportControl' | 'externalDirectory.google' | 'externalDirectory.scim';

/** Whether one thing may be done. Of a refusal the reason may be missing. */
export type ManageRule = { readonly allowed: true } | { readonly allowed: false; readonly reason?: ReasonKey };

/** A privilege that is one rule; the profile has a rule for each of its paths. */
export type SimplePrivilege =
  'apiToken.delete' | 'apiToken.read' | 'email.set' | 'lifecycle.delete' | 'lifecycle.enablement' | 'profile.read';

/** The privileges that are one rule, in the order of the answer. */
export const SIMPLE_PRIVILEGES: readonly SimplePrivilege[] = [
  'profile.read',
  'email.set',
  'lifecycle.enablement',
  'lifecycle.delete',
  'apiToken.read',
  'apiToken.delete',
];

/** Paths of the profile that an administrator may write when nothing locks the account. */
export const PROFILE_PATHS = [
  'name',
  'nickname',
  'zoneinfo',
  'locale',
  'extended_profile.job_title',
  'extended_profile.organization',
  'extended_profile.department',
  'extended_profile.location',
  'extended_profile.phone_number',
  'extended_profile.team_type',
] as const;

/** A path of the profile. */
export type ProfilePath = (typeof PROFILE_PATHS)[number];

/** What an identity provider keeps for itself. The rest may drift, and the next push overwrites it. */
const PROVIDER_PATHS: ReadonlySet<ProfilePath> = new Set([
  'name',
  'extended_profile.job_title',
  'extended_profile.organization',
  'extended_profile.department',
]);

/** What the rules look at beside the account. */
export interface PrivilegeContext {
  readonly state: FakeState;
  /** The admin the key acts for. */
  readonly actorId: AtlassianAccountId | undefined;
  /** Whether administrators are kept from their own account. */
  readonly notMyself: boolean;
}

const ALLOWED: ManageRule = { allowed: true };

/**
 * The directory that owns an account and locks it. A Google directory locks beside SCIM, and goes on when the SCIM record
 * is deleted.
 */
function lockOf(state: FakeState, account: Account): ReasonKey | undefined {
  if (account.googleLocked) return 'externalDirectory.google';
  return state.isScimLocked(account.accountId) ? 'externalDirectory.scim' : undefined;
}

/** Whether the administrator may use a privilege on the account. */
export function privilegeRule(context: PrivilegeContext, account: Account, privilege: SimplePrivilege): ManageRule {
  const isSelf = context.notMyself && context.actorId === account.accountId;
  const myself = isSelf ? 'administrative.notMyself' : undefined;
  switch (privilege) {
    case 'email.set':
      return denied(lockOf(context.state, account));
    case 'lifecycle.enablement': {
      const exportControl = account.exportBlocked ? 'blocked.exportControl' : undefined;
      return denied(lockOf(context.state, account) ?? exportControl ?? myself);
    }
    case 'lifecycle.delete':
      return denied(lockOf(context.state, account) ?? myself);
    case 'profile.read':
    case 'apiToken.read':
    case 'apiToken.delete':
      return ALLOWED;
  }
}

/** Whether the administrator may write a path of the profile. */
export function profileRule({ state }: PrivilegeContext, account: Account, path: ProfilePath): ManageRule {
  return PROVIDER_PATHS.has(path) ? denied(lockOf(state, account)) : ALLOWED;
}

function denied(reason: ReasonKey | undefined): ManageRule {
  return reason === undefined ? ALLOWED : { allowed: false, reason };
}
