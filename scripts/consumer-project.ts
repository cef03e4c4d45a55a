import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';

const root = join(import.meta.dirname, '..');
const sources = join(root, 'test', 'package');

/** Packs what is built. */
export async function pack(destination: string): Promise<string> {
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('dist is missing: run "npm run build" first');

  mkdirSync(destination, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', destination], { cwd: root });
  const [tarball] = readdirSync(destination).filter((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left nothing in ${destination}`);
  return join(destination, tarball);
}

/** Makes a project outside the repository from its folder in `test/package`, and installs the tarball into it. */
export async function installProject(name: string, folder: string, tarball: string): Promise<void> {
  cpSync(join(sources, name), folder, { recursive: true });
  cpSync(join(sources, 'scenario.cjs'), join(folder, 'scenario.cjs'));

  const output = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd: folder });
  if (/EBADENGINE|Unsupported engine/i.test(output))
    throw new Error(`Installing into ${name} warns of engines:\n${output}`);
  if (/ERESOLVE|unmet peer|peer dep/i.test(output))
    throw new Error(`Installing into ${name} warns of peers:\n${output}`);
}

/** Names of the packages at the top of a project's node_modules. */
export function installedPackages(folder: string): string[] {
  const lockfile = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: object };
  return Object.keys(lockfile.packages)
    .filter((path) => path !== '')
    .map((path) => path.replace('node_modules/', ''))
    .sort();
}
