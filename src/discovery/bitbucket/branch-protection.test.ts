import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  BitbucketBranchingModel,
  BitbucketBranchRestriction,
} from '../../clients/bitbucket/bitbucket-branch-restriction.js';
import type { BranchProtection } from '../entities/bitbucket-entities.js';
import { evaluateBranchProtection, needsBranchingModel } from './branch-protection.js';

const NOTHING: BranchProtection = {
  defaultBranchProtected: false,
  allowAutoMergeWhenBuildsPass: false,
  requirePassingBuildsToMerge: false,
  enforceMergeChecks: false,
  requireApprovalsToMerge: false,
  requireDefaultReviewerApprovalsToMerge: false,
  requireTasksToBeCompleted: false,
};

const glob = (kind: string, pattern: string): BitbucketBranchRestriction => ({ kind, matchKind: 'glob', pattern });
const typed = (kind: string, branchType: string): BitbucketBranchRestriction => ({
  kind,
  matchKind: 'branching_model',
  pattern: '',
  branchType,
});
const MODEL: BitbucketBranchingModel = { development: { name: 'develop', usesMainBranch: false }, branchTypes: [] };

function protectionOf(
  mainBranch: string | undefined,
  restrictions: readonly BitbucketBranchRestriction[] | undefined,
  model?: BitbucketBranchingModel,
): BranchProtection {
  return evaluateBranchProtection({ mainBranch, restrictions, model }).protection;
}

describe('a repository', () => {
  test('without a rule is not protected', () => {
    const protection = protectionOf('main', []);

    expect(protection).toEqual(NOTHING);
  });

  test('that is empty is not protected, whatever its rules', () => {
    const protection = protectionOf(undefined, [glob('push', '*')]);

    expect(protection).toEqual(NOTHING);
  });

  test('that is empty is not protected, though its rules were not read', () => {
    const protection = protectionOf(undefined, undefined);

    expect(protection).toEqual(NOTHING);
  });

  test('whose rules were not read says nothing at all', () => {
    const protection = protectionOf('main', undefined, MODEL);

    expect(protection).toEqual({});
  });
});

describe('a rule', () => {
  test.each([
    ['allow_auto_merge_when_builds_pass', 'allowAutoMergeWhenBuildsPass'],
    ['require_passing_builds_to_merge', 'requirePassingBuildsToMerge'],
    ['enforce_merge_checks', 'enforceMergeChecks'],
    ['require_approvals_to_merge', 'requireApprovalsToMerge'],
    ['require_default_reviewer_approvals_to_merge', 'requireDefaultReviewerApprovalsToMerge'],
    ['require_tasks_to_be_completed', 'requireTasksToBeCompleted'],
  ])('of the kind %s is %s', (kind, member) => {
    const protection = protectionOf('main', [glob(kind, 'main')]);

    expect(protection).toEqual({ ...NOTHING, defaultBranchProtected: true, [member]: true });
  });

  test.each([
    'push',
    'delete',
    'force',
    'restrict_merges',
    'require_review_group_approvals_to_merge',
    'a_kind_of_2027',
  ])('of the kind %s protects the branch, and is none of the six', (kind) => {
    const protection = protectionOf('main', [glob(kind, 'main')]);

    expect(protection).toEqual({ ...NOTHING, defaultBranchProtected: true });
  });

  test('for other branches protects nothing here', () => {
    const protection = protectionOf('main', [glob('push', 'release/*'), glob('enforce_merge_checks', 'Main')]);

    expect(protection).toEqual(NOTHING);
  });

  test('counts by its presence, whatever its value', () => {
    const protection = protectionOf('main', [{ ...glob('require_approvals_to_merge', 'ma*'), value: 0 }]);

    expect(protection.requireApprovalsToMerge).toBe(true);
  });
});

describe('a rule of the branching model', () => {
  const rule = (type: string) => [typed('force', type)];

  test.each<[string, string, Partial<BitbucketBranchingModel>, boolean]>([
    ['development names it', 'development', { development: { name: 'main', usesMainBranch: false } }, true],
    ['development follows it', 'development', { development: { usesMainBranch: true } }, true],
    ['development is another', 'development', { development: { name: 'develop', usesMainBranch: false } }, false],
    ['there is no development', 'development', {}, false],
    ['production names it', 'production', { production: { name: 'main', usesMainBranch: false } }, true],
    ['production follows it', 'production', { production: { usesMainBranch: true } }, true],
    ['production is disabled', 'production', {}, false],
    ['its prefix fits', 'release', { branchTypes: [{ kind: 'release', prefix: 'ma' }] }, true],
    [
      'one of its prefixes fits',
      'hotfix',
      {
        branchTypes: [
          { kind: 'hotfix', prefix: 'x' },
          { kind: 'hotfix', prefix: 'm' },
        ],
      },
      true,
    ],
    ['its prefix does not fit', 'feature', { branchTypes: [{ kind: 'feature', prefix: 'feature/' }] }, false],
    ['the prefix of another fits', 'bugfix', { branchTypes: [{ kind: 'release', prefix: 'ma' }] }, false],
    ['its type is disabled', 'bugfix', {}, false],
  ])('where %s', (_, type, model, expected) => {
    const protection = protectionOf('main', rule(type), { branchTypes: [], ...model });

    expect(protection).toEqual({ ...NOTHING, defaultBranchProtected: expected });
  });

  test('of an unknown type counts for nothing, and is told', () => {
    const evaluated = evaluateBranchProtection({ mainBranch: 'main', restrictions: rule('trunk'), model: MODEL });

    expect(evaluated).toEqual({
      protection: NOTHING,
      partial: false,
      unknownBranchTypes: ['trunk'],
      unknownMatchKinds: [],
    });
  });

  test('without a model leaves open what it could change, and no more', () => {
    const restrictions = [
      glob('push', 'main'),
      glob('enforce_merge_checks', 'main'),
      typed('require_approvals_to_merge', 'production'),
      typed('enforce_merge_checks', 'production'),
    ];

    const evaluated = evaluateBranchProtection({ mainBranch: 'main', restrictions });

    const { requireApprovalsToMerge: _open, ...others } = NOTHING;
    expect(evaluated).toEqual({
      protection: { ...others, defaultBranchProtected: true, enforceMergeChecks: true },
      partial: true,
      unknownBranchTypes: [],
      unknownMatchKinds: [],
    });
  });

  test('that finds its branches in a way this version does not know leaves open what it could change', () => {
    const restrictions = [{ ...glob('force', 'main'), matchKind: 'regex' }];

    const { protection, partial } = evaluateBranchProtection({ mainBranch: 'main', restrictions, model: MODEL });

    const { defaultBranchProtected: _open, ...others } = NOTHING;
    expect({ protection, partial }).toEqual({ protection: others, partial: true });
  });
});

describe('the branching model is needed', () => {
  test.each<[string, readonly BitbucketBranchRestriction[] | undefined, boolean]>([
    ['not without a rule', [], false],
    ['not where the rules were not read', undefined, false],
    ['not for patterns', [glob('push', 'main')], false],
    ['for a rule of the model', [typed('push', 'production')], true],
    ['not for a rule whose every effect is there already', [glob('push', 'main'), typed('force', 'production')], false],
    ['for a kind that is not there yet', [glob('push', 'main'), typed('enforce_merge_checks', 'release')], true],
    ['not for a type that is unknown', [typed('push', 'trunk')], false],
    ['not for a way of matching that it cannot tell', [{ ...glob('push', 'main'), matchKind: 'regex' }], false],
  ])('%s', (_, restrictions, expected) => {
    const needed = needsBranchingModel({ mainBranch: 'main', restrictions });

    expect(needed).toBe(expected);
  });

  test('not by an empty repository', () => {
    const needed = needsBranchingModel({ mainBranch: undefined, restrictions: [typed('push', 'production')] });

    expect(needed).toBe(false);
  });
});

const KINDS = ['push', 'force', 'enforce_merge_checks', 'require_approvals_to_merge', 'require_tasks_to_be_completed'];
const ruleArb = fc.oneof(
  fc
    .record({ kind: fc.constantFrom(...KINDS), pattern: fc.constantFrom('main', '*', 'release/*', 'x') })
    .map(({ kind, pattern }) => glob(kind, pattern)),
  fc
    .record({ kind: fc.constantFrom(...KINDS), type: fc.constantFrom('production', 'development', 'release', 'trunk') })
    .map(({ kind, type }) => typed(kind, type)),
);
const rulesArb = fc.array(ruleArb, { maxLength: 8 });
const branchArb = fc.constantFrom('main', 'release/1', 'develop');
const modelledArb = fc.record({ name: branchArb, usesMainBranch: fc.boolean() });
const modelArb: fc.Arbitrary<BitbucketBranchingModel> = fc.record(
  {
    development: modelledArb,
    production: modelledArb,
    branchTypes: fc.constantFrom([], [{ kind: 'release', prefix: 'release/' }]),
  },
  { requiredKeys: ['branchTypes'] },
);

describe('for any rules', () => {
  test('what is told without the model is what is told with it', () => {
    fc.assert(
      fc.property(branchArb, rulesArb, modelArb, (mainBranch, restrictions, model) => {
        const before = protectionOf(mainBranch, restrictions);
        const after = protectionOf(mainBranch, restrictions, model);

        expect(after).toMatchObject(before);
      }),
    );
  });

  test('with the model every member is told', () => {
    fc.assert(
      fc.property(branchArb, rulesArb, modelArb, (mainBranch, restrictions, model) => {
        const evaluated = evaluateBranchProtection({ mainBranch, restrictions, model });

        expect(Object.keys(evaluated.protection).toSorted()).toEqual(Object.keys(NOTHING).toSorted());
        expect(evaluated.partial).toBe(false);
      }),
    );
  });

  test('the model is not asked for where no model could change a thing', () => {
    fc.assert(
      fc.property(branchArb, rulesArb, modelArb, (mainBranch, restrictions, model) => {
        fc.pre(!needsBranchingModel({ mainBranch, restrictions }));

        expect(protectionOf(mainBranch, restrictions)).toEqual(protectionOf(mainBranch, restrictions, model));
      }),
    );
  });

  test('another rule takes no protection away, and the order of rules counts for nothing', () => {
    fc.assert(
      fc.property(branchArb, rulesArb, ruleArb, modelArb, (mainBranch, restrictions, another, model) => {
        const before = Object.entries(protectionOf(mainBranch, restrictions, model)).filter(
          ([, value]) => value === true,
        );
        const after = protectionOf(mainBranch, [another, ...restrictions.toReversed()], model);

        expect(after).toMatchObject(Object.fromEntries(before));
      }),
    );
  });

  test('one of the six is never there without the branch being protected', () => {
    fc.assert(
      fc.property(branchArb, rulesArb, fc.option(modelArb, { nil: undefined }), (mainBranch, restrictions, model) => {
        const { defaultBranchProtected, ...six } = protectionOf(mainBranch, restrictions, model);

        expect(defaultBranchProtected === true || !Object.values(six).includes(true)).toBe(true);
      }),
    );
  });
});
