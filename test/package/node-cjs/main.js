const sdk = require('atlassian-provisioner');
const testing = require('atlassian-provisioner/testing');
const { scenario } = require('./scenario.cjs');

scenario(sdk, testing).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
