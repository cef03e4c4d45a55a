/** Adds to `dist` what the bundler does not make: files that only point at others, and the licence of what it copied in. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

copyFileSync(join(root, 'node_modules', 'ky', 'license'), join(dist, 'LICENSE-ky'));

// The fake needs nothing that is ESM only, and a process that mixes both kinds of module has one of it.
writeFileSync(join(dist, 'testing.js'), "export * from './testing.cjs';\n");

// One set of declarations: an id or a client of the CommonJS build is one of the ESM build too.
writeFileSync(join(dist, 'index.d.ts'), "export * from './index.cjs';\n");
writeFileSync(join(dist, 'testing.d.ts'), "export * from './testing.cjs';\n");
// Read as ESM, the same text takes the types of msw's ESM build.
copyFileSync(join(dist, 'testing-msw.d.cts'), join(dist, 'testing-msw.d.ts'));
