import { describe, expectTypeOf, test } from 'vitest';
import type { OperationOutcome } from '../model/outcome.js';
import type { RunOutcome } from '../plan/run-types.js';
import type { AtlassianProvisioner } from './atlassian-provisioner.js';

type ResultOf<Name extends 'syncIdentity' | 'manageRelationships' | 'deprovisionIdentity' | 'deleteIdentity'> = Awaited<
  ReturnType<AtlassianProvisioner[Name]>
>;

describe('the outcome of an action is one of a closed set of words', () => {
  test('of syncIdentity', () => {
    expectTypeOf<ResultOf<'syncIdentity'>['outcome']>().toEqualTypeOf<
      'created' | 'linked' | 'renamed' | 'reactivated' | 'updated' | 'unchanged' | RunOutcome
    >();
  });

  test('of manageRelationships', () => {
    expectTypeOf<ResultOf<'manageRelationships'>['outcome']>().toEqualTypeOf<'changed' | 'unchanged' | RunOutcome>();
  });

  test('of deprovisionIdentity', () => {
    expectTypeOf<ResultOf<'deprovisionIdentity'>['outcome']>().toEqualTypeOf<
      'deprovisioned' | 'unchanged' | RunOutcome
    >();
  });

  test('of deleteIdentity', () => {
    expectTypeOf<ResultOf<'deleteIdentity'>['outcome']>().toEqualTypeOf<
      'deleted' | 'deletion-scheduled' | 'unchanged' | RunOutcome
    >();
  });

  test('of an operation', () => {
    expectTypeOf<ResultOf<'syncIdentity'>['operations'][number]['outcome']>().toEqualTypeOf<OperationOutcome>();
    expectTypeOf<OperationOutcome>().toEqualTypeOf<
      'applied' | 'already' | 'staged' | 'skipped' | 'failed' | 'unknown'
    >();
  });
});

test('a deletion asks for its scope and for the email of the person', () => {
  type Options = Parameters<AtlassianProvisioner['deleteIdentity']>[1];

  expectTypeOf<{ scope: 'account'; confirm: string }>().toExtend<Options>();
  expectTypeOf<{ scope: 'account' }>().not.toExtend<Options>();
  expectTypeOf<{ confirm: string }>().not.toExtend<Options>();
});

test('`active` is no input of a sync', () => {
  expectTypeOf<Parameters<AtlassianProvisioner['syncIdentity']>[0]>().not.toHaveProperty('active');
});
