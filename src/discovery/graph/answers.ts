import type { ScimRecord } from '../entities/admin-entities.js';
import type { AccessLevel } from './access-level.js';
import type { AccessPath, OpenQuestion, PathNode, Verdict } from './access-path.js';
import type { Identity, IdentityRef } from './people.js';
import type { Resource, ResourceRef } from './resources.js';

/** What a question about access is limited to. */
export interface AccessQuestion {
  /** Only this level. Any access at all where it is absent. */
  readonly level?: AccessLevel;
  /**
   * False leaves out administrators who need no grant, and not knowing who they are. True by default: without an
   * organization key it is not known who administers the organization, and then hardly anything is a `no`.
   */
  readonly administrators?: boolean;
}

/**
 * A list that is made as it is walked: a resource may be open to 100,000 people. Spread it to have an array; JSON has it as
 * one too.
 */
export interface LazyList<Item> extends Iterable<Item> {
  readonly size: number;
  /** All of it, for `JSON.stringify`. */
  toJSON(): readonly Item[];
}

/** What one person has on the resource that was asked about. */
export interface PersonWithAccess {
  readonly identity: Identity;
  readonly levels: readonly AccessLevel[];
  /** Only as an administrator, who needs no grant. */
  readonly onlyByAdministration: boolean;
}

/** Everybody and every holder that has something on a resource. */
export interface WhoCanAccess {
  /** Absent where the snapshot does not have it. */
  readonly resource?: Resource;
  /** People who reach it in person or through groups, roles and licences. People who reach it as everybody are not listed. */
  readonly people: LazyList<PersonWithAccess>;
  /** Inactive people, who would reach it, with what they would have. */
  readonly blocked: LazyList<PersonWithAccess>;
  /** All holders as the product has them: accounts, groups, roles, and wildcards as what they are. */
  readonly holders: readonly HolderWithAccess[];
  /** Everybody, or all who are signed in, where it is open to them. */
  readonly openTo: readonly HolderWithAccess[];
  /** Whether nothing is open: then nobody else reaches it. */
  readonly complete: boolean;
  /** What leaves the answer open. */
  readonly open: readonly OpenQuestion[];
  /** Whether one person is among them. */
  verdict(identity: IdentityRef): Verdict;
}

/** A holder with what it has on a resource. */
export interface HolderWithAccess {
  readonly holder: PathNode;
  readonly levels: readonly AccessLevel[];
  /** In the words of the product. */
  readonly names: readonly string[];
  readonly bypass: boolean;
  /** People who are known to be the holder, inactive ones included. Absent for everybody and for conditions. */
  readonly memberCount?: number;
}

/** What a person has on one resource. */
export interface ReachedResource {
  readonly resource: Resource;
  readonly levels: readonly AccessLevel[];
  /** By a grant to the account, or to a group or role of the person. */
  readonly granted: boolean;
  /** As one of everybody, or of all who are signed in. */
  readonly open: boolean;
  /** As an administrator, who needs no grant. */
  readonly administering: boolean;
}

/** All that a person reaches. */
export interface AccessOfIdentity {
  /** Absent where nobody matches, or several do. */
  readonly identity?: Identity;
  readonly resources: LazyList<ReachedResource>;
  /** Resources of which it is not known. Walking it looks at each resource. */
  readonly undecided: LazyList<Resource>;
  /** Questions about the person, not about a resource. */
  readonly open: readonly OpenQuestion[];
}

/** Whether, and how, a person reaches a resource. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly identity?: Identity;
  readonly resource?: Resource;
  /** What is sure, by all paths that are certain and not blocked. */
  readonly levels: readonly AccessLevel[];
  /** Every way, with those that are blocked or not certain. */
  readonly paths: readonly AccessPath[];
  /** What could make more of it. Given with `yes` too: then it is about levels that are not among `levels`. */
  readonly open: readonly OpenQuestion[];
  /** Of Jira and Confluence: whether the person has a licence, without which grants to people are of no use. */
  readonly licence?: Verdict;
}

/** Whom a reference means. */
export type Match =
  | { readonly person: number; readonly record?: undefined; readonly problem?: undefined }
  | { readonly person?: undefined; readonly record?: ScimRecord; readonly problem: OpenQuestion };

/** One person for a reference, or why there is not one. */
export function onlyMatch(ref: IdentityRef, found: readonly (number | ScimRecord)[]): Match {
  const [first, ...others] = found;
  if (typeof first === 'number' && others.length === 0) return { person: first };
  const name = typeof ref === 'string' ? ref : Object.values(ref).join(' ');
  if (first === undefined) return { problem: unknown(`"${name}" is nobody in the snapshot`) };
  if (others.length > 0) return { problem: unknown(`"${name}" is ${found.length} people: name one by account id`) };
  const record = first as ScimRecord;
  return {
    record,
    problem: {
      ...unknown(`The account of the SCIM record of ${record.userName} is not known`),
      about: { type: 'scim.user', id: record.id, name: record.userName },
    },
  };
}

/** That the snapshot does not have a resource. */
export function missingResource(ref: ResourceRef): OpenQuestion {
  return { kind: 'resource-unknown', message: `The snapshot has no ${ref.type} "${ref.id}"` };
}

/** A list that is counted when its size is asked for, and made as it is walked. */
export function lazily<Item>(count: () => number, walk: () => Iterable<Item>): LazyList<Item> {
  let size: number | undefined;
  return {
    get size() {
      size ??= count();
      return size;
    },
    [Symbol.iterator]: () => walk()[Symbol.iterator](),
    toJSON: () => [...walk()],
  };
}

/** A list without anything in it. */
export function nothing<Item>(): LazyList<Item> {
  return lazily<Item>(
    () => 0,
    () => [],
  );
}

/** The identity of a SCIM record that has no account. */
export function identityOfRecord(record: ScimRecord): Identity {
  const email = record.email ?? record.userName;
  return {
    ...(record.displayName !== undefined && { name: record.displayName }),
    email,
    scimUserIds: [record.id],
    knownIn: [],
    blocked: [],
  };
}

function unknown(message: string): OpenQuestion {
  return { kind: 'identity-unknown', message };
}
