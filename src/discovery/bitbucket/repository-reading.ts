import type { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import type { BitbucketGroupGrant, BitbucketUserGrant } from '../../clients/bitbucket/bitbucket-grant.js';
import type { BitbucketRepository as WireRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import type { BitbucketGrant, BitbucketRepository, BranchProtection } from '../entities/bitbucket-entities.js';
import type { Gap } from '../entities/gap.js';
import { endsThePart, gap, gapOfError, type Part } from '../reading/gap-of-error.js';
import { toGroupGrant, toUserGrant, type GrantedOn } from './bitbucket-mapping.js';
import { evaluateBranchProtection, needsBranchingModel } from './branch-protection.js';
import { EffectiveGrants } from './effective-grants.js';
import { FirstDecides } from './first-decides.js';
import { readWithScope } from './read-with-scope.js';

/** Grants on repositories. */
export const GRANTS = { name: 'grants on repositories', hides: ['bitbucket.grant'] } as const satisfies Part;
/** Rules about branches. */
export const RULES = { name: 'branch restrictions', hides: ['bitbucket.repository'] } as const satisfies Part;
const PROJECT_RULES = {
  name: 'branch restrictions of projects',
  hides: ['bitbucket.repository'],
} as const satisfies Part;

/** What was found of the grants on one repository. */
export interface FoundGrants {
  readonly basis: BitbucketRepository['grants'];
  readonly grants: readonly BitbucketGrant[];
  readonly gaps: readonly Gap[];
}

/** What was found of the protection of one repository. */
export interface FoundProtection {
  readonly protection: BranchProtection;
  readonly gaps: readonly Gap[];
}

/**
 * Reads the grants on repositories and the protection of their default branches, in one reading.
 *
 * Explicit grants need a scope, and rights in each repository. Without the scope all repositories have effective grants
 * instead, without the rights the one; the two are never mixed in one repository. Whether the scope is there is known from
 * the token, or found out by one call.
 */
export class RepositoryReading {
  readonly #client: BitbucketClient;
  readonly #effective: EffectiveGrants;
  readonly #grantScope: FirstDecides<boolean>;
  readonly #ruleScope: FirstDecides<boolean>;
  readonly #told = new Set<string>();

  constructor(client: BitbucketClient, scopes: ReadonlySet<string> | undefined) {
    this.#client = client;
    this.#effective = new EffectiveGrants(client);
    this.#grantScope = new FirstDecides(scopes?.has('repository:admin'));
    this.#ruleScope = new FirstDecides(scopes?.has('repository:admin'));
  }

  async grantsOn(repository: WireRepository, call: CallOptions): Promise<FoundGrants> {
    const { uuid, projectKey } = repository;
    const on: GrantedOn = { on: 'repository', resourceId: uuid, ...(projectKey !== undefined && { projectKey }) };
    try {
      const explicit = await this.#explicit(repository, call);
      if (explicit === undefined) return await this.#inTheEnd(repository, on, this.#once(noScope(GRANTS)), call);
      const { users, groups } = explicit;
      const grants = [...users.map((grant) => toUserGrant(grant, on)), ...groups.map((one) => toGroupGrant(one, on))];
      return { basis: 'explicit', grants, gaps: [] };
    } catch (error) {
      if (!isProvisionerError(error, 'forbidden')) throw error;
      const refused = gapOfError(error, 'bitbucket', GRANTS, resourceOf(repository));
      return this.#inTheEnd(repository, on, [{ ...refused, message: `${refused.message}; ${EFFECTIVE}` }], call);
    }
  }

  async protectionOf(repository: WireRepository, call: CallOptions): Promise<FoundProtection> {
    const { slug, mainBranch } = repository;
    if (mainBranch === undefined)
      return { protection: evaluateBranchProtection({ mainBranch, restrictions: [] }).protection, gaps: [] };
    try {
      const restrictions = await readWithScope(this.#ruleScope, () =>
        collect(this.#client.branchRestrictions.list(slug, call)),
      );
      if (restrictions === undefined) return { protection: {}, gaps: this.#once(noScope(RULES)) };

      const gaps: Gap[] = repository.overridesBranchRestrictions === true ? [] : [...this.#once(PROJECT_RULES_HIDDEN)];
      const needed = needsBranchingModel({ mainBranch, restrictions });
      const model = needed ? await this.#model(repository, call, gaps) : undefined;
      const { protection, unknownBranchTypes } = evaluateBranchProtection({ mainBranch, restrictions, model });
      if (unknownBranchTypes.length > 0) gaps.push(unknownTypes(repository, unknownBranchTypes));
      return { protection, gaps };
    } catch (error) {
      // What is granted on it is read all the same.
      if (endsThePart(error)) throw error;
      return { protection: {}, gaps: [gapOfError(error, 'bitbucket', RULES, resourceOf(repository))] };
    }
  }

  async #explicit(
    { slug }: WireRepository,
    call: CallOptions,
  ): Promise<{ users: readonly BitbucketUserGrant[]; groups: readonly BitbucketGroupGrant[] } | undefined> {
    const { permissions } = this.#client;
    const place = { repository: slug };
    const users = await readWithScope(this.#grantScope, () => collect(permissions.listUsers(place, call)));
    if (users === undefined) return undefined;
    return { users, groups: await collect(permissions.listGroups(place, call)) };
  }

  async #inTheEnd(
    repository: WireRepository,
    on: GrantedOn,
    gaps: readonly Gap[],
    call: CallOptions,
  ): Promise<FoundGrants> {
    try {
      const rows = await this.#effective.of(repository, call);
      if (rows === undefined) return { basis: 'unread', grants: [], gaps: [...gaps, notListed(repository)] };
      return { basis: 'effective', grants: rows.map((row) => toUserGrant(row, on, 'effective')), gaps };
    } catch (error) {
      if (!isProvisionerError(error, 'forbidden', 'not_found')) throw error;
      const unread = gapOfError(error, 'bitbucket', GRANTS, resourceOf(repository));
      return { basis: 'unread', grants: [], gaps: [...gaps.filter(({ id }) => id !== unread.id), unread] };
    }
  }

  async #model(repository: WireRepository, call: CallOptions, gaps: Gap[]) {
    try {
      return await this.#client.branchRestrictions.getEffectiveModel(repository.slug, call);
    } catch (error) {
      if (endsThePart(error)) throw error;
      gaps.push(gapOfError(error, 'bitbucket', RULES, resourceOf(repository)));
      return undefined;
    }
  }

  /** A gap that is the same for every repository is told with the first. */
  #once(found: Gap): readonly Gap[] {
    if (this.#told.has(found.id)) return [];
    this.#told.add(found.id);
    return [found];
  }
}

function notListed(repository: WireRepository): Gap {
  return gap('bitbucket', GRANTS, {
    reason: 'truncated',
    message: `The list of what people can do in the end does not have ${repository.fullName}: who reaches it is not known`,
    resource: resourceOf(repository),
  });
}

const EFFECTIVE = 'what people can do in the end was read instead, without the groups it comes from';

function noScope(part: Part): Gap {
  return gap('bitbucket', part, {
    reason: 'forbidden',
    message: `The credential lacks the scope that administers repositories${part === GRANTS ? `; ${EFFECTIVE}` : ''}`,
    advice: 'Give the OAuth consumer the scope repository:admin, or the API token admin:repository:bitbucket.',
  });
}

const PROJECT_RULES_HIDDEN = gap('bitbucket', PROJECT_RULES, {
  reason: 'truncated',
  message:
    'Repositories that inherit the branch restrictions of their project, or of which Bitbucket does not say whether they do, may be protected by rules that no API tells',
});

function unknownTypes(repository: WireRepository, types: readonly string[]): Gap {
  return gap('bitbucket', RULES, {
    reason: 'truncated',
    message: `${repository.fullName} has branch restrictions for types of branches that are not known (${types.join(', ')}): they count for nothing`,
    resource: resourceOf(repository),
  });
}

/** The repository, as a gap names it. */
export function resourceOf({ uuid, fullName }: WireRepository): NonNullable<Gap['resource']> {
  return { type: 'bitbucket.repository', id: uuid, name: fullName };
}

/** All that a walk yields. */
export async function collect<Item>(walk: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of walk) items.push(item);
  return items;
}
