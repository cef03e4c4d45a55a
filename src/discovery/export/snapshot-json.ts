import { z } from 'zod';
import type { JsonObject } from '../../model/json.js';
import { SNAPSHOT_VERSION, type AccessSnapshot } from '../snapshot/access-snapshot.js';
import { readAs, readJson, requireFormat } from '../invalid-document.js';
import { SNAPSHOT_FORMAT, snapshotSchema } from './schema/snapshot-schema.js';

const WHAT = 'The snapshot cannot be read';

/**
 * Writes a snapshot as one JSON document, which {@link parseSnapshot} reads back.
 *
 * The text is made in one piece: for more than a few hundred thousand entities write NDJSON instead.
 */
export function toJson(snapshot: AccessSnapshot, options: { readonly indent?: number } = {}): string {
  return JSON.stringify(snapshot, undefined, options.indent);
}

/**
 * Reads a snapshot from JSON text, or from a value that was parsed already, and checks all of it.
 *
 * Members that this version does not know are kept.
 *
 * @throws {@link ProvisionerError} `request_invalid` when it has another format or version, or does not match; the
 * message names the fields and never a value of them.
 */
export function parseSnapshot(json: unknown): AccessSnapshot {
  const document = typeof json === 'string' ? readJson(json, WHAT) : json;
  requireFormat(document, WHAT, SNAPSHOT_FORMAT, SNAPSHOT_VERSION);
  return readAs(snapshotSchema(), document, WHAT);
}

/** The JSON Schema (draft 2020-12) of what {@link toJson} writes. Members it does not name are allowed. */
export function snapshotJsonSchema(): JsonObject {
  const { $schema, ...schema } = z.toJSONSchema(snapshotSchema(), { target: 'draft-2020-12', reused: 'ref' });
  return { $schema, title: 'Access snapshot', ...schema } as unknown as JsonObject;
}
