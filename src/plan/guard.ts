import type { IdentityRef } from '../model/identity.js';
import type { PlannedOperation } from '../operations/operation.js';
import type { GuardLedger } from './guard-ledger.js';
import type { Plan, PlanSubject, StagedOperation } from './plan.js';

/** How many members a group may lose within the window. */
interface RemovalLimit {
  /** At most so many. No limit unless given. */
  readonly count: number | undefined;
  /** At most this share of the members at the start of the window, 0 to 1. No limit unless given. */
  readonly share: number | undefined;
  /** The share counts only for groups that had at least so many members. */
  readonly minimumMembers: number;
}

/** Whom and what no action touches without a word from the caller. */
interface Protection {
  readonly organizationAdmins: boolean;
  readonly identities: readonly IdentityRef[];
  /** Names, compared without regard to case. */
  readonly groups: readonly string[];
}

/** The rules of a {@link Guard}. */
export interface GuardPolicy {
  readonly maxRemovals: RemovalLimit;
  readonly protect: Protection;
}

/** What the guard must know of the subject, read before the plan is judged. */
export interface GuardFacts {
  /** The subject by every id that a protected identity may be named by, as far as they can be known. */
  readonly subject: PlanSubject;
  /** The email of the account, which can differ from that of the record; read only where a protected identity is named by one. */
  readonly accountEmail?: string;
  /** `undefined` when the configured credentials cannot tell. */
  readonly isOrganizationAdmin: boolean | undefined;
}

/** Whether an operation may be sent: the function gives the reservation back when it did not happen. */
export type Admission =
  { readonly admitted: true; readonly release: () => void } | { readonly admitted: false; readonly reason: string };

/**
 * Withholds operations that take away more than was meant, or touch what is protected.
 *
 * A withheld operation is staged: it is not sent, and the result and the audit log say so. The others go on.
 */
export class Guard {
  readonly #policy: GuardPolicy;
  readonly #ledger: GuardLedger;
  readonly #protectedGroups: ReadonlySet<string>;

  constructor(policy: GuardPolicy, ledger: GuardLedger) {
    this.#policy = policy;
    this.#ledger = ledger;
    this.#protectedGroups = new Set(policy.protect.groups.map((name) => name.toLowerCase()));
  }

  /** Whether a protected identity is named by an id of the subject that the plan does not know. */
  asksForMoreIdsThan(subject: PlanSubject): boolean {
    return this.#policy.protect.identities.some((ref) => {
      if ('email' in ref) return subject.email === undefined || subject.userName === undefined;
      if ('userName' in ref) return subject.userName === undefined;
      if ('externalId' in ref) return subject.externalId === undefined;
      return 'scimUserId' in ref ? subject.scimUserId === undefined : subject.accountId === undefined;
    });
  }

  /** Whether a protected identity is named by an email. */
  get asksForEmails(): boolean {
    return this.#policy.protect.identities.some((ref) => 'email' in ref);
  }

  /** Whether facts about the subject matter at all; spares the call that reads them. */
  get asksForOrganizationAdmins(): boolean {
    return this.#policy.protect.organizationAdmins;
  }

  /** What would be staged of a plan if it were applied now. Reserves nothing. */
  review(plan: Plan, facts: GuardFacts): StagedOperation[] {
    const staged: StagedOperation[] = [];
    for (const operation of plan.operations) {
      const reason = this.objectionTo(operation, facts);
      if (reason !== undefined) staged.push({ operationId: operation.id, reason });
    }
    return staged;
  }

  /** Admits one operation just before it is sent, and counts it. Judging and counting are one step. */
  admit(operation: PlannedOperation, facts: GuardFacts): Admission {
    const reason = this.objectionTo(operation, facts);
    if (reason !== undefined) return { admitted: false, reason };
    const releases = removalsOf(operation).map(({ key, memberCount }) => this.#ledger.reserve(key, memberCount));
    return {
      admitted: true,
      release: () => {
        for (const release of releases) release();
      },
    };
  }

  /** Why an operation would be staged now, if it would. Reserves nothing. */
  objectionTo(operation: PlannedOperation, facts: GuardFacts): string | undefined {
    if (this.#policy.protect.organizationAdmins && facts.isOrganizationAdmin === true)
      return 'the person is an organization admin, and those are protected';
    if (this.#policy.protect.identities.some((ref) => isSubject(ref, facts)))
      return 'the person is on the list of protected identities';
    if (this.#policy.protect.identities.some((ref) => takesAddress(ref, operation)))
      return 'the new address of the person is on the list of protected identities';
    return this.#touchesProtected(operation) ?? this.#tooManyRemovals(operation);
  }

  #touchesProtected({ target, leaves = [] }: PlannedOperation): string | undefined {
    if (this.#protectedGroups.size === 0) return undefined;
    for (const { id, name } of [...(target.type === 'group' ? [target] : []), ...leaves]) {
      if (name === undefined)
        return `the name of the group ${id ?? ''} could not be read, and it may be on the list of protected groups`;
      if (this.#protectedGroups.has(name.toLowerCase()))
        return `the group "${name}" is on the list of protected groups`;
    }
    return undefined;
  }

  #tooManyRemovals(operation: PlannedOperation): string | undefined {
    return removalsOf(operation)
      .map((removal) => this.#overLimit(removal))
      .find((objection) => objection !== undefined);
  }

  #overLimit({ key, name, memberCount }: GroupRemoval): string | undefined {
    const { count, share, minimumMembers } = this.#policy.maxRemovals;
    const removed = this.#ledger.count(key);

    if (count !== undefined && removed + 1 > count)
      return `"${name}" may lose ${String(count)} members within the window, and has lost ${String(removed)}`;
    if (share === undefined) return undefined;

    const members = this.#ledger.membersAtStart(key) ?? memberCount;
    if (members === undefined || members < minimumMembers) return undefined;
    if (removed + 1 > share * members)
      return `"${name}" may lose ${String(Math.round(share * 100))} % of its ${String(members)} members within the window, and has lost ${String(removed)}`;
    return undefined;
  }
}

/** A member that one group loses. */
interface GroupRemoval {
  /** Of the group in the ledger. */
  readonly key: string;
  readonly name: string;
  readonly memberCount: number | undefined;
}

const REMOVALS: ReadonlySet<string> = new Set(['scim.group.removeMember', 'org.group.removeMember']);

/** The groups that lose the person: the one it is about, or those that are left with what it deletes. */
function removalsOf({ kind, target, memberCount, leaves = [] }: PlannedOperation): GroupRemoval[] {
  if (REMOVALS.has(kind) && target.id !== undefined)
    return [{ key: `${kind}:${target.id}`, name: target.name ?? target.id, memberCount }];
  return leaves.map((group) => ({
    key: `${group.route === 'scim' ? 'scim' : 'org'}.group.removeMember:${group.id}`,
    name: group.name ?? group.id,
    memberCount: group.memberCount,
  }));
}

function isSubject(ref: IdentityRef, { subject, accountEmail }: GuardFacts): boolean {
  if ('email' in ref)
    return [subject.email, subject.userName, accountEmail].some((address) => same(ref.email, address));
  if ('userName' in ref) return same(ref.userName, subject.userName);
  if ('externalId' in ref) return ref.externalId === subject.externalId;
  if ('scimUserId' in ref) return ref.scimUserId === subject.scimUserId;
  return ref.accountId === subject.accountId;
}

const ADDRESSES: ReadonlySet<string> = new Set(['email', 'userName']);

/** Whether an operation gives the person the address of a protected identity. */
function takesAddress(ref: IdentityRef, { changes }: PlannedOperation): boolean {
  const address = 'email' in ref ? ref.email : 'userName' in ref ? ref.userName : undefined;
  if (address === undefined) return false;
  return changes.some(({ attribute, to }) => ADDRESSES.has(attribute) && typeof to === 'string' && same(address, to));
}

function same(left: string, right: string | undefined): boolean {
  return left.toLowerCase() === right?.toLowerCase();
}
