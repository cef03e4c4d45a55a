import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { of, refusal, refuseUnknown } from '../refuse-unknown.js';
import { ACCESS_LEVELS, type AccessLevel, bitOf } from './access-level.js';
import type { AccessQuestion } from './answers.js';
import type { IdentityRef } from './people.js';
import { RESOURCE_TYPES, type ResourceRef } from './resources.js';

/** A question with its defaults. */
export interface Asked {
  readonly level: AccessLevel | undefined;
  readonly bit: number;
  readonly administrators: boolean;
}

const GRAPH = 'The access graph';
const FIELDS = ['level', 'administrators'];
const IDENTITY_FIELDS = ['accountId', 'email', 'scimUserId', 'bitbucketUuid'];

/** Checks what a question is limited to: a level that is none would be answered with nobody. Throws `request_invalid`. */
export function asked(question: AccessQuestion): Asked {
  refuseUnknown(GRAPH, question, FIELDS);
  const { level, administrators = true } = question;
  if (level !== undefined && !ACCESS_LEVELS.includes(level))
    throw refusal(GRAPH, `level: is no level${of(ACCESS_LEVELS)}`);
  if (typeof administrators !== 'boolean') throw refusal(GRAPH, 'administrators: must be true or false');
  return { level, bit: bitOf(level), administrators };
}

/** Checks that a resource is named by kind and id. Throws `request_invalid`. */
export function askedResource(ref: ResourceRef): ResourceRef {
  const given: unknown = ref;
  if (typeof given !== 'object' || given === null || typeof ref.id !== 'string')
    throw refusal(
      GRAPH,
      "resource: must be an object of a type and an id, such as { type: 'jira.project', id: 'DOCK' }",
    );
  if (!RESOURCE_TYPES.includes(ref.type)) throw refusal(GRAPH, `resource.type: is no kind${of(RESOURCE_TYPES)}`);
  return ref;
}

/** Checks that an identity is a text, or one of the ids. Throws `request_invalid`. */
export function askedIdentity(ref: IdentityRef): IdentityRef {
  const given: unknown = ref;
  if (typeof given === 'string') return ref;
  const isOne =
    typeof given === 'object' &&
    given !== null &&
    Object.entries(given).filter(([field, value]) => IDENTITY_FIELDS.includes(field) && typeof value === 'string')
      .length > 0;
  if (!isOne) throw refusal(GRAPH, `identity: must be a text or an object${of(IDENTITY_FIELDS)}`);
  return ref;
}

/** Checks that something has the lists of a snapshot. Throws `request_invalid`; `parseSnapshot` checks all that is in them. */
export function askedSnapshot(snapshot: AccessSnapshot): void {
  const given: unknown = snapshot;
  const { entities, gaps, products } = (given ?? {}) as Partial<AccessSnapshot>;
  if (typeof entities !== 'object' || !Array.isArray(gaps) || !Array.isArray(products))
    throw refusal(GRAPH, 'snapshot: must be what `discover` answers, or `parseSnapshot`');
}
