import { ConfigError } from '../errors/config-error.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import type { CallOptions } from '../http/transport.js';
import type { GroupRef, ResolvedGroup } from '../model/group.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import { throwIfAborted } from './abort.js';
import type { OrgUserExpansion } from './account-reads.js';
import { BulkLookUp, PEOPLE_AT_A_TIME } from './bulk-look-up.js';
import type { BulkPlan } from './bulk-plan.js';
import { DirectoryAudit, type DirectoryAuditOptions } from './directory-audit.js';
import { toReport, type DirectoryAuditEntry, type DirectoryAuditReport } from './directory-audit-entry.js';
import { eachPerson } from './each-person.js';
import { GroupResolver, type GroupOptions, type GroupResolution } from './group-resolver.js';
import { IdentityCache } from './identity-cache.js';
import type { IdentityClients, OrganizationReads, ScimReads } from './identity-clients.js';
import { IdentityLookUp } from './identity-look-up.js';
import type { IdentityNeed, IdentityObservation } from './identity-observation.js';
import { refParts, type RefParts } from './identity-ref.js';
import type { LinkCache } from './link-cache.js';
import { mapLimited } from './map-limited.js';
import { MemoryLinkCache } from './memory-link-cache.js';
import { toOutcome, type IdentityOutcome, type PersonOutcome } from './person-outcome.js';

/** What an {@link IdMapper} works with: one client at least. */
export interface IdMapperOptions {
  /** A `ScimDirectoryClient`. Without it nobody is known by `userName`, `externalId` or SCIM id. */
  readonly scim?: ScimReads | undefined;
  /** An `AdminOrgClient`. Without it nobody is known by account id, and an email only where it is a `userName`. */
  readonly admin?: OrganizationReads | undefined;
  /** Where `find` and `resolve` keep what they found: a {@link MemoryLinkCache} of its own unless given; `false` for none. */
  readonly cache?: LinkCache | false | undefined;
  /** How long an entry of the cache is believed, in milliseconds. Default 5 minutes. */
  readonly cacheMaxAgeMs?: number | undefined;
  /** Milliseconds since 1970, UTC. `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
}

/** What an observation is to come back with. */
export interface ObserveOptions extends CallOptions {
  /** `['scimUser', 'accountId']` unless given. What is not needed costs no call. */
  readonly need?: readonly IdentityNeed[] | undefined;
  /** What to add to `orgUser`. */
  readonly expand?: OrgUserExpansion | undefined;
}

/** How many people are resolved together. */
export interface ResolveManyOptions extends CallOptions {
  /**
   * `['scimUser', 'accountId']`, all ids, unless given.
   *
   * `['accountId']` takes one call for 100 emails, and leaves the rest unknown.
   */
  readonly need?: readonly ('scimUser' | 'accountId')[] | undefined;
  /** Told how the calls are planned, before most of them are sent. Not told when the cache knows everybody. */
  readonly onPlan?: ((plan: BulkPlan) => void) | undefined;
}

/** How many people are observed together. */
export interface ObserveManyOptions extends ObserveOptions {
  /** Told how the calls are planned, before most of them are sent. */
  readonly onPlan?: ((plan: BulkPlan) => void) | undefined;
}

const ALL_IDS: readonly IdentityNeed[] = ['scimUser', 'accountId'];
const FIVE_MINUTES_MS = 300_000;

/**
 * Finds people by any one of their ids, and groups by name, in the directory and in the organization.
 *
 * Nothing is guessed: each id says where it was read and when, a missing account id stays missing, and two candidates are
 * an error that lists them.
 */
export class IdMapper {
  readonly #clients: IdentityClients;
  readonly #now: () => number;
  readonly #cache: IdentityCache | undefined;
  readonly #groups: GroupResolver;
  readonly #bulk = new BulkLookUp();

  constructor({ scim, admin, cache, cacheMaxAgeMs = FIVE_MINUTES_MS, now = Date.now }: IdMapperOptions) {
    if (scim === undefined && admin === undefined)
      throw new ConfigError([
        { path: '', message: 'an IdMapper needs a SCIM client, an organization client, or both' },
      ]);
    this.#clients = { scim, admin };
    this.#now = now;
    this.#groups = new GroupResolver(this.#clients);
    const scope = `${scim?.directoryId ?? '-'}/${admin?.organizationId ?? '-'}`;
    if (cache !== false) this.#cache = new IdentityCache(cache ?? new MemoryLinkCache(), scope, cacheMaxAgeMs, now);
  }

  /**
   * Reads a person afresh, with the fewest calls for what is needed. `undefined` when nobody has the id.
   *
   * An email with the need `scimUser` takes one call where it is the `userName`, and the account id comes along.
   *
   * @throws `identity_ambiguous`, `identity_conflict`, or `capability_missing` when no configured API knows such ids.
   */
  async observe(ref: IdentityRef, options: ObserveOptions = {}): Promise<IdentityObservation | undefined> {
    const parts = refParts(ref);
    const { need = ALL_IDS, expand, ...call } = options;
    throwIfAborted('identity.observe', call);
    const epoch = this.#cache?.epoch ?? 0;

    const lookUp = this.#lookUp(need, call, expand);
    const observation = await lookUp.observe(parts);
    await this.#keep(parts, observation, need, epoch);
    return observation && pick(observation, need);
  }

  /**
   * Reads many people afresh, with the fewest calls: by look-ups, searches, or a listing of the directory.
   *
   * One outcome for each reference, in their order. Whoever is named twice costs once. Only an abort throws.
   */
  async observeMany(
    refs: readonly IdentityRef[],
    options: ObserveManyOptions = {},
  ): Promise<readonly IdentityOutcome[]> {
    const { need = ALL_IDS, expand, onPlan, ...call } = options;
    throwIfAborted('identity.observeMany', call);
    return eachPerson(refs, async (people) => {
      const outcomes = await this.#observeAll(people, this.#lookUp(need, call, expand), onPlan);
      return outcomes.map((outcome) =>
        outcome.status === 'resolved' ? { ...outcome, ...pick(outcome, need) } : outcome,
      );
    });
  }

  /** Every id of a person, from the cache where it knows them; `undefined` when nobody has the id. */
  async find(ref: IdentityRef, options: CallOptions = {}): Promise<ResolvedIdentity | undefined> {
    throwIfAborted('identity.find', options);
    const known = await this.#cache?.get(refParts(ref).key);
    return known ?? (await this.observe(ref, { ...options, need: ALL_IDS }))?.identity;
  }

  /**
   * Every id of a person, from the cache where it knows them.
   *
   * @throws `identity_not_found`, and what {@link IdMapper.observe} throws.
   */
  async resolve(ref: IdentityRef, options: CallOptions = {}): Promise<ResolvedIdentity> {
    const identity = await this.find(ref, options);
    if (identity === undefined) throw new IdentityNotFoundError(refParts(ref).kind);
    return identity;
  }

  /**
   * Every id of many people, from the cache and for the rest with the fewest calls.
   *
   * Outcomes are as with {@link IdMapper.observeMany}, without the record and the user.
   */
  async resolveMany(
    refs: readonly IdentityRef[],
    options: ResolveManyOptions = {},
  ): Promise<readonly IdentityOutcome[]> {
    const { need = ALL_IDS, onPlan, ...call } = options;
    throwIfAborted('identity.resolveMany', call);
    return eachPerson(refs, async (people) => {
      const known = await mapLimited(people, PEOPLE_AT_A_TIME, async ({ key }) => this.#cache?.get(key));
      const open = people.filter((_, index) => known[index] === undefined);
      const found = open.length === 0 ? [] : await this.#observeAll(open, this.#lookUp(need, call), onPlan);
      const outcomes = new Map(open.map(({ key }, index) => [key, found[index]] as const));
      return people.map(({ key }, index): PersonOutcome => {
        const identity = known[index];
        if (identity !== undefined) return { status: 'resolved', identity };
        const outcome = outcomes.get(key) ?? { status: 'not_found' };
        return outcome.status === 'resolved' ? { status: 'resolved', identity: outcome.identity } : outcome;
      });
    });
  }

  /**
   * Finds a group in the SCIM directory and in the organization, with its origin and the route that writes its members.
   *
   * Always asks afresh. See {@link IdMapper.resolveGroups} for many.
   *
   * @throws `group_not_found`, `group_ambiguous`, or `capability_missing` when no configured API knows such ids.
   */
  async resolveGroup(ref: GroupRef, options: GroupOptions = {}): Promise<ResolvedGroup> {
    const [resolution] = await this.resolveGroups([ref], options);
    if (resolution?.status === 'resolved') return resolution.group;
    throw resolution?.error ?? new TypeError('resolveGroups must answer for each reference');
  }

  /** Finds many groups, 100 names in one search. One outcome for each reference, in their order. Only an abort throws. */
  async resolveGroups(refs: readonly GroupRef[], options: GroupOptions = {}): Promise<readonly GroupResolution[]> {
    throwIfAborted('identity.resolveGroups', options);
    return this.#groups.resolve(refs, options);
  }

  /**
   * Classifies every record of the directory, and every account of the organization that should have one.
   *
   * Both lists are read whole first, 100 to a call, and reduced to what is compared: some hundred bytes a person. Then the
   * entries come as they are settled; a doubtful one takes a call. Without an organization client only what the records
   * say by themselves is found.
   *
   * @throws `capability_missing` without a SCIM client.
   */
  auditEntries(options: DirectoryAuditOptions = {}): AsyncGenerator<DirectoryAuditEntry, void, undefined> {
    return new DirectoryAudit(this.#clients, this.#now, options).entries();
  }

  /** As {@link IdMapper.auditEntries}, with all entries in memory, and counted. */
  async audit(options: DirectoryAuditOptions = {}): Promise<DirectoryAuditReport> {
    const startedAt = this.#now();
    const entries: DirectoryAuditEntry[] = [];
    for await (const entry of this.auditEntries(options)) entries.push(entry);
    return toReport(entries, startedAt, this.#now());
  }

  /**
   * Forgets what the cache knows of these people, under all their ids. Call it after every write.
   *
   * A look-up that is under way meanwhile is not kept either.
   */
  async invalidate(...refs: readonly IdentityRef[]): Promise<void> {
    await this.#cache?.forget(refs.map((ref) => refParts(ref).key));
  }

  #lookUp(need: readonly IdentityNeed[], call: CallOptions, expand?: OrgUserExpansion): IdentityLookUp {
    return new IdentityLookUp(this.#clients, need, { now: this.#now, call, expand });
  }

  async #observeAll(
    people: readonly RefParts[],
    lookUp: IdentityLookUp,
    onPlan: ((plan: BulkPlan) => void) | undefined,
  ): Promise<readonly PersonOutcome[]> {
    const epoch = this.#cache?.epoch ?? 0;
    let failure: { readonly error: unknown } | undefined;
    try {
      await this.#bulk.readAhead(lookUp, people, onPlan);
    } catch (error) {
      failure = { error }; // It concerns everybody, and each outcome says so.
    }
    return mapLimited(people, PEOPLE_AT_A_TIME, (person) =>
      toOutcome(async () => {
        if (failure !== undefined) throw failure.error;
        const observation = await lookUp.observe(person);
        await this.#keep(person, observation, [...lookUp.needs], epoch);
        return observation;
      }),
    );
  }

  async #keep(
    ref: RefParts,
    observation: IdentityObservation | undefined,
    need: readonly IdentityNeed[],
    epoch: number,
  ): Promise<void> {
    if (this.#cache === undefined) return;
    if (observation === undefined) await this.#cache.drop([ref.key], epoch);
    else if (ALL_IDS.every((id) => need.includes(id))) await this.#cache.put(observation.identity, epoch);
  }
}

/** What was read on the way and not asked for stays behind. */
function pick(
  { identity, scimUser, orgUser }: IdentityObservation,
  need: readonly IdentityNeed[],
): IdentityObservation {
  return {
    identity,
    ...(scimUser !== undefined && need.includes('scimUser') && { scimUser }),
    ...(orgUser !== undefined && need.includes('orgUser') && { orgUser }),
  };
}
