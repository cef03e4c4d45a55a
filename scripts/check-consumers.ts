/**
 * Packs the build, installs the tarball into throw-away projects, and uses it there as its users do.
 *
 * Node ESM and CommonJS on each supported Node, Bun and Deno; Jest in CommonJS mode; Vitest, with MSW; TypeScript with
 * each module resolution. Arguments name projects to check; none means all.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedPackages, installProject, pack } from './consumer-project.js';
import { run } from './run.js';
import { installRuntimes } from './runtimes.js';

const TYPESCRIPT_VARIANTS = ['bundler-esm', 'bundler-cjs', 'nodenext-esm', 'nodenext-cjs', 'node10-cjs'];
/** Gone from the newest compiler. */
const OLD_VARIANTS = new Set(['node10-cjs']);

const workspace = mkdtempSync(join(tmpdir(), 'atlassian-provisioner-consumers-'));
const wanted = new Set(process.argv.slice(2));
const tally = { passed: 0, failed: 0 };

try {
  const tarball = await pack(join(workspace, 'tarball'));
  const runtimes = await installRuntimes(
    join(import.meta.dirname, '..', 'node_modules', '.cache', 'consumer-runtimes'),
  );

  for (const name of ['node-esm', 'node-cjs', 'two-copies'])
    await project(name, tarball, async (folder) => {
      await check(`${name} installs zod and nothing else`, () => expectPackages(folder));
      for (const { name: runtime, command, args } of [...runtimes.node, ...runtimes.others])
        await check(`${name} on ${runtime}`, () => run(command, [...args, 'main.js'], { cwd: folder }));
    });

  for (const name of ['jest', 'vitest'])
    await project(name, tarball, (folder) =>
      check(name, () => run('npm', ['test'], { cwd: folder, env: { NODE_OPTIONS: '' } })),
    );

  await project('typescript', tarball, async (folder) => {
    for (const variant of TYPESCRIPT_VARIANTS) {
      const here = join(folder, variant);
      if (variant !== 'bundler-cjs') cpSync(join(folder, 'main.ts'), join(here, 'main.ts'));
      cpSync(join(folder, 'scenario.cjs'), join(here, 'out', 'scenario.cjs'));

      await check(`typescript ${variant}`, async () => {
        await run('node', [join('..', 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.'], { cwd: here });
        await run('node', [join('out', 'main.js')], { cwd: here });
      });
      if (!OLD_VARIANTS.has(variant))
        await check(`typescript ${variant}, newest compiler`, () =>
          run('node', [join('..', 'node_modules', 'typescript-latest', 'bin', 'tsc'), '-p', '.'], { cwd: here }),
        );
    }
  });
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

console.log(`${String(tally.passed)} consumer checks passed, ${String(tally.failed)} failed`);
if (tally.failed > 0 || tally.passed === 0) process.exitCode = 1;

async function project(name: string, tarball: string, checks: (folder: string) => Promise<unknown>): Promise<void> {
  if (wanted.size > 0 && !wanted.has(name)) return;
  const folder = join(workspace, name);
  if (await check(`${name} installs`, () => installProject(name, folder, tarball))) await checks(folder);
}

async function check(name: string, act: () => unknown): Promise<boolean> {
  const startedAt = performance.now();
  try {
    await act();
    tally.passed += 1;
    console.log(`ok      ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    tally.failed += 1;
    console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function expectPackages(folder: string): void {
  const found = installedPackages(folder).join(', ');
  if (found !== 'atlassian-provisioner, zod') throw new Error(`The install brought: ${found}`);
}
