import * as sdk from 'atlassian-provisioner';
import * as testing from 'atlassian-provisioner/testing';
import { expect, test } from 'vitest';
import { scenario } from './scenario.cjs';

test('onboards a person against the fake', async () => {
  await expect(scenario(sdk, testing)).resolves.toBeUndefined();
});
