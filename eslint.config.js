// @ts-check
import comments from '@eslint-community/eslint-plugin-eslint-comments';
import eslint from '@eslint/js';
import vitest from '@vitest/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import unicorn from 'eslint-plugin-unicorn';
import tseslint from 'typescript-eslint';

const SCRIPTS = ['examples/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', 'test/package/**'];
const TESTS = ['**/*.test.ts', '**/*.test-d.ts', '**/*.fixture.ts', '**/*-test-server.ts', 'test/**/*.ts'];

const onlyInTransport = {
  name: 'ky',
  message: 'Only src/http/ky-transport.ts knows ky. Everything else takes a Transport.',
};
const onlyInMswEntry = {
  name: 'msw',
  message: 'Only src/testing/msw.ts knows msw: it is an optional peer, and Jest cannot load it.',
};
const typesOfOurOwn = {
  name: 'type-fest',
  message: 'The declarations would need it installed: use src/model/{tagged,json,literal-union}.ts.',
};
const FETCH_MESSAGE = 'Send through a Transport, so that credentials, retries and limits hold. ';

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'docs/api/', 'temp/', 'etc/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  jsdoc.configs['flat/recommended-tsdoc-error'],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { comments, unicorn },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-globals': ['error', { name: 'fetch', message: FETCH_MESSAGE }],
      'no-restricted-properties': ['error', { object: 'globalThis', property: 'fetch', message: FETCH_MESSAGE }],
      'no-restricted-imports': [
        'error',
        {
          paths: [onlyInTransport, onlyInMswEntry, typesOfOurOwn],
          patterns: [{ group: ['msw/*'], message: onlyInMswEntry.message }],
        },
      ],

      '@typescript-eslint/strict-boolean-expressions': ['error', { allowString: false, allowNumber: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],

      'comments/no-unlimited-disable': 'error',
      'comments/require-description': ['error', { ignore: ['eslint-enable'] }],

      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'unicorn/prefer-node-protocol': 'error',
      'unicorn/error-message': 'error',
      'unicorn/expiring-todo-comments': 'error',

      'jsdoc/informative-docs': 'error',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          checkConstructors: false,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
      // The signature names parameters and results; docs say what it cannot.
      'jsdoc/require-param': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/require-yields': 'off',
      'jsdoc/tag-lines': ['error', 'any', { startLines: 1 }],
    },
  },

  {
    files: ['src/http/ky-transport.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-imports': ['error', { paths: [onlyInMswEntry, typesOfOurOwn] }],
    },
  },
  {
    files: ['src/testing/msw.ts', 'src/testing/msw.test.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [onlyInTransport, typesOfOurOwn] }] },
  },

  {
    files: TESTS,
    plugins: { vitest },
    settings: { vitest: { typecheck: true, vitestImports: [/\/support\.js$/] } },
    rules: {
      ...vitest.configs.recommended.rules,
      'vitest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'expect*', 'expectTypeOf', 'assert*', 'fc.assert', 'verify*'] },
      ],
      'vitest/no-focused-tests': 'error',
      'vitest/no-disabled-tests': 'error',
      'jsdoc/require-jsdoc': 'off',
      'jsdoc/informative-docs': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      // Matchers such as expect.any() are typed `any`, stubs are async without awaiting, and a fixture knows what it made.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },

  {
    files: SCRIPTS,
    rules: {
      'no-console': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'jsdoc/require-jsdoc': 'off',
    },
  },
  {
    // Installed from the packed tarball and compiled there; here their imports lead nowhere.
    files: ['**/*.js', '**/*.cjs', '**/*.mjs', 'test/package/**'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', require: 'readonly' } },
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      // Plain JavaScript has its types in comments.
      'jsdoc/no-types': 'off',
      'jsdoc/check-tag-names': 'off',
      'jsdoc/require-param-description': 'off',
    },
  },
  {
    files: ['test/package/**'],
    languageOptions: { globals: { exports: 'writable', test: 'readonly', expect: 'readonly' } },
    rules: { 'vitest/expect-expect': 'off' },
  },
);
