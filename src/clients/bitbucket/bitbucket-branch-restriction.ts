import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';

/** What a branch restriction restricts, or requires of a pull request. */
export type BranchRestrictionKind = LiteralUnion<
  | 'push'
  | 'delete'
  | 'force'
  | 'restrict_merges'
  | 'require_tasks_to_be_completed'
  | 'require_approvals_to_merge'
  | 'require_default_reviewer_approvals_to_merge'
  | 'require_passing_builds_to_merge'
  | 'enforce_merge_checks'
  | 'allow_auto_merge_when_builds_pass'
>;

/** A type of branch in a branching model. */
export type BranchType = LiteralUnion<'production' | 'development' | 'feature' | 'bugfix' | 'release' | 'hotfix'>;

/** One rule about branches. What the web shows as one permission can be several of these. */
export interface BitbucketBranchRestriction {
  readonly kind: BranchRestrictionKind;
  /** How it finds its branches. */
  readonly matchKind: LiteralUnion<'glob' | 'branching_model'>;
  /** Of a `glob`; empty otherwise. */
  readonly pattern: string;
  /** Of a `branching_model`. */
  readonly branchType?: BranchType;
  /** How many, for the kinds that count something. */
  readonly value?: number;
}

/** A branch that a branching model names. */
export interface ModelledBranch {
  /** Absent when it follows the default branch of an empty repository. */
  readonly name?: string;
  /** Whether it follows the default branch. */
  readonly usesMainBranch: boolean;
}

/** How a repository names its branches, its own model or that of its project. */
export interface BitbucketBranchingModel {
  readonly development?: ModelledBranch;
  /** Absent when it is disabled. */
  readonly production?: ModelledBranch;
  /** Those that are enabled. */
  readonly branchTypes: readonly { readonly kind: BranchType; readonly prefix: string }[];
}

/** A rule. */
export const branchRestrictionSchema = lazySchema(() =>
  z
    .looseObject({
      kind: z.string(),
      branch_match_kind: z.string().nullish(),
      pattern: z.string().nullish(),
      branch_type: z.string().nullish(),
      value: z.number().nullish(),
    })
    .transform((wire): BitbucketBranchRestriction => ({
      kind: wire.kind,
      matchKind: wire.branch_match_kind ?? 'glob',
      pattern: wire.pattern ?? '',
      ...present({ branchType: wire.branch_type, value: wire.value }),
    })),
);

const branchSchema = lazySchema(() =>
  z
    .looseObject({ name: z.string().nullish(), use_mainbranch: z.boolean().nullish() })
    .transform((wire): ModelledBranch => ({
      ...present({ name: wire.name }),
      usesMainBranch: wire.use_mainbranch ?? false,
    })),
);

/** A branching model. */
export const branchingModelSchema = lazySchema(() =>
  z
    .looseObject({
      development: branchSchema().nullish(),
      production: branchSchema().nullish(),
      branch_types: z.array(z.looseObject({ kind: z.string(), prefix: z.string() })).nullish(),
    })
    .transform((wire): BitbucketBranchingModel => ({
      ...present({ development: wire.development, production: wire.production }),
      branchTypes: (wire.branch_types ?? []).map(({ kind, prefix }) => ({ kind, prefix })),
    })),
);
