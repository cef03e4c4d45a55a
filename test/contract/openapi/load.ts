import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIFFERENCES } from './differences.js';
import type { OpenApiDocument } from './document.js';

/** The documents by name, with the path under which a server has them. */
const FILES = {
  organizations: { file: 'admin-organizations.json', prefix: '/admin' },
  userManagement: { file: 'admin-user-management.json', prefix: '' },
  confluenceV1: { file: 'confluence-v1.json', prefix: '' },
  jira: { file: 'jira-v3.json', prefix: '' },
  bitbucket: { file: 'bitbucket.json', prefix: '/2.0' },
  confluenceV2: { file: 'confluence-v2.json', prefix: '/wiki/api/v2' },
} as const;

export type DocumentName = keyof typeof FILES;

/** A document mended by the list of differences. */
export interface LoadedDocument {
  readonly name: DocumentName;
  readonly prefix: string;
  readonly document: OpenApiDocument;
}

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const directory = process.env.ATLASSIAN_OPENAPI_DIR ?? join(repository, '..', 'shared', 'openapi');

/** Why there is nothing to hold requests and answers against; `undefined` when there is. */
export const missing: string | undefined = Object.values(FILES).every(({ file }) => existsSync(join(directory, file)))
  ? undefined
  : `SKIPPED: no OpenAPI documents in ${directory}; set ATLASSIAN_OPENAPI_DIR to the folder that has them`;

/** The documents, or none when the folder is absent. */
export const documents: readonly LoadedDocument[] = missing === undefined ? load() : [];

if (missing !== undefined) process.stderr.write(`Contract with the OpenAPI documents ${missing}\n`);

function load(): LoadedDocument[] {
  return Object.entries(FILES).map(([key, { file, prefix }]) => {
    const name = key as DocumentName;
    const document = JSON.parse(readFileSync(join(directory, file), 'utf8')) as OpenApiDocument;
    for (const difference of DIFFERENCES) if (difference.document === name) difference.mend(document);
    return { name, prefix, document };
  });
}
