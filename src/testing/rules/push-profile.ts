import type { Account, ExtendedProfile } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import { primaryEmail } from '../state/fake-state.js';
import type { ScimUserAttributes } from '../state/scim-rows.js';

/**
 * Brings a linked account to what its SCIM user says: the profile fields that Atlassian syncs, the email, and `active`.
 *
 * Only for an account that the organization manages; an external person's account is never touched. An account whose
 * deletion is scheduled comes back when its user is active.
 */
export function pushProfile(state: FakeState, account: Account, attributes: ScimUserAttributes): void {
  if (!state.isManaged(account)) return;
  const { timeZone: _zone, locale: _locale, ...rest } = account;
  const nickname = text(attributes.nickName);
  const timeZone = text(attributes.timezone);
  const locale = text(attributes.preferredLanguage);
  state.accounts.put(
    withStatus(
      {
        ...rest,
        email: primaryEmail({ attributes }) ?? account.email,
        emailVerified: true,
        name: fullName(attributes) ?? account.name,
        ...(nickname !== undefined && { nickname: nickname.slice(0, 30) }),
        ...(timeZone !== undefined && { timeZone }),
        ...(locale !== undefined && { locale }),
        profile: pushedProfile(account.profile, attributes),
        managementSource: 'synced',
      },
      attributes.active,
      state.clock.now(),
    ),
  );
}

/** Activates or deactivates; says when it was deactivated. */
export function withStatus(account: Account, active: boolean, now: number): Account {
  if (active) {
    const { deactivatedAt: _then, forDeletionAt: _cancelled, ...rest } = account;
    return { ...rest, status: 'active' };
  }
  return account.status === 'inactive' ? account : { ...account, status: 'inactive', deactivatedAt: now };
}

/** The name of the account: `displayName`, or given and family name joined where that is blank. */
function fullName({ displayName, name }: Pick<ScimUserAttributes, 'displayName' | 'name'>): string | undefined {
  const parts = [name?.givenName, name?.familyName].filter((part) => text(part) !== undefined);
  return text(displayName) ?? text(parts.join(' ')) ?? text(name?.formatted);
}

function pushedProfile(current: ExtendedProfile, attributes: ScimUserAttributes): ExtendedProfile {
  const { jobTitle: _title, department: _department, organization: _organization, ...own } = current;
  const jobTitle = text(attributes.title);
  const department = text(attributes.department) ?? text(attributes.enterprise?.department);
  const organization = text(attributes.organization) ?? text(attributes.enterprise?.organization);
  const location = text(attributes.basedIn);
  return {
    ...own,
    ...(jobTitle !== undefined && { jobTitle }),
    ...(department !== undefined && { department }),
    ...(organization !== undefined && { organization }),
    ...(location !== undefined && { location }),
  };
}

/** An empty string clears, as a missing attribute does. */
function text(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
