/** Adds to `dist` what the bundler does not make: files that only point at others, and the licence of what it copied in. */
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

copyFileSync(join(root, 'node_modules', 'ky', 'license'), join(dist, 'LICENSE-ky'));

for (const [entry, build] of [
  ['index', 'sdk'],
  ['testing', 'fake'],
] as const) {
  renameSync(join(dist, `${entry}.cjs`), join(dist, `${build}.cjs`));
  // Node reads all of a CommonJS module that ESM imports for its names, which takes longer than to run it: this is short.
  writeFileSync(join(dist, `${entry}.cjs`), namesOf(build));
  // One build and one set of declarations: a client or an id of a CommonJS module is one of an ESM module too.
  writeFileSync(join(dist, `${entry}.js`), `export * from './${entry}.cjs';\n`);
  writeFileSync(join(dist, `${entry}.d.ts`), `export * from './${entry}.cjs';\n`);
}
for (const name of readdirSync(dist).filter((file) => file.endsWith('.d.cts'))) shorten(join(dist, name));
// Read as ESM, the same text takes the types of msw's ESM build.
copyFileSync(join(dist, 'testing-msw.d.cts'), join(dist, 'testing-msw.d.ts'));

/** The size of the package counts, and declarations say the same with less space before and within them. */
function shorten(file: string): void {
  const declarations = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    declarations
      .replaceAll(/^(?: {4})+/gmu, (indent) => ' '.repeat(indent.length / 4))
      // A comment begins beside its opening, and ends beside its last word.
      .replaceAll(/(?<=\/\*\*)\n *\*(?= )|\n *(?= \*\/)/gu, ''),
  );
}

function namesOf(build: string): string {
  const exported = createRequire(import.meta.url)(join(dist, `${build}.cjs`)) as object;
  const lines = Object.keys(exported).map((name) => `exports.${name} = ${build}.${name};`);
  return ["'use strict';", `const ${build} = require('./${build}.cjs');`, ...lines, ''].join('\n');
}
