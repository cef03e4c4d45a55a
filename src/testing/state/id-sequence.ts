/** What an id is made for. Each kind counts by itself, and can be told apart by the first digits of its ids. */
export type IdKind = keyof typeof PREFIXES;

const PREFIXES = {
  account: 'acc0acc0',
  apiToken: '70ce0000',
  bitbucketCredential: 'b17bc4ed',
  bitbucketProject: 'b17b9400',
  bitbucketRepository: 'b17b4e90',
  bitbucketRule: 'b17b4d1e',
  bitbucketWorkspace: 'b17b3000',
  domain: 'd03a1000',
  error: 'e0000000',
  event: 'e5e00000',
  jiraActor: '714aac70',
  jiraGrant: '714a6400',
  jiraProject: '714a9400',
  jiraRole: '714a401e',
  jiraScheme: '714a5c00',
  key: '4e700000',
  orgDirectory: '0d100000',
  orgGroup: '09900000',
  policy: '90110000',
  scimDirectory: '5c1d0000',
  scimGroup: '5c190000',
  scimUser: '5c100000',
  serviceAccount: '5e4ac000',
  site: '517e0000',
  space: '59ace000',
  spacePermission: '59ace900',
  spaceRole: '50a1ec00',
} as const;

/**
 * Hands out ids in order: the same calls give the same ids in every run.
 *
 * They have the form of a UUID (version 4), because clients of these APIs check for one.
 */
export class IdSequence {
  #counters = new Map<IdKind, number>();

  next(kind: IdKind): string {
    const count = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, count);
    return `${PREFIXES[kind]}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
  }

  snapshot(): ReadonlyMap<IdKind, number> {
    return new Map(this.#counters);
  }

  restore(counters: ReadonlyMap<IdKind, number>): void {
    this.#counters = new Map(counters);
  }
}
