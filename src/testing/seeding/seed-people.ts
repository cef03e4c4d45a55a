import type { OrganizationId, ScimDirectoryId } from '../../model/ids.js';
import { dropLink } from '../rules/account-linking.js';
import { createAccount } from '../rules/create-account.js';
import { joinDirectory } from '../rules/group-mirror.js';
import { withStatus } from '../rules/push-profile.js';
import { createScimUser, findUserConflict } from '../rules/scim-users.js';
import { emailDomain, type FakeState } from '../state/fake-state.js';
import type { Account, ApiToken, ExtendedProfile, LifecycleBlocker, ProductUse } from '../state/account-rows.js';
import type { ScimUserAttributes, ScimUserRow } from '../state/scim-rows.js';
import { addDomain } from './seed-organization.js';
import { SITE_ADMINISTRATOR } from './seed-site.js';
import { nameOf, type SeedWorld } from './seed-world.js';

/** A person in the SCIM directory. Every attribute of a User may be given. */
export interface UserSeed extends Partial<ScimUserAttributes> {
  /** Default `user-<n>@acme.example`. Its domain becomes verified and claimed, unless the fake has it already. */
  readonly email?: string;
  /**
   * - `managed` (default): linked to a managed account of the organization
   * - `external`: linked to an account that somebody else manages; the domain is left alone
   * - `unlinked`: a record without a link; where the domain is claimed, its account stands beside it
   */
  readonly link?: 'managed' | 'external' | 'unlinked';
  /** Names of synced groups to join. */
  readonly groups?: readonly string[];
  /** Default: the directory the fake starts with. */
  readonly directoryId?: ScimDirectoryId;
}

/** Adds a person: the SCIM record, and by its link the account, in the organization directory. */
export function addUser(world: SeedWorld, seed: UserSeed): ScimUserRow {
  const { state } = world;
  const { email = unusedEmail(state), link = 'managed', groups: _joinedLater, directoryId, ...attributes } = seed;
  if (link === 'managed' && state.domainOf(email) === undefined) addDomain(state, emailDomain(email));
  if (link === 'external' && state.accountByEmail(email) === undefined)
    createAccount(state, { email, name: nameOf(email) });

  const user: ScimUserAttributes = {
    userName: email,
    emails: [{ value: email, type: 'work', primary: true }],
    displayName: nameOf(email),
    active: true,
    ...attributes,
  };
  const directory = directoryId ?? world.scimDirectoryId;
  const conflict = findUserConflict(state, directory, user, undefined);
  if (conflict !== undefined)
    throw new Error(`The fake has ${conflict.attribute} ${conflict.value} already, and cannot add it again`);
  const row = createScimUser(world, directory, user);
  return link === 'unlinked' && row.accountId !== undefined ? dropLink(world, row, { keepGroups: true }) : row;
}

/** What a test can say about an account, beside who holds it. */
export interface AccountFacts {
  readonly type?: 'atlassian' | 'customer' | 'app';
  readonly status?: 'active' | 'inactive';
  readonly emailVerified?: boolean;
  readonly name?: string;
  /** The public name. */
  readonly nickname?: string;
  readonly timeZone?: string;
  readonly locale?: string;
  readonly profile?: ExtendedProfile;
  readonly managementSource?: 'invited' | 'synced' | null;
  /** Bound to a Google Workspace directory as well, which locks it whatever SCIM says. */
  readonly googleLocked?: boolean;
  readonly exportBlocked?: boolean;
  readonly mfaEnabled?: boolean;
  /** Why Atlassian refuses to deactivate or delete it. */
  readonly lifecycleBlockers?: readonly LifecycleBlocker[];
  readonly productUses?: readonly ProductUse[];
}

/** An account without a SCIM record. */
export interface AccountSeed extends AccountFacts {
  /** Default `user-<n>@acme.example`. The account is managed when its domain is claimed, and external otherwise. */
  readonly email?: string;
  /** How it is in the organization directory. Default `active`; `none` for one that was never invited. */
  readonly membership?: 'active' | 'suspended' | 'none';
  /** The organization that manages it, where that is not the one of the fake. */
  readonly claimedByOrg?: OrganizationId;
  /** Names of local groups to join. */
  readonly groups?: readonly string[];
}

/** Adds an account that no SCIM record is linked to. */
export function addAccount(world: SeedWorld, seed: AccountSeed): Account {
  const { state, orgDirectoryId } = world;
  const { email = unusedEmail(state), membership = 'active', groups: _joinedLater, claimedByOrg, ...rest } = seed;
  if (state.accountByEmail(email) !== undefined) throw new Error(`The fake has an account with ${email} already`);

  const created = createAccount(state, {
    email,
    name: nameOf(email),
    managementSource: 'invited',
    ...rest,
    ...(claimedByOrg !== undefined && { claimedByOrg }),
  });
  const account =
    created.status === 'inactive' ? withStatus({ ...created, status: 'active' }, false, state.clock.now()) : created;
  state.accounts.put(account);
  if (membership === 'none') return account;
  joinDirectory(state, orgDirectoryId, account.accountId);
  const joined = state.membership(orgDirectoryId, account.accountId);
  if (joined !== undefined) state.directoryMemberships.put({ ...joined, status: membership });
  return account;
}

/** An API token of an account. */
export interface ApiTokenSeed {
  readonly label?: string;
  /** Scopes, such as `read:jira-work`. Default: a token without scopes. */
  readonly scopes?: readonly string[];
  readonly lastAccessAt?: Date | string;
  readonly expiresAt?: Date | string;
}

/** Gives an account an API token. */
export function addApiToken(state: FakeState, account: Account, seed: ApiTokenSeed = {}): ApiToken {
  const number = state.ids.next('apiToken').slice(-12);
  const token: ApiToken = {
    id: `asp_${number}`,
    secret: `ATATT3xFfFakeUser${number.toUpperCase()}`,
    scopes: seed.scopes ?? null,
    accountId: account.accountId,
    label: seed.label ?? `token ${state.apiTokens.count('accountId', account.accountId) + 1}`,
    createdAt: state.clock.now(),
    ...(seed.lastAccessAt !== undefined && { lastAccessAt: new Date(seed.lastAccessAt).getTime() }),
    ...(seed.expiresAt !== undefined && { expiresAt: new Date(seed.expiresAt).getTime() }),
  };
  state.apiTokens.put(token);
  return token;
}

function unusedEmail(state: FakeState): string {
  const people = state.accounts.size - (state.accounts.has(SITE_ADMINISTRATOR) ? 1 : 0);
  for (let number = Math.max(people, state.scimUsers.size) + 1; ; number += 1) {
    const email = `user-${number}@acme.example`;
    if (state.accountByEmail(email) === undefined && state.scimUsers.count('email', email) === 0) return email;
  }
}
