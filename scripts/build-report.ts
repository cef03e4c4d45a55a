/** Writes the script and the style of the access report, made small, into the module that carries them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { build } from 'tsup';

const FOLDER = join(import.meta.dirname, '../src/discovery/export/report');

/** The module that is to be in the sources: `report-assets.ts`. */
export async function reportAssets(): Promise<string> {
  const style = await readFile(join(FOLDER, 'browser/report.css'), 'utf8');
  const module = [
    '// Made from the folder browser by scripts/build-report.ts: change it there.',
    '',
    '/** The script of the report. */',
    `export const REPORT_SCRIPT = ${JSON.stringify(await script())};`,
    '',
    '/** The style of the report. */',
    `export const REPORT_STYLE = ${JSON.stringify(minified(style))};`,
    '',
  ].join('\n');
  const path = join(FOLDER, 'report-assets.ts');
  return format(module, { ...(await resolveConfig(path)), parser: 'typescript' });
}

async function script(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  try {
    await build({
      entry: { report: join(FOLDER, 'browser/report-app.ts') },
      outDir: folder,
      config: false,
      silent: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      minify: true,
      outExtension: () => ({ js: '.js' }),
    });
    return (await readFile(join(folder, 'report.js'), 'utf8')).trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

function minified(style: string): string {
  const names = [...new Set(style.match(/--[a-z-]+(?=:)/g))];
  return names
    .reduce(
      (text, name, index) => text.replaceAll(new RegExp(`${name}(?![a-z-])`, 'g'), `--${index.toString(36)}`),
      style,
    )
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
    .replaceAll(/([ :(,-])0\./g, '$1.')
    .trim();
}

if (process.argv[1] === import.meta.filename) await writeFile(join(FOLDER, 'report-assets.ts'), await reportAssets());
