import type {
  BitbucketBranchingModel,
  BitbucketBranchRestriction,
} from '../../clients/bitbucket/bitbucket-branch-restriction.js';
import type { BranchProtection } from '../entities/bitbucket-entities.js';
import { matchesBranchGlob } from './branch-glob.js';

/** What is known of one repository. */
export interface BranchRules {
  /** Name of the default branch; `undefined` in an empty repository. */
  readonly mainBranch: string | undefined;
  /** Every rule of the repository, not filtered; `undefined` where they were not read. */
  readonly restrictions: readonly BitbucketBranchRestriction[] | undefined;
  /** The effective branching model; `undefined` where it was not read. See {@link needsBranchingModel}. */
  readonly model?: BitbucketBranchingModel | undefined;
  /** Whether there are no rules beside these. True unless given. */
  readonly isWhole?: boolean;
}

/** What the rules come to. */
export interface EvaluatedProtection {
  /** A member is absent where it could not be told, and then only. */
  readonly protection: BranchProtection;
  /** Whether a rule was read and could not be evaluated, and so left a member open. */
  readonly partial: boolean;
  /** Types of branches that this version does not know. Their rules count for nothing. */
  readonly unknownBranchTypes: readonly string[];
  /** Ways of finding branches that this version does not know. Their rules leave open what they ask for. */
  readonly unknownMatchKinds: readonly string[];
}

/** The members that stand for one kind of rule each. */
const KIND_OF_MEMBER = {
  allowAutoMergeWhenBuildsPass: 'allow_auto_merge_when_builds_pass',
  requirePassingBuildsToMerge: 'require_passing_builds_to_merge',
  enforceMergeChecks: 'enforce_merge_checks',
  requireApprovalsToMerge: 'require_approvals_to_merge',
  requireDefaultReviewerApprovalsToMerge: 'require_default_reviewer_approvals_to_merge',
  requireTasksToBeCompleted: 'require_tasks_to_be_completed',
} as const satisfies Partial<Record<keyof BranchProtection, string>>;

const PREFIXED_TYPES: ReadonlySet<string> = new Set(['feature', 'bugfix', 'release', 'hotfix']);
const KNOWN_MATCHES: ReadonlySet<string> = new Set(['glob', 'branching_model']);
const KNOWN_TYPES: ReadonlySet<string> = new Set([...PREFIXED_TYPES, 'development', 'production']);

/**
 * Works out how the default branch of a repository is protected, by the repository's own rules.
 *
 * A rule counts when it is there, whatever its `value`: no rule means `false`, once the rules were read. Rules that could
 * not be read leave everything open; a branching model that could not be read leaves open what its rules could still
 * change. An empty repository has no default branch, and nothing protects it.
 */
export function evaluateBranchProtection({
  mainBranch,
  restrictions,
  model,
  isWhole = true,
}: BranchRules): EvaluatedProtection {
  const nothing = { partial: false, unknownBranchTypes: [], unknownMatchKinds: [] };
  if (mainBranch === undefined) return { ...nothing, protection: protectionOf([]) };
  if (restrictions === undefined) return { ...nothing, protection: {} };

  const rules = restrictions.map((rule) => ({ kind: rule.kind, matches: matches(rule, mainBranch, model) }));
  const more = isWhole ? [] : Object.values(KIND_OF_MEMBER).map((kind) => ({ kind, matches: undefined }));
  const protection = protectionOf([...rules, ...more]);
  return {
    protection,
    partial: Object.keys(protection).length <= Object.keys(KIND_OF_MEMBER).length,
    unknownBranchTypes: unknownTypes(restrictions),
    unknownMatchKinds: [...new Set(restrictions.map(({ matchKind }) => matchKind))].filter(
      (kind) => !KNOWN_MATCHES.has(kind),
    ),
  };
}

/** Whether reading the branching model could still change what the rules come to. */
export function needsBranchingModel({ mainBranch, restrictions }: Omit<BranchRules, 'model'>): boolean {
  if (mainBranch === undefined || restrictions === undefined) return false;
  const withModel = restrictions.filter(({ matchKind }) => KNOWN_MATCHES.has(matchKind));
  return evaluateBranchProtection({ mainBranch, restrictions: withModel }).partial;
}

interface EvaluatedRule {
  readonly kind: string;
  /** `undefined`: not known. */
  readonly matches: boolean | undefined;
}

function protectionOf(rules: readonly EvaluatedRule[]): BranchProtection {
  const members = Object.entries(KIND_OF_MEMBER).map(
    ([member, kind]) => [member, some(rules.filter((rule) => rule.kind === kind))] as const,
  );
  const all = [['defaultBranchProtected', some(rules)] as const, ...members];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** One that matches decides; without one, one that is not known leaves it open. */
function some(rules: readonly EvaluatedRule[]): boolean | undefined {
  if (rules.some(({ matches: hit }) => hit === true)) return true;
  return rules.some(({ matches: hit }) => hit === undefined) ? undefined : false;
}

function matches(
  { matchKind, pattern, branchType }: BitbucketBranchRestriction,
  branch: string,
  model: BitbucketBranchingModel | undefined,
): boolean | undefined {
  if (matchKind === 'glob') return matchesBranchGlob(pattern, branch);
  if (matchKind !== 'branching_model') return undefined;
  if (branchType === undefined || !KNOWN_TYPES.has(branchType)) return false;
  if (model === undefined) return undefined;

  if (branchType === 'development') return isModelled(model.development, branch);
  if (branchType === 'production') return isModelled(model.production, branch);
  return model.branchTypes.some(({ kind, prefix }) => kind === branchType && branch.startsWith(prefix));
}

function isModelled(modelled: BitbucketBranchingModel['development'], mainBranch: string): boolean {
  return modelled !== undefined && (modelled.usesMainBranch || modelled.name === mainBranch);
}

function unknownTypes(restrictions: readonly BitbucketBranchRestriction[]): string[] {
  const types = restrictions.flatMap(({ matchKind, branchType }) =>
    matchKind === 'branching_model' && !KNOWN_TYPES.has(branchType ?? '') ? [branchType ?? 'none'] : [],
  );
  return [...new Set(types)];
}
