/** Packs without writing, and fails when the package is too big once unpacked, or holds a file that has no place in it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const LIMIT_BYTES = 1_500_000;
const DIST = String.raw`dist/(LICENSE-ky|[\w-]+\.(js|cjs|d\.ts|d\.cts))`;
const EXPECTED = new RegExp(
  String.raw`^(package\.json|README\.md|LICENSE|CHANGELOG\.md|docs/[\w-]+\.md|${DIST})$`,
  'u',
);

interface Packed {
  readonly unpackedSize: number;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const [packed] = JSON.parse(output) as [Packed];
const strays = packed.files.map((file) => file.path).filter((path) => !EXPECTED.test(path));
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

console.log(
  `${String(packed.files.length)} files, ${kilobytes(packed.size)} packed, ` +
    `${kilobytes(packed.unpackedSize)} unpacked (limit ${kilobytes(LIMIT_BYTES)})`,
);
if (packed.unpackedSize > LIMIT_BYTES) fail('The package is over its limit.');
if (strays.length > 0) fail(`The package holds files that have no place in it: ${strays.join(', ')}`);
if (!packed.files.some((file) => file.path.startsWith('dist/'))) fail('dist is empty: run "npm run build" first.');

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
