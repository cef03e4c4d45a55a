import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  ResourceAri,
  ScimDirectoryId,
} from '../../model/ids.js';
import type { FakeAtlassianOptions } from '../fake-options.js';
import { keepInternals, type FakeInternals } from '../internals.js';
import { endProvisioning } from '../rules/end-provisioning.js';
import { organizationAri } from '../rules/resources.js';
import { settle } from '../rules/settle.js';
import { FakeClock } from '../state/fake-clock.js';
import { FakeState } from '../state/fake-state.js';
import type { ProvisioningLogLine, ScimUserAttributes } from '../state/scim-rows.js';
import { NO_LAGS, VisibleState, type FakeLags } from '../state/visible-state.js';
import { DEFAULT_SWITCHES, type FakeSwitches } from '../switches/fake-switches.js';
import { addDomain, addKey, grantRole, revokeKey, type DomainSeed, type KeySeed } from './seed-organization.js';
import { addGroup, joinGroups, requireAccount, type GroupSeed } from './seed-groups.js';
import {
  addAccount,
  addApiToken,
  addUser,
  type AccountFacts,
  type AccountSeed,
  type ApiTokenSeed,
  type UserSeed,
} from './seed-people.js';
import {
  ACCOUNT_NAMES,
  API_TOKEN_NAMES,
  DOMAIN_NAMES,
  GROUP_NAMES,
  KEY_NAMES,
  OPTIONS_NAMES,
  USER_CHANGE_NAMES,
  USER_NAMES,
  refuseUnknownNames,
} from './seed-names.js';
import { seedWorld, type SeedWorld } from './seed-world.js';
import {
  accountView,
  findGroup,
  findUser,
  groupById,
  userView,
  type FakeAccountView,
  type FakeGroupView,
  type FakeUserView,
} from './views.js';

/** A SCIM directory beside the first one. */
export interface AddedScimDirectory {
  readonly id: ScimDirectoryId;
  /** Its key. */
  readonly key: string;
  readonly url: string;
}

// Live organization ids hold letters beyond `f`: whoever takes them for a UUID is to find out here.
const ORGANIZATION_ID = '0a9f1c52-3b8a-11e9-kk6d-3c22fb1a9e04' as OrganizationId;

/**
 * The organization inside a {@link FakeAtlassian} as its people have it: directories, domains, keys, accounts and groups.
 *
 * Every inspector gives a copy.
 */
export class FakeIdentityStore {
  readonly organizationId: OrganizationId = ORGANIZATION_ID;
  /** The SCIM directory it starts with. Not the directory of the organization. */
  readonly directoryId: ScimDirectoryId;
  /** The directory of the Organizations API. */
  readonly orgDirectoryId: OrgDirectoryId;
  /** The key of the SCIM directory. */
  readonly directoryKey: string;
  /** A key of the organization, without scopes. */
  readonly organizationKey: string;
  /** The time of the fake. Give it to the code under test, and nothing waits. */
  readonly clock: FakeClock;
  /** How far reads trail behind writes, in milliseconds. A change counts for what is written after it. */
  readonly lags: { -readonly [Name in keyof FakeLags]: FakeLags[Name] };
  /** Behaviour that nobody has confirmed. Change it at any time. */
  readonly switches: { -readonly [Name in keyof FakeSwitches]: FakeSwitches[Name] };

  readonly #seeds: SeedWorld;
  readonly #internals: FakeInternals;

  constructor(options: FakeAtlassianOptions = {}) {
    refuseUnknownNames('The constructor', options, OPTIONS_NAMES);
    refuseUnknownNames('`lags`', options.lags ?? {}, NO_LAGS);
    refuseUnknownNames('`switches`', options.switches ?? {}, DEFAULT_SWITCHES);
    const lags = Object.seal({ ...NO_LAGS, ...options.lags });
    const realTime = options.realTime ?? false;
    const startsAt = options.startsAt ?? (realTime ? new Date() : '2026-01-05T09:00:00Z');
    const organization = {
      id: ORGANIZATION_ID,
      name: options.organizationName ?? 'Acme',
      paid: options.paid ?? true,
      guard: options.guard ?? true,
    };
    this.lags = lags;
    this.switches = Object.seal({ ...DEFAULT_SWITCHES, ...options.switches });
    this.clock = new FakeClock(new Date(startsAt).getTime(), { realTime });
    const state = new FakeState(organization, this.clock, () =>
      Math.max(lags.accountReadMs, lags.groupMemberReadMs, lags.roleReadMs),
    );
    this.#internals = keepInternals(this, {
      state,
      visible: new VisibleState(state, lags),
      baseUrl: (options.baseUrl ?? 'https://api.atlassian.com').replace(/\/+$/u, ''),
    });

    this.orgDirectoryId = state.ids.next('orgDirectory') as OrgDirectoryId;
    this.directoryId = state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#seeds = seedWorld(state, this.switches, {
      orgDirectoryId: this.orgDirectoryId,
      scimDirectoryId: this.directoryId,
    });
    state.orgDirectories.put({ id: this.orgDirectoryId, name: 'Primary Directory' });
    this.#putScimDirectory(this.directoryId);
    this.directoryKey = this.addKey({ kind: 'directory' });
    this.organizationKey = this.addKey();
  }

  /**
   * Adds a domain, verified and claimed unless told otherwise, or changes the one of that name. The accounts on it become
   * managed, or stop being so.
   */
  addDomain(name: string, seed: DomainSeed = {}): void {
    refuseUnknownNames('addDomain', seed, DOMAIN_NAMES);
    addDomain(this.#state, name, seed);
  }

  /** Adds a person to the SCIM directory, linked to a managed account in the organization directory. */
  addUser(seed: UserSeed = {}): FakeUserView {
    refuseUnknownNames('addUser', seed, USER_NAMES);
    const row = addUser(this.#seeds, seed);
    const email = userView(this.#state, row).email;
    joinGroups(this.#seeds, email, seed.groups ?? []);
    return this.#seeded(userView(this.#state, row));
  }

  /** Adds an account without a SCIM record: managed when its domain is claimed, else external. */
  addAccount(seed: AccountSeed = {}): FakeAccountView {
    refuseUnknownNames('addAccount', seed, ACCOUNT_NAMES);
    const account = addAccount(this.#seeds, seed);
    joinGroups(this.#seeds, account.email, seed.groups ?? []);
    return this.#seeded(accountView(this.#state, account));
  }

  /** Makes a person an organization admin. Adds the account when there is none with that address. */
  addOrgAdmin(seed: AccountSeed & { readonly email: string }): FakeAccountView {
    refuseUnknownNames('addOrgAdmin', seed, ACCOUNT_NAMES);
    const account = this.#state.accountByEmail(seed.email) ?? addAccount(this.#seeds, seed);
    const principal = { type: 'user', id: account.accountId } as const;
    grantRole(this.#state, principal, organizationAri(this.#state), 'atlassian/org-admin');
    return this.#seeded(accountView(this.#state, account));
  }

  /** Gives an account an API token, and returns its id. */
  addApiToken(email: string, seed: ApiTokenSeed = {}): string {
    refuseUnknownNames('addApiToken', seed, API_TOKEN_NAMES);
    return addApiToken(this.#state, requireAccount(this.#state, email), seed).id;
  }

  /**
   * Gives an account an API token, and returns its value.
   *
   * Without scopes it works on the host of a site, with the email as the user (Basic). With scopes it works at the gateway
   * (`https://api.atlassian.com/ex/jira/<cloudId>`) alone. The token of a service account may go alone too (Bearer).
   */
  addUserToken(email: string, seed: ApiTokenSeed = {}): string {
    refuseUnknownNames('addUserToken', seed, API_TOKEN_NAMES);
    return addApiToken(this.#state, requireAccount(this.#state, email), seed).secret;
  }

  /** Adds a group with its members: synced unless told otherwise. */
  addGroup(seed: GroupSeed): FakeGroupView {
    refuseUnknownNames('addGroup', seed, GROUP_NAMES);
    return this.#seeded(groupById(this.#state, addGroup(this.#seeds, seed)));
  }

  /** The resource on which the role of an organization admin is held. */
  get organizationResourceId(): ResourceAri {
    return organizationAri(this.#state);
  }

  /** Adds a key, and returns its value. */
  addKey(seed: KeySeed = {}): string {
    refuseUnknownNames('addKey', seed, KEY_NAMES);
    return addKey(this.#seeds, seed).secret;
  }

  /** Revokes a key, by its value. */
  revokeKey(secret: string): void {
    revokeKey(this.#state, secret);
  }

  /** Adds a SCIM directory, as a second identity provider of the organization has one. */
  addScimDirectory(): AddedScimDirectory {
    const id = this.#state.ids.next('scimDirectory') as ScimDirectoryId;
    this.#putScimDirectory(id);
    return {
      id,
      key: this.addKey({ kind: 'directory', directoryId: id }),
      url: `${this.#internals.baseUrl}/scim/directory/${id}`,
    };
  }

  /**
   * Takes a SCIM directory away, as deleting the provisioning configuration does: its groups become local ones, and its
   * accounts stay as they are.
   */
  removeScimDirectory(id: ScimDirectoryId = this.directoryId): void {
    endProvisioning(this.#state, id);
    this.#internals.visible.flush();
  }

  /** Changes facts of the organization, such as `paid` or `guard`. */
  changeOrganization(change: { readonly name?: string; readonly paid?: boolean; readonly guard?: boolean }): void {
    this.#state.organization = { ...this.#state.organization, ...change };
  }

  /** Adds a directory of the Organizations API, as an organization has one more for each site of the old kind. */
  addOrgDirectory(name: string): OrgDirectoryId {
    const id = this.#state.ids.next('orgDirectory') as OrgDirectoryId;
    this.#state.orgDirectories.put({ id, name });
    return id;
  }

  /**
   * Changes a SCIM user past every rule, so that it and its account drift apart. `accountId: undefined` takes the link
   * away. To change it as a client does, send a request.
   */
  changeUser(ref: string, change: Partial<ScimUserAttributes> & { readonly accountId?: string | undefined }): void {
    refuseUnknownNames('changeUser', change, USER_CHANGE_NAMES);
    const row = findUser(this.#state, ref);
    if (row === undefined) throw new Error(`The fake has no SCIM user ${ref}: add it with addUser first`);
    const { accountId: before, ...rest } = row;
    const { accountId = 'accountId' in change ? undefined : before, ...attributes } = change;
    this.#state.scimUsers.put({
      ...rest,
      attributes: { ...row.attributes, ...attributes },
      ...(accountId !== undefined && { accountId: accountId as AtlassianAccountId }),
    });
  }

  /** Changes facts of an account past every rule, such as `lifecycleBlockers`, or its email so that it drifts. */
  changeAccount(email: string, change: AccountFacts & { readonly email?: string }): void {
    refuseUnknownNames('changeAccount', change, ACCOUNT_NAMES);
    this.#state.accounts.put({ ...requireAccount(this.#state, email), ...change });
    this.#internals.visible.flush();
  }

  /** The SCIM user with this primary email, `userName` or SCIM id; the first directory that has one. */
  user(ref: string): FakeUserView | undefined {
    const row = findUser(this.#state, ref);
    return row === undefined ? undefined : userView(this.#state, row);
  }

  /** The account with this email or account id. A closed account is found by its id only. */
  account(ref: string): FakeAccountView | undefined {
    settle(this.#state);
    const account = this.#state.accounts.get(ref) ?? this.#state.accountByEmail(ref);
    return account === undefined ? undefined : accountView(this.#state, account);
  }

  /** The group of this name, its SCIM side and its mirror as one. */
  group(name: string): FakeGroupView | undefined {
    settle(this.#state);
    return findGroup(this.#state, name);
  }

  /** What the provisioning log of the admin console shows. */
  get provisioningLog(): readonly ProvisioningLogLine[] {
    return this.#state.provisioningLog;
  }

  get #state(): FakeState {
    return this.#internals.state;
  }

  #putScimDirectory(id: ScimDirectoryId): void {
    const { organization, scimDirectories } = this.#state;
    scimDirectories.put({ id, organizationId: organization.id, orgDirectoryId: this.orgDirectoryId });
  }

  /** What is seeded shows at once, whatever lags are set. */
  #seeded<View>(view: View): View {
    this.#internals.visible.flush();
    return view;
  }
}
