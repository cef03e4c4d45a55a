import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Sdk from 'atlassian-provisioner';
import type * as Testing from 'atlassian-provisioner/testing';

const dist = join(import.meta.dirname, '..', 'dist');

/** Address of a file of the build. */
export function buildUrl(file: string): string {
  return pathToFileURL(join(dist, file)).href;
}

/** The main entry as it is published, not as it is written. */
export async function loadBuild(): Promise<typeof Sdk> {
  return (await import(buildUrl('index.js'))) as typeof Sdk;
}

/** The fake as it is published. */
export async function loadFake(): Promise<typeof Testing> {
  return (await import(buildUrl('testing.js'))) as typeof Testing;
}
