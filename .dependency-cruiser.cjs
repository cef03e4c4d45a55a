// @ts-check

/** A folder may import from itself and from the folders before it. */
const LAYERS = [
  'model',
  'errors',
  'config',
  'http',
  'clients',
  'identity',
  'checks',
  'audit',
  'discovery',
  'operations',
  'plan',
  'actions',
  'workflows',
  'provisioner',
  'index.ts',
];

/** Tests, and what they share. */
const TESTS = '([.]test|[.]test-d|[.]fixture|-test-server)[.]ts$';

/** @param {string[]} layers */
const inside = (layers) => `^src/(${layers.map((layer) => layer.replace('.', '[.]')).join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...LAYERS.slice(0, -1).map((layer, index) => ({
      name: `layer-${layer.replace('.ts', '')}`,
      comment: `${layer} may import only itself and: ${LAYERS.slice(0, index).join(', ')} (errors: types)`,
      severity: /** @type {const} */ ('error'),
      from: { path: inside([layer]), pathNot: TESTS },
      to: {
        path: inside(LAYERS.slice(index + 1)),
        // The words of a result include error codes: model may name the types of errors, and nothing more of them.
        ...(layer === 'model' && { dependencyTypesNot: ['type-only'] }),
      },
    })),
    {
      name: 'model-knows-errors-only',
      severity: 'error',
      from: { path: inside(['model']), pathNot: TESTS },
      to: { path: '^src/', pathNot: inside(['model', 'errors']) },
    },
    {
      name: 'fake-stands-alone',
      comment: 'The fake is an independent implementation of the server: it shares words with the SDK, and no code.',
      severity: 'error',
      from: { path: '^src/testing/', pathNot: TESTS },
      to: { path: '^src/', pathNot: inside(['model', 'errors', 'testing']) },
    },
    {
      name: 'nothing-needs-the-fake',
      severity: 'error',
      from: { path: '^src/', pathNot: [TESTS, '^src/testing/'] },
      to: { path: '^src/testing/' },
    },
    {
      name: 'changing-does-not-know-reading-back',
      comment: 'Actions and discovery do not know each other.',
      severity: 'error',
      from: { path: inside(['operations', 'plan', 'actions', 'workflows']), pathNot: TESTS },
      to: { path: inside(['discovery']) },
    },
    {
      name: 'known-folders-only',
      comment: 'A new folder gets its place in LAYERS first.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^src/', pathNot: inside([...LAYERS, 'testing']) },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'ky-in-one-file',
      severity: 'error',
      from: { pathNot: '^src/http/ky-transport[.]ts$' },
      to: { path: 'node_modules/ky/' },
    },
    {
      name: 'msw-in-one-file',
      severity: 'error',
      from: { pathNot: '^src/testing/msw([.]test)?[.]ts$' },
      to: { path: 'node_modules/msw/' },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      // ky is carried by the build: it is ESM only.
      to: {
        path: '^(?!.*node_modules/ky/)',
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer'],
      },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-import-of-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: TESTS },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
