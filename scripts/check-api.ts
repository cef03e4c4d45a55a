/**
 * Holds what the build exports against the reports in `etc/`. With `--update`, rewrites the reports.
 *
 * Reads the declarations in `dist`, so build first.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const root = join(import.meta.dirname, '..');
const update = process.argv.includes('--update');
const entries = { 'atlassian-provisioner': 'index', testing: 'testing', 'testing-msw': 'testing-msw' };

const changed: string[] = [];
for (const [report, entry] of Object.entries(entries))
  if (!matches(report, join(root, 'dist', `${entry}.d.cts`))) changed.push(report);

if (changed.length > 0) {
  const files = changed.map((report) => `etc/${report}.api.md`).join(', ');
  console.error(
    `The public API differs from ${files}. Run "npm run api:update", read the diff, and add a changelog entry.`,
  );
  process.exitCode = 1;
} else
  console.log(
    `The public API ${update ? 'is written to' : 'is what it was in'} etc/ (${Object.keys(entries).length} reports).`,
  );

/** Tells whether the report is as committed; always so after an update. */
function matches(report: string, declarations: string): boolean {
  if (!existsSync(declarations))
    throw new Error(`dist/${basename(declarations)} is missing: run "npm run build" first`);

  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2023'],
            types: ['node'],
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
          },
          files: [declarations],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${report}.api.md`,
        reportFolder: join(root, 'etc'),
        reportTempFolder: join(root, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          // Everything exported is public, and typedoc tells what is not documented or not exported.
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
          'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const result = Extractor.invoke(config, {
    localBuild: update,
    messageCallback: (message) => {
      // The preamble, and the advice for those who use the tool's own command line.
      if (message.messageId.startsWith('console-')) message.handled = true;
    },
  });
  return update || (!result.apiReportChanged && result.errorCount === 0);
}
