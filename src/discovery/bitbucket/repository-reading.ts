import type { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import type { BitbucketBranchRestriction } from '../../clients/bitbucket/bitbucket-branch-restriction.js';
import type { BitbucketRepository as WireRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import type { BitbucketGrant, BitbucketRepository, BranchProtection } from '../entities/bitbucket-entities.js';
import type { Gap } from '../entities/gap.js';
import { endsThePart, gap, gapOfError, type Part } from '../reading/gap-of-error.js';
import { readList, type WholeList } from '../reading/list-length.js';
import { toUserGrant, type GrantedOn } from './bitbucket-mapping.js';
import { evaluateBranchProtection, needsBranchingModel } from './branch-protection.js';
import { EffectiveGrants } from './effective-grants.js';
import { nobodies, readExplicitGrants, short } from './explicit-grants.js';
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
      const at = { place: { repository: repository.slug }, on, part: GRANTS, resource: resourceOf(repository) };
      const explicit = await readExplicitGrants(this.#client.permissions, this.#grantScope, at, call);
      if (explicit !== undefined) return { basis: 'explicit', ...explicit };
    } catch (error) {
      if (!isProvisionerError(error, 'forbidden')) throw error;
      const refused = gapOfError(error, 'bitbucket', GRANTS, resourceOf(repository));
      const found = await this.#inTheEnd(repository, on, call);
      // Why nothing was read at all says that too.
      if (found.basis === 'unread') return found;
      return { ...found, gaps: [{ ...refused, message: `${refused.message}; ${EFFECTIVE}` }, ...found.gaps] };
    }
    const found = await this.#inTheEnd(repository, on, call);
    return { ...found, gaps: [...this.#once(noScope(GRANTS)), ...found.gaps] };
  }

  async protectionOf(repository: WireRepository, call: CallOptions): Promise<FoundProtection> {
    const { slug, mainBranch } = repository;
    if (mainBranch === undefined)
      return { protection: evaluateBranchProtection({ mainBranch, restrictions: [] }).protection, gaps: [] };
    try {
      const rules = await readWithScope(this.#ruleScope, async () => this.#rules(slug, call));
      if (rules === undefined) return { protection: {}, gaps: this.#once(noScope(RULES)) };

      const { items: restrictions, doubt } = rules;
      const resource = resourceOf(repository);
      const gaps: Gap[] = short(RULES, `branch restrictions of ${repository.fullName}`, doubt, resource);
      const needed = needsBranchingModel({ mainBranch, restrictions });
      const model = needed ? await this.#model(repository, call, gaps) : undefined;
      const { protection, unknownBranchTypes, unknownMatchKinds } = evaluateBranchProtection({
        mainBranch,
        restrictions,
        model,
        isWhole: doubt === undefined,
      });
      if (unknownBranchTypes.length > 0)
        gaps.push(unknownRules(repository, 'types of branches', unknownBranchTypes, 'count for nothing'));
      if (unknownMatchKinds.length > 0)
        gaps.push(unknownRules(repository, 'ways to find branches', unknownMatchKinds, 'leave open what they ask for'));
      if (repository.overridesBranchRestrictions !== true) gaps.push(...this.#once(PROJECT_RULES_HIDDEN));
      return { protection, gaps };
    } catch (error) {
      // What is granted on it is read all the same.
      if (endsThePart(error)) throw error;
      return { protection: {}, gaps: [gapOfError(error, 'bitbucket', RULES, resourceOf(repository))] };
    }
  }

  async #rules(slug: string, call: CallOptions): Promise<WholeList<BitbucketBranchRestriction>> {
    const { branchRestrictions } = this.#client;
    return readList(
      'bitbucket.branchRestrictions.list',
      async (cursor) => branchRestrictions.listPage(slug, cursor, call),
      (rule) => JSON.stringify(rule),
    );
  }

  async #inTheEnd(repository: WireRepository, on: GrantedOn, call: CallOptions): Promise<FoundGrants> {
    const resource = resourceOf(repository);
    try {
      const found = await this.#effective.of(repository, call);
      if (found === undefined) return { basis: 'unread', grants: [], gaps: [notListed(repository)] };
      const { rows, doubt, isOfAll } = found;
      const grants = rows.map((row) => toUserGrant(row, on, 'effective'));
      const gaps = nobodies(GRANTS, rows, resource);
      if (isOfAll) gaps.push(...short(GRANTS, 'effective permissions', doubt));
      else gaps.push(...short(GRANTS, `effective permissions on ${repository.fullName}`, doubt, resource));
      // Of repositories that have effective grants, gaps about all of them count alone.
      return { basis: isOfAll || gaps.length === 0 ? 'effective' : 'unread', grants, gaps };
    } catch (error) {
      if (!isProvisionerError(error, 'forbidden', 'not_found')) throw error;
      return { basis: 'unread', grants: [], gaps: [gapOfError(error, 'bitbucket', GRANTS, resource)] };
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
    what: 'not-listed',
    reason: 'truncated',
    message: `The list of what people can do in the end does not have ${repository.fullName}: who reaches it is not known`,
    resource: resourceOf(repository),
  });
}

const EFFECTIVE = 'what people can do in the end was read instead, without the groups it comes from';

function noScope(part: Part): Gap {
  return gap('bitbucket', part, {
    what: 'no-scope',
    reason: 'forbidden',
    message: `The credential lacks the scope that administers repositories${part === GRANTS ? `; ${EFFECTIVE}` : ''}`,
    advice: 'Give the OAuth consumer the scope repository:admin, or the API token admin:repository:bitbucket.',
  });
}

const PROJECT_RULES_HIDDEN = gap('bitbucket', PROJECT_RULES, {
  what: 'not-shown',
  reason: 'truncated',
  message:
    'Repositories that inherit the branch restrictions of their project, or of which Bitbucket does not say whether they do, may be protected by rules that no API tells',
});

function unknownRules(repository: WireRepository, of: string, names: readonly string[], and: string): Gap {
  return gap('bitbucket', RULES, {
    what: `unknown ${of}`,
    reason: 'truncated',
    message: `${repository.fullName} has branch restrictions for ${of} that are not known (${names.join(', ')}): they ${and}`,
    resource: resourceOf(repository),
  });
}

/** The repository, as a gap names it. */
export function resourceOf({ uuid, fullName }: WireRepository): NonNullable<Gap['resource']> {
  return { type: 'bitbucket.repository', id: uuid, name: fullName };
}
