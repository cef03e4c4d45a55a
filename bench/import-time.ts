import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildUrl } from './load-build.js';
import { alternate, type Ratio } from './ratio.js';

const root = join(import.meta.dirname, '..');
const entry = buildUrl('index.js');

/** Time to import the main entry against the time to import ky and zod alone, each in a fresh process. */
export async function importTime(): Promise<Ratio> {
  const { measured, baseline } = await alternate(
    21,
    () => timeImports([entry]),
    () => timeImports(['ky', 'zod']),
  );
  return { name: 'import of the main entry / ky and zod alone', measured, baseline, unit: 'ms', target: 1.5 };
}

async function timeImports(specifiers: readonly string[]): Promise<number> {
  const imports = specifiers.map((specifier) => `import(${JSON.stringify(specifier)})`).join(', ');
  const source = `const start = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - start);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: root,
  });
  return Number(stdout);
}
