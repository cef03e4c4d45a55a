import { foldCase } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import { operationOfKind } from '../operations/catalogue.js';
import type { PlannedOperation } from '../operations/operation.js';
import type { GuardLedger } from './guard-ledger.js';
import { GuardRuling, type Objection, type Release } from './guard-ruling.js';
import type { Plan, PlanSubject } from './plan.js';

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
  /** How many people may lose all access within the window. No limit unless given. */
  readonly maxDeprovisions: { readonly count: number | undefined };
  readonly protect: Protection;
}

/** What a {@link Guard} counts, each over its own window. */
export interface GuardLedgers {
  /** Members lost, by group. */
  readonly removals: GuardLedger;
  /** People whose access was ended. */
  readonly people: GuardLedger;
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

/**
 * Withholds operations that take away more than was meant, or touch what is protected.
 *
 * A withheld operation is staged: it is not sent, and the result and the audit log say so. The others go on, but for a
 * plan that ends somebody's access: what takes access away in it is done as a whole or not at all.
 */
export class Guard {
  readonly #policy: GuardPolicy;
  readonly #ledgers: GuardLedgers;
  readonly #protectedGroups: ReadonlySet<string>;

  constructor(policy: GuardPolicy, ledgers: GuardLedgers) {
    this.#policy = policy;
    this.#ledgers = ledgers;
    this.#protectedGroups = new Set(policy.protect.groups.map(folded));
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

  /** Judges a plan, and counts what it admits of it. Release the ruling, or what of it does not happen. */
  judge(plan: Plan, facts: GuardFacts): GuardRuling {
    const objections = new Map<string, Objection>();
    const counted = new Map<string, Release[]>();
    for (const operation of plan.operations) {
      const found = this.#objectionTo(operation, facts);
      if (found === undefined) counted.set(operation.id, this.#count(operation));
      else objections.set(operation.id, found);
    }

    const removals = plan.operations.filter(({ kind }) => operationOfKind(kind).removesAccess);
    const endings = removals.filter(endsAccess);
    if (endings.length === 0) return new GuardRuling(plan, objections, counted);
    const person = keyOf(facts.subject);
    const whole = this.#objectionToEnding(removals, objections, person);
    if (whole === undefined) this.#countPerson(person, endings, counted);
    else
      for (const { id } of removals) {
        if (!objections.has(id)) objections.set(id, whole);
        for (const release of counted.get(id) ?? []) release();
        counted.delete(id);
      }
    return new GuardRuling(plan, objections, counted);
  }

  /** Counts a plan without an objection, since its caller overrides the guard. */
  count(plan: Plan, facts: GuardFacts): GuardRuling {
    const counted = new Map(plan.operations.map((operation) => [operation.id, this.#count(operation)]));
    this.#countPerson(keyOf(facts.subject), plan.operations.filter(endsAccess), counted);
    return new GuardRuling(plan, new Map(), counted);
  }

  #objectionTo(operation: PlannedOperation, facts: GuardFacts): Objection | undefined {
    if (this.#policy.protect.organizationAdmins && facts.isOrganizationAdmin === true)
      return objection('the person is an organization admin, and those are protected', 'protect.organizationAdmins');
    if (this.#policy.protect.identities.some((ref) => isSubject(ref, facts)))
      return objection('the person is on the list of protected identities', 'protect.identities');
    if (this.#policy.protect.identities.some((ref) => takesAddress(ref, operation)))
      return objection('the new address of the person is on the list of protected identities', 'protect.identities');
    return this.#touchesProtected(operation) ?? this.#tooManyRemovals(operation);
  }

  #touchesProtected({ target, leaves = [] }: PlannedOperation): Objection | undefined {
    if (this.#protectedGroups.size === 0) return undefined;
    for (const { id, name } of [...(target.type === 'group' ? [target] : []), ...leaves]) {
      if (name === undefined)
        return objection(
          `the name of the group ${id ?? ''} could not be read, and it may be on the list of protected groups`,
          'protect.groups',
        );
      if (this.#protectedGroups.has(folded(name)))
        return objection(`the group "${name}" is on the list of protected groups`, 'protect.groups');
    }
    return undefined;
  }

  #tooManyRemovals(operation: PlannedOperation): Objection | undefined {
    return lossesOf(operation)
      .map((loss) => this.#overLimit(loss))
      .find((found) => found !== undefined);
  }

  #overLimit({ key, name, memberCount }: GroupLoss): Objection | undefined {
    const { count, share, minimumMembers } = this.#policy.maxRemovals;
    const { removals } = this.#ledgers;
    const lost = removals.count(key);

    if (count !== undefined && lost + 1 > count)
      return objection(
        `"${name}" may lose ${String(count)} members within the window, and has lost ${String(lost)}`,
        'maxRemovals.count',
        count === 0 ? undefined : removals.freeAt(key),
      );
    if (share === undefined) return undefined;

    const members = removals.membersAtStart(key) ?? memberCount;
    if (members === undefined)
      return objection(
        `how many members "${name}" has is not known, so neither is the share it may lose`,
        'maxRemovals.share',
      );
    if (members < minimumMembers || lost + 1 <= Math.floor(share * members + ROUNDING)) return undefined;
    return objection(
      `"${name}" may lose ${String(Math.round(share * 100))} % of its ${String(members)} members within the window, and has lost ${String(lost)}`,
      'maxRemovals.share',
      lost === 0 ? undefined : removals.freeAt(key),
    );
  }

  #objectionToEnding(
    removals: readonly PlannedOperation[],
    objections: ReadonlyMap<string, Objection>,
    person: string,
  ): Objection | undefined {
    const step = removals.map(({ id }) => objections.get(id)).find((found) => found !== undefined);
    if (step !== undefined)
      return { ...step, reason: `access is ended as a whole or not at all, and one step is withheld: ${step.reason}` };

    const { count } = this.#policy.maxDeprovisions;
    const { people } = this.#ledgers;
    if (count === undefined || people.count(person) > 0 || people.keys + 1 <= count) return undefined;
    return objection(
      `${String(count)} people may lose all access within the window, and ${String(people.keys)} have`,
      'maxDeprovisions.count',
      count === 0 ? undefined : people.keyFreeAt(),
    );
  }

  #count(operation: PlannedOperation): Release[] {
    return lossesOf(operation).map(({ key, memberCount }) => this.#ledgers.removals.reserve(key, memberCount));
  }

  /** Counts a person once a window, as long as any operation that ends their access happens. */
  #countPerson(person: string, endings: readonly PlannedOperation[], counted: Map<string, Release[]>): void {
    if (this.#policy.maxDeprovisions.count === undefined || endings.length === 0) return;
    if (this.#ledgers.people.count(person) > 0) return;
    const release = this.#ledgers.people.reserve(person, undefined);
    let open = endings.length;
    for (const { id } of endings)
      counted.set(id, [
        ...(counted.get(id) ?? []),
        () => {
          open -= 1;
          if (open === 0) release();
        },
      ]);
  }
}

/** 0.29 of 100 is 29, and 28.999999999999996 as a product of floating point numbers. */
const ROUNDING = 1e-9;

/** Says what withholds an operation: the setting, and when a limit has room again, unless it never has. */
function objection(reason: string, setting: string, freeAt?: number): Objection {
  const wait = freeAt === undefined ? '' : `wait until ${new Date(freeAt).toISOString()}, `;
  const advice = `Calling again ends the same way: ${wait}change \`guard.${setting}\`, or pass \`overrideGuard: { because }\`.`;
  return { reason, advice };
}

/** A member that one group loses. */
interface GroupLoss {
  /** Of the group in the ledger. */
  readonly key: string;
  readonly name: string;
  readonly memberCount: number | undefined;
}

/** The groups that lose the person: the one it is about, or those that are left with what it deletes. */
function lossesOf({ kind, target, memberCount, leaves = [] }: PlannedOperation): GroupLoss[] {
  if (target.type === 'group' && target.id !== undefined && operationOfKind(kind).removesAccess)
    return [{ key: `${kind}:${target.id}`, name: target.name ?? target.id, memberCount }];
  return leaves.map((group) => ({
    key: `${group.route === 'scim' ? 'scim' : 'org'}.group.removeMember:${group.id}`,
    name: group.name ?? group.id,
    memberCount: group.memberCount,
  }));
}

/** Whether it takes all access of a person: switches off, suspends or deletes the record or the account. */
function endsAccess({ kind, target }: PlannedOperation): boolean {
  return (target.type === 'identity' || target.type === 'account') && operationOfKind(kind).removesAccess;
}

/** One person under one key, from one plan to the next. */
function keyOf({ accountId, scimUserId, email }: PlanSubject): string {
  return accountId ?? scimUserId ?? (email === undefined ? '' : folded(email));
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
  return right !== undefined && folded(left) === folded(right);
}

/** A letter and its accent are one character or two; people see one name. */
function folded(text: string): string {
  return foldCase(text.normalize('NFC'));
}
