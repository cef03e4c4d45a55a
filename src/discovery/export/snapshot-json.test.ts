import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { arbitrarySnapshot } from './arbitrary-snapshot.fixture.js';
import { sampleSnapshot } from './sample-snapshot.fixture.js';
import { parseSnapshot, snapshotJsonSchema, toJson } from './snapshot-json.js';

function failureOf(json: unknown): { readonly message: string; readonly advice: string | undefined } {
  try {
    parseSnapshot(json);
  } catch (error) {
    if (isProvisionerError(error, 'request_invalid')) return error;
    throw error;
  }
  throw new Error('It was read.');
}

/** The sample with one member of the document changed. */
function sampleWith(change: Readonly<Record<string, unknown>>): unknown {
  return { ...sampleSnapshot(), ...change };
}

describe('a snapshot as JSON', () => {
  test('is read back as it was', () => {
    const snapshot = sampleSnapshot();

    expect(parseSnapshot(toJson(snapshot))).toEqual(snapshot);
    expect(parseSnapshot(toJson(snapshot, { indent: 2 }))).toEqual(snapshot);
  });

  test('is read back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        expect(parseSnapshot(toJson(snapshot))).toEqual(snapshot);
      }),
      { numRuns: 50 },
    );
  });

  test('is read from a value that was parsed already', () => {
    expect(parseSnapshot(sampleSnapshot())).toEqual(sampleSnapshot());
  });

  test('keeps members that this version does not know', () => {
    const [rosa] = sampleSnapshot().entities['jira.user'];
    const entities = { ...sampleSnapshot().entities, 'jira.user': [{ ...rosa, shoeSize: 41 }], 'jira.dashboard': [{}] };

    const snapshot = parseSnapshot(sampleWith({ entities, note: 'x' }));

    expect(snapshot).toMatchObject({
      note: 'x',
      entities: { 'jira.user': [{ shoeSize: 41 }], 'jira.dashboard': [{}] },
    });
  });

  test('is not read when it is another format or version, and says which', () => {
    expect(failureOf(sampleWith({ format: 'x' })).message).toContain(
      'format: expected "atlassian-provisioner/access-snapshot", received "x"',
    );
    expect(failureOf([]).message).toContain('format');
    expect(failureOf('null').message).toContain('received nothing');
    expect(failureOf(sampleWith({ version: '1' })).message).toContain('version: expected 1, received "1"');
    expect(failureOf(sampleWith({ completedAt: 'yesterday' })).message).toContain(
      'completedAt: expected string in the format datetime',
    );
    expect(failureOf(sampleWith({ version: 2 })).advice).toContain('update');
  });

  test('names each field that does not match, and never its value', () => {
    const users = [{ type: 'jira.user', id: 'a', active: 'rosa@acme.com' }];
    const entities = { ...sampleSnapshot().entities, 'jira.user': users, connection: undefined };

    const { message } = failureOf(sampleWith({ entities, startedAt: 7 }));

    expect(message).toContain('startedAt: expected string, received number');
    expect(message).toContain('entities["jira.user"][0].active: expected boolean, received string');
    expect(message).toContain('entities.connection: expected array, received nothing');
    expect(message).not.toContain('rosa');
  });

  test('is not read when it is not JSON, and the text is not quoted', () => {
    const { message } = failureOf(toJson(sampleSnapshot()).slice(0, -20));

    expect(message).toBe('The snapshot cannot be read: it is not JSON');
  });
});

describe('the JSON Schema', () => {
  const matches = addFormats.default(new Ajv2020({ strict: true })).compile(snapshotJsonSchema());

  test('is of the draft 2020-12, and allows what is written', () => {
    expect(snapshotJsonSchema().$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(matches(JSON.parse(toJson(sampleSnapshot())))).toBe(true);
  });

  test('refuses what is not read', () => {
    const broken: readonly ((snapshot: AccessSnapshot) => unknown)[] = [
      (snapshot) => ({ ...snapshot, version: 2 }),
      (snapshot) => ({ ...snapshot, gaps: [{}] }),
      (snapshot) => ({ ...snapshot, completedAt: 'yesterday' }),
      (snapshot) => ({ ...snapshot, entities: {} }),
      ({ entities, ...rest }) => ({
        ...rest,
        entities: { ...entities, 'jira.user': [{ type: 'jira.user', id: 'a', active: null }] },
      }),
    ];

    for (const change of broken) expect(matches(change(sampleSnapshot()))).toBe(false);
  });
});
