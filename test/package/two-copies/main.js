// A service as ES modules that has a CommonJS dependency on the same package: of one copy of it there is one of each class,
// and with two copies, as npm installs them for two versions, an error of one is known to the other.
import assert from 'node:assert/strict';
import { cpSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as esm from 'atlassian-provisioner';
import * as esmTesting from 'atlassian-provisioner/testing';
import { scenario } from './scenario.cjs';

const require = createRequire(import.meta.url);
const cjs = require('atlassian-provisioner');
assert.equal(esm.ProvisionerError, cjs.ProvisionerError, 'expected one copy for both kinds of module');

const installed = dirname(realpathSync(require.resolve('atlassian-provisioner/package.json')));
const second = join(dirname(installed), 'second-copy');
cpSync(installed, second, { recursive: true });
const other = require(join(second, 'dist', 'index.cjs'));
const otherTesting = require(join(second, 'dist', 'testing.cjs'));

assert.notEqual(esm.ProvisionerError, other.ProvisionerError, 'expected two copies');
for (const [maker, reader] of [
  [esm, other],
  [other, esm],
]) {
  const error = new maker.ProvisionerError('not_found', 'scim.users.get failed with 404');
  assert.ok(!(error instanceof reader.ProvisionerError));
  assert.ok(reader.isProvisionerError(error));
  assert.ok(reader.isProvisionerError(error, 'not_found'));
  assert.ok(!reader.isProvisionerError(error, 'conflict'));
}

await scenario(esm, otherTesting);
await scenario(other, esmTesting);
