import type { Clock } from '../http/clock.js';
import type { JsonValue } from '../model/json.js';
import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId } from '../model/ids.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { PlannedOperation } from '../operations/operation.js';

/** What a write made of something; `unknown` where its answer was lost. */
export type Written<Value> = Value | 'unknown';

/** The state of an account that a write brought about. */
export type WrittenState = 'active' | 'inactive';

/** A membership of a local group that was written. */
export interface WrittenMembership {
  readonly groupId: OrgGroupId;
  readonly directoryId: OrgDirectoryId;
  readonly groupName: string;
  readonly member: Written<boolean>;
}

interface Entry {
  readonly value: string | boolean;
  readonly at: number;
  readonly operation: PlannedOperation;
}

/** Reads of roles were seen to trail by 90 seconds, suspensions by minutes; nothing has a published limit. */
const MAX_AGE_MS = 600_000;
const MAX_ACCOUNTS = 5_000;

/**
 * What this provisioner itself has written lately, for the reads of the organization trail behind writes.
 *
 * An observation that believed a trailing read would find nothing to do. Bounded in age and in size: the oldest go first.
 */
export class RecentWrites {
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Map<string, Entry>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers what an operation brought about, or may have. */
  note(operation: PlannedOperation, outcome: OperationOutcome, accountId: AtlassianAccountId | undefined): void {
    const facts = factsOf(operation);
    const wasSent = outcome === 'applied' || outcome === 'already' || outcome === 'unknown';
    if (facts.length === 0 || !wasSent || accountId === undefined) return;
    const entries = this.#accounts.get(accountId) ?? new Map<string, Entry>();
    for (const [key, made] of facts) {
      const value = outcome === 'unknown' ? 'unknown' : made;
      entries.set(key, { value, at: this.#clock.now(), operation });
    }
    this.#accounts.delete(accountId);
    this.#accounts.set(accountId, entries);
    for (const oldest of this.#accounts.keys()) {
      if (this.#accounts.size <= MAX_ACCOUNTS) break;
      this.#accounts.delete(oldest);
    }
  }

  /** Whether something was written lately that the operation changes again: a trailing read may show what was before that. */
  contradicts(operation: PlannedOperation, accountId: AtlassianAccountId | undefined): boolean {
    const written = this.#fresh(accountId);
    return factsOf(operation).some(([key, made]) => (written.get(key)?.value ?? made) !== made);
  }

  /** The state that the account was brought into. */
  state(accountId: string | undefined): Written<WrittenState> | undefined {
    return this.#read<WrittenState>(accountId, 'state');
  }

  /** Whether the deletion of the account was scheduled or cancelled. */
  deletion(accountId: string | undefined): Written<boolean> | undefined {
    return this.#read<boolean>(accountId, 'deletion');
  }

  /** The email that was written to the record of the account. */
  email(accountId: string | undefined): string | undefined {
    return this.#read<string>(accountId, 'email');
  }

  /** Whether access in a directory was suspended or restored. */
  access(accountId: string | undefined, directoryId: string): Written<'active' | 'suspended'> | undefined {
    return this.#read<'active' | 'suspended'>(accountId, `access ${directoryId}`);
  }

  /** Whether a role was granted or revoked. */
  role(accountId: string | undefined, resource: string, role: string): Written<boolean> | undefined {
    return this.#read<boolean>(accountId, `role ${resource} ${role}`);
  }

  /** The memberships of local groups that were written, the last word on each group. */
  memberships(accountId: string | undefined): WrittenMembership[] {
    return [...this.#fresh(accountId)].flatMap(([key, { value, operation }]) => {
      if (!key.startsWith('group ')) return [];
      const { directoryId, groupId, groupName } = operation.input;
      // The operation was sent with them, so its schema has seen them.
      return [{ directoryId, groupId, groupName, member: value } as WrittenMembership];
    });
  }

  #read<Value extends string | boolean>(accountId: string | undefined, key: string): Written<Value> | undefined {
    return this.#fresh(accountId).get(key)?.value as Written<Value> | undefined;
  }

  #fresh(accountId: string | undefined): ReadonlyMap<string, Entry> {
    const entries = accountId === undefined ? undefined : this.#accounts.get(accountId);
    if (accountId === undefined || entries === undefined) return new Map();
    const since = this.#clock.now() - MAX_AGE_MS;
    for (const [key, { at }] of entries) if (at <= since) entries.delete(key);
    if (entries.size === 0) this.#accounts.delete(accountId);
    return entries;
  }
}

type Fact = readonly [key: string, value: string | boolean];

/** What is true of an account after an operation, where reads of the organization are late to show it. */
const ACCOUNT_FACTS = new Map<string, readonly Fact[]>([
  ['account.disable', [['state', 'inactive']]],
  ['account.enable', [['state', 'active']]],
  [
    'account.scheduleDeletion',
    [
      ['state', 'inactive'],
      ['deletion', true],
    ],
  ],
  [
    'account.cancelDeletion',
    [
      ['state', 'active'],
      ['deletion', false],
    ],
  ],
  ['scim.user.deactivate', [['state', 'inactive']]],
  ['scim.user.delete', [['state', 'inactive']]],
  [
    'scim.user.activate',
    [
      ['state', 'active'],
      ['deletion', false],
    ],
  ],
  // An active record activates its account, and takes back a deletion that is scheduled; an inactive one does not.
  [
    'scim.user.create',
    [
      ['state', 'unknown'],
      ['deletion', 'unknown'],
    ],
  ],
]);

function factsOf({ kind, input, changes }: PlannedOperation): readonly Fact[] {
  switch (kind) {
    case 'org.group.addMember':
    case 'org.group.removeMember':
      return [[`group ${text(input.groupId)}`, kind === 'org.group.addMember']];
    case 'org.user.suspend':
    case 'org.user.restore':
      return [[`access ${text(input.directoryId)}`, kind === 'org.user.suspend' ? 'suspended' : 'active']];
    case 'org.role.grant':
    case 'org.role.revoke':
      return [[`role ${text(input.resource)} ${text(input.role)}`, kind === 'org.role.grant']];
    case 'scim.user.update': {
      const email = changes.find(({ attribute }) => attribute === 'email')?.to;
      const isActivated = changes.some(({ attribute, to }) => attribute === 'active' && to === true);
      return [
        ...(typeof email === 'string' ? [['email', email] as const] : []),
        ...(isActivated ? [['state', 'active'] as const] : []),
      ];
    }
    default:
      return ACCOUNT_FACTS.get(kind) ?? [];
  }
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
