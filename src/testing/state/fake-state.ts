import type { AtlassianAccountId, OrgDirectoryId, ScimDirectoryId } from '../../model/ids.js';
import type { Account, ApiToken, DirectoryMembership, OrgGroup, RoleBinding, RolePrincipal } from './account-rows.js';
import { ConfluenceState } from './confluence-state.js';
import { BitbucketState } from './bitbucket-state.js';
import type { FakeClock } from './fake-clock.js';
import { IdSequence } from './id-sequence.js';
import type { HistoryWindow } from './history.js';
import { JiraState } from './jira-state.js';
import type {
  ApiKey,
  AuditLogEvent,
  Domain,
  OrgDirectory,
  Organization,
  Policy,
  Workspace,
} from './organization-rows.js';
import { PendingEffects } from './pending-effects.js';
import { Relation } from './relation.js';
import type { ProvisioningLogLine, ScimDirectory, ScimGroupRow, ScimUserRow } from './scim-rows.js';
import { Table } from './table.js';

/** What `FakeState.snapshot` gives and `restore` takes. Only its maker looks inside. */
export interface StateSnapshot {
  readonly parts: readonly unknown[];
}

/**
 * Everything the fake knows: one account store behind all its APIs.
 *
 * How to work with it:
 * - rows are immutable; change one with `state.accounts.put({ ...row, name })`
 * - ids come from `state.ids.next(kind)`, instants from `state.clock.now()`; neither `Date.now` nor `Math.random` is used
 * - truth is here, at once; what reads of the organization show may trail behind it, see `VisibleState`
 * - what happens later goes into `state.pending`
 * - no rule lives here: routes speak the wire, `rules/` decide
 */
export class FakeState {
  readonly clock: FakeClock;
  readonly ids = new IdSequence();
  readonly pending = new PendingEffects();

  organization: Organization;

  readonly orgDirectories: Table<OrgDirectory>;
  readonly keys: Table<ApiKey, 'secret'>;
  readonly domains: Table<Domain, 'name'>;
  readonly workspaces: Table<Workspace, 'hostUrl'>;
  readonly policies: Table<Policy>;
  readonly events: Table<AuditLogEvent>;

  /** Closed accounts are in it without their email: it is free again. */
  readonly accounts: Table<Account, 'email' | 'claimedByOrg'>;
  readonly apiTokens: Table<ApiToken, 'accountId' | 'secret'>;
  readonly directoryMemberships: Table<DirectoryMembership, 'accountId' | 'directoryId'>;
  /** `name` is lower case. */
  readonly groups: Table<OrgGroup, 'name' | 'directoryId' | 'scimGroupId'>;
  /** Groups of the organization and their accounts, synced groups included. */
  readonly groupMembers: Relation;
  /** `principal` is `user:<accountId>` or `group:<groupId>`, see {@link principalKey}. */
  readonly roleBindings: Table<RoleBinding, 'principal' | 'resourceId'>;

  readonly scimDirectories: Table<ScimDirectory>;
  /** `userName` and `externalId` are keyed by {@link scimKey}; `email` is the primary one, lower case, of any directory. */
  readonly scimUsers: Table<ScimUserRow, 'directoryId' | 'userName' | 'externalId' | 'email' | 'accountId'>;
  /** `displayName` is keyed by {@link scimKey}. */
  readonly scimGroups: Table<ScimGroupRow, 'directoryId' | 'displayName'>;
  readonly scimMembers: Relation;

  readonly bitbucket: BitbucketState;

  readonly confluence: ConfluenceState;

  readonly jira: JiraState;

  provisioningLog: readonly ProvisioningLogLine[] = [];

  /** `historyMs` tells how far back a trailing read may look; it may change, and counts from then on. */
  constructor(organization: Organization, clock: FakeClock, historyMs: () => number = () => 0) {
    this.clock = clock;
    this.organization = organization;
    const window: HistoryWindow = { now: () => clock.now(), reachMs: historyMs };
    const noHistory: HistoryWindow = { now: () => clock.now(), reachMs: () => 0 };

    this.orgDirectories = new Table((row) => row.id, {}, noHistory);
    this.keys = new Table((row) => row.id, { secret: (row) => row.secret }, noHistory);
    this.domains = new Table((row) => row.id, { name: (row) => row.name }, noHistory);
    this.workspaces = new Table((row) => row.ari, { hostUrl: (row) => row.hostUrl }, noHistory);
    this.policies = new Table((row) => row.id, {}, noHistory);
    this.events = new Table((row) => row.id, {}, noHistory);

    this.accounts = new Table(
      (row) => row.accountId,
      {
        email: (row) => (row.status === 'closed' ? undefined : row.email.toLowerCase()),
        claimedByOrg: (row) => row.claimedByOrg,
      },
      window,
    );
    this.apiTokens = new Table(
      (row) => row.id,
      { accountId: (row) => row.accountId, secret: (row) => row.secret },
      noHistory,
    );
    this.directoryMemberships = new Table<DirectoryMembership, 'accountId' | 'directoryId'>(
      membershipKey,
      { accountId: (row) => row.accountId, directoryId: (row) => row.directoryId },
      window,
    );
    this.groups = new Table(
      (row) => row.id,
      {
        name: (row) => row.name.toLowerCase(),
        directoryId: (row) => row.directoryId,
        scimGroupId: (row) => row.scimGroupId,
      },
      window,
    );
    this.groupMembers = new Relation(window);
    this.roleBindings = new Table(
      bindingKey,
      { principal: (row) => principalKey(row.principal), resourceId: (row) => row.resourceId },
      window,
    );

    this.scimDirectories = new Table((row) => row.id, {}, noHistory);
    this.scimUsers = new Table(
      (row) => row.id,
      {
        directoryId: (row) => row.directoryId,
        userName: (row) => scimKey(row.directoryId, row.attributes.userName.toLowerCase()),
        externalId: ({ directoryId, attributes: { externalId } }) =>
          externalId === undefined || externalId === '' ? undefined : scimKey(directoryId, externalId),
        email: (row) => primaryEmail(row)?.toLowerCase(),
        accountId: (row) => row.accountId,
      },
      noHistory,
    );
    this.scimGroups = new Table(
      (row) => row.id,
      {
        directoryId: (row) => row.directoryId,
        displayName: (row) => scimKey(row.directoryId, row.displayName.toLowerCase()),
      },
      noHistory,
    );
    this.scimMembers = new Relation(noHistory);
    this.jira = new JiraState(noHistory);
    this.bitbucket = new BitbucketState(noHistory);
    this.confluence = new ConfluenceState(noHistory);
  }

  /** The account that holds an email address now, closed ones excepted. */
  accountByEmail(email: string): Account | undefined {
    return this.accounts.find('email', email.toLowerCase());
  }

  membership(directoryId: OrgDirectoryId, accountId: AtlassianAccountId): DirectoryMembership | undefined {
    return this.directoryMemberships.get(membershipKey({ directoryId, accountId }));
  }

  /** The domain of an email address, where the organization has it. */
  domainOf(email: string): Domain | undefined {
    return this.domains.find('name', emailDomain(email));
  }

  /** Whether the organization manages accounts on the domain of this address: it is verified and claimed. */
  isClaimed(email: string): boolean {
    const domain = this.domainOf(email);
    return domain?.status === 'verified' && domain.claimed;
  }

  /** Whether this organization manages the account. */
  isManaged(account: Account): boolean {
    return account.claimedByOrg === this.organization.id;
  }

  /** Whether an identity provider owns the account: a user of any SCIM directory is linked to it. */
  isScimLocked(accountId: AtlassianAccountId): boolean {
    return this.scimUsers.count('accountId', accountId) > 0;
  }

  /** Adds a line to the provisioning log. */
  log(line: Omit<ProvisioningLogLine, 'at'>): void {
    this.provisioningLog = [...this.provisioningLog, { at: this.clock.now(), ...line }];
  }

  snapshot(): StateSnapshot {
    return {
      parts: [
        this.clock.now(),
        this.ids.snapshot(),
        this.pending.snapshot(),
        this.organization,
        this.provisioningLog,
        ...this.#stores().map((store) => store.snapshot()),
      ],
    };
  }

  restore(snapshot: StateSnapshot): void {
    const [now, ids, pending, organization, provisioningLog, ...stores] = snapshot.parts as [
      number,
      ReturnType<IdSequence['snapshot']>,
      ReturnType<PendingEffects['snapshot']>,
      Organization,
      readonly ProvisioningLogLine[],
      ...unknown[],
    ];
    this.clock.set(now);
    this.ids.restore(ids);
    this.pending.restore(pending);
    this.organization = organization;
    this.provisioningLog = provisioningLog;
    for (const [position, store] of this.#stores().entries()) store.restore(stores[position]);
  }

  /** In one fixed order: the parts of a snapshot have no names. */
  #stores(): readonly Store[] {
    return [
      this.orgDirectories,
      this.keys,
      this.domains,
      this.workspaces,
      this.policies,
      this.events,
      this.accounts,
      this.apiTokens,
      this.directoryMemberships,
      this.groups,
      this.groupMembers,
      this.roleBindings,
      this.scimDirectories,
      this.scimUsers,
      this.scimGroups,
      this.scimMembers,
      ...this.jira.stores(),
      this.bitbucket,
      ...this.confluence.stores(),
    ] as readonly Store[];
  }
}

interface Store {
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** The part of an address after the `@`, lower case. */
export function emailDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** Index key of a value that is unique within one SCIM directory. */
export function scimKey(directoryId: ScimDirectoryId, value: string): string {
  return `${directoryId}\n${value}`;
}

/** Index key of the holder of a role. */
export function principalKey(principal: RolePrincipal): string {
  return `${principal.type}:${principal.id}`;
}

/** Id of a role binding: a principal holds a role on a resource once. */
export function bindingKey(binding: RoleBinding): string {
  return `${principalKey(binding.principal)}\n${binding.resourceId}\n${binding.roleId}`;
}

/** Id of a directory membership. */
export function membershipKey(membership: {
  readonly directoryId: OrgDirectoryId;
  readonly accountId: AtlassianAccountId;
}): string {
  return `${membership.directoryId}\n${membership.accountId}`;
}

/** The address that is marked primary: the one Atlassian knows the account by. */
export function primaryEmail(user: Pick<ScimUserRow, 'attributes'>): string | undefined {
  return user.attributes.emails.find((email) => email.primary === true)?.value;
}
