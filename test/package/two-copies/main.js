// A service as ES modules that has a CommonJS dependency on the same package: both builds, side by side.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'atlassian-provisioner';
import * as esmTesting from 'atlassian-provisioner/testing';
import { scenario } from './scenario.cjs';

const require = createRequire(import.meta.url);
const cjs = require('atlassian-provisioner');
const cjsTesting = require('atlassian-provisioner/testing');

assert.notEqual(esm.ProvisionerError, cjs.ProvisionerError, 'expected two copies');
for (const [maker, reader] of [
  [esm, cjs],
  [cjs, esm],
]) {
  const error = new maker.ProvisionerError('not_found', 'scim.users.get failed with 404');
  assert.ok(!(error instanceof reader.ProvisionerError));
  assert.ok(reader.isProvisionerError(error));
  assert.ok(reader.isProvisionerError(error, 'not_found'));
  assert.ok(!reader.isProvisionerError(error, 'conflict'));
}

await scenario(esm, cjsTesting);
await scenario(cjs, esmTesting);
