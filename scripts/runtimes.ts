import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';

/** A program that runs a JavaScript file. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  /** What stands before the file. */
  readonly args: readonly string[];
}

const NODE_VERSIONS = { 20: '20.19.0', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' };
const BUN_VERSION = '1.4.5';
const DENO_VERSION = '2.9.6';

const platform = process.platform === 'win32' ? 'win' : process.platform;
const target = `${platform}-${process.arch}`;
const exe = process.platform === 'win32' ? '.exe' : '';

const DENO_PACKAGES = new Map([
  ['linux-x64', '@deno/linux-x64-glibc'],
  ['linux-arm64', '@deno/linux-arm64-glibc'],
  ['darwin-x64', '@deno/darwin-x64'],
  ['darwin-arm64', '@deno/darwin-arm64'],
  ['win-x64', '@deno/win32-x64'],
]);

/** Installs each runtime from the npm package that carries its binary for this platform; the second time is free. */
export async function installRuntimes(cache: string): Promise<{ node: Runtime[]; others: Runtime[] }> {
  const deno = DENO_PACKAGES.get(target);
  if (deno === undefined) throw new Error(`No package carries Deno for ${target}`);

  const dependencies: Record<string, string> = {
    bun: `npm:@oven/bun-${target === 'win-x64' ? 'windows-x64' : target}@${BUN_VERSION}`,
    deno: `npm:${deno}@${DENO_VERSION}`,
  };
  for (const [major, version] of Object.entries(NODE_VERSIONS))
    dependencies[`node-${major}`] = `npm:node-${target}@${version}`;

  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'], { cwd: cache });

  const binary = (...parts: string[]) => {
    const path = join(cache, 'node_modules', ...parts) + exe;
    if (!existsSync(path)) throw new Error(`${path} is missing after its install`);
    return path;
  };
  return {
    node: Object.entries(NODE_VERSIONS).map(([major, version]) => ({
      name: `Node ${version}`,
      command: binary(`node-${major}`, 'bin', 'node'),
      args: [],
    })),
    others: [
      { name: `Bun ${BUN_VERSION}`, command: binary('bun', 'bin', 'bun'), args: ['run'] },
      { name: `Deno ${DENO_VERSION}`, command: binary('deno', 'deno'), args: ['run', '--allow-all'] },
    ],
  };
}
