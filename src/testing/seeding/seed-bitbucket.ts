import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { nextRuleId } from '../rules/bitbucket/next-rule-id.js';
import type {
  BitbucketLevel,
  BitbucketWorkspaceRow,
  BranchingModelRow,
  OauthConsumerRow,
} from '../state/bitbucket-rows.js';
import type { FakeState } from '../state/fake-state.js';
import { requireAccount } from './seed-groups.js';

/** What a test can say about the workspace. Each has a default. */
export interface BitbucketWorkspaceSeed {
  /** Default: made from the name. */
  readonly slug?: string;
  /** Default: the name of the organization. */
  readonly name?: string;
  /** People whom the plan allows. Default: no limit. */
  readonly seats?: number;
  readonly private?: boolean;
  readonly forkingMode?: 'allow_forks' | 'internal_only';
}

/** Levels by email of a person, or by name of a group. */
export type BitbucketGrantsSeed = Readonly<Record<string, BitbucketLevel>>;

/** A branch restriction, by a pattern or by a type of branch. */
export interface BranchRestrictionSeed {
  /** `push`, `force`, `require_approvals_to_merge`, … */
  readonly kind: string;
  /** Default `*`, without a `branchType`. */
  readonly pattern?: string;
  readonly branchType?: string;
  readonly value?: number;
  /** Emails of people who are exempt. */
  readonly users?: readonly string[];
}

/** What a project and a repository have in common. */
interface PlaceSeed {
  readonly description?: string;
  /** Default true. */
  readonly private?: boolean;
  readonly grants?: BitbucketGrantsSeed;
  readonly branchRestrictions?: readonly BranchRestrictionSeed[];
  /** Default: none of its own. */
  readonly branchingModel?: Partial<Omit<BranchingModelRow, 'placeUuid'>>;
}

/** A project. */
export interface BitbucketProjectSeed extends PlaceSeed {
  readonly key: string;
  /** Default: the key. */
  readonly name?: string;
}

/** A repository. */
export interface RepositorySeed extends PlaceSeed {
  /** Key of its project, which is added where it is missing. */
  readonly project: string;
  readonly name: string;
  /** Default: made from the name. */
  readonly slug?: string;
  /** Default `main`; `null` for an empty repository. */
  readonly mainBranch?: string | null;
  /** Default `no_public_forks` for a private repository. */
  readonly forkPolicy?: 'allow_forks' | 'no_public_forks' | 'no_forks';
  /** Whether the branch restrictions of its project hold, and not its own. Default false. */
  readonly inheritsBranchRestrictions?: boolean;
}

/** What a test can say about a consumer. Each has a default. */
export interface OauthConsumerSeed {
  readonly name?: string;
  /** Default: all that discovery needs. Nothing else is needed: `repository:admin` implies no other. */
  readonly scopes?: readonly string[];
  /** Default true: a public consumer gets no token. */
  readonly private?: boolean;
  /** Email of the person whose rights it has. Default: those of an administrator of the workspace. */
  readonly actsAs?: string;
}

/** Scopes of OAuth that discovery needs. */
const OAUTH_SCOPES = ['account', 'team', 'project', 'repository:admin', 'project:admin'];

/** Scopes of an API token that discovery and the changing of grants need. */
export const BITBUCKET_TOKEN_SCOPES: readonly string[] = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:project:bitbucket',
  'admin:project:bitbucket',
  'read:repository:bitbucket',
  'admin:repository:bitbucket',
  'read:permission:bitbucket',
  'write:permission:bitbucket',
  'delete:permission:bitbucket',
];

/** Key and secret of the consumer that the workspace starts with. */
export const BITBUCKET_CONSUMER = {
  oauthKey: 'FakeBitbucketConsumer',
  oauthSecret: 'FakeBitbucketConsumerSecret',
} as const;

/** The workspace, which is made when something of it is first needed, with a consumer that may read everything. */
export function bitbucketWorkspace(state: FakeState, seed: BitbucketWorkspaceSeed = {}): BitbucketWorkspaceRow {
  const before = state.bitbucket.workspace;
  if (before !== undefined && Object.keys(seed).length === 0) return before;

  const name = seed.name ?? before?.name ?? state.organization.name;
  const workspace: BitbucketWorkspaceRow = {
    uuid: before?.uuid ?? nextUuid(state, 'bitbucketWorkspace'),
    slug: seed.slug ?? before?.slug ?? slugOf(name),
    name,
    isPrivate: seed.private ?? before?.isPrivate ?? true,
    forkingMode: seed.forkingMode ?? before?.forkingMode ?? 'internal_only',
    seats: seed.seats ?? before?.seats ?? null,
    createdAt: before?.createdAt ?? state.clock.now(),
  };
  state.bitbucket.workspace = workspace;
  const { oauthKey: key, oauthSecret: secret } = BITBUCKET_CONSUMER;
  if (before === undefined)
    state.bitbucket.consumers.put({ key, secret, name: 'Discovery', isPrivate: true, scopes: OAUTH_SCOPES });
  return workspace;
}

/** Adds a project, or changes the one with that key. */
export function addBitbucketProject(
  state: FakeState,
  seed: BitbucketProjectSeed,
  grant: GrantOn,
): { readonly uuid: string } {
  requirePeople(state, seed);
  bitbucketWorkspace(state);
  const { projects } = state.bitbucket;
  const before = projects.find('key', seed.key);
  const now = state.clock.now();
  const uuid = before?.uuid ?? nextUuid(state, 'bitbucketProject');
  projects.put({
    uuid,
    key: seed.key,
    name: seed.name ?? before?.name ?? seed.key,
    description: seed.description ?? before?.description ?? null,
    isPrivate: seed.private ?? before?.isPrivate ?? true,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  });
  addToPlace(state, uuid, seed, grant);
  return { uuid };
}

/** Adds a repository. */
export function addRepository(
  state: FakeState,
  seed: RepositorySeed,
  grant: GrantOn,
): { readonly uuid: string; readonly slug: string } {
  requirePeople(state, seed);
  const { projects, repositories } = state.bitbucket;
  const project = projects.find('key', seed.project);
  const projectUuid = project?.uuid ?? addBitbucketProject(state, { key: seed.project }, grant).uuid;
  const slug = seed.slug ?? slugOf(seed.name);
  if (repositories.count('slug', slug) > 0) throw new Error(`The fake has a repository "${slug}" already`);
  const isPrivate = seed.private ?? true;
  if (!isPrivate && (project?.isPrivate ?? true))
    throw new Error(
      `The project ${seed.project} is private, and cannot hold a public repository: add it with private: false`,
    );

  const now = state.clock.now();
  const uuid = nextUuid(state, 'bitbucketRepository');
  repositories.put({
    uuid,
    slug,
    name: seed.name,
    description: seed.description ?? '',
    projectUuid,
    isPrivate,
    forkPolicy: seed.forkPolicy ?? (isPrivate ? 'no_public_forks' : 'allow_forks'),
    mainBranch: seed.mainBranch === undefined ? 'main' : seed.mainBranch,
    overridesBranchRestrictions: seed.inheritsBranchRestrictions !== true,
    overridesBranchingModel: seed.branchingModel !== undefined,
    createdAt: now,
    updatedAt: now,
  });
  addToPlace(state, uuid, seed, grant);
  return { uuid, slug };
}

/** Gives a level to a person by email, or to a group by name. */
export type GrantOn = (placeUuid: string, holder: string, level: BitbucketLevel) => void;

/** Throws before anything is added: for somebody who is not there. */
function requirePeople(state: FakeState, { grants = {} }: PlaceSeed): void {
  for (const holder of Object.keys(grants)) if (holder.includes('@')) requireAccount(state, holder);
}

function addToPlace(state: FakeState, placeUuid: string, seed: PlaceSeed, grant: GrantOn): void {
  for (const [holder, level] of Object.entries(seed.grants ?? {})) grant(placeUuid, holder, level);
  for (const rule of seed.branchRestrictions ?? [])
    state.bitbucket.rules.put({
      id: nextRuleId(state),
      placeUuid,
      kind: rule.kind,
      matchKind: rule.branchType === undefined ? 'glob' : 'branching_model',
      pattern: rule.branchType === undefined ? (rule.pattern ?? '*') : '',
      ...(rule.branchType !== undefined && { branchType: rule.branchType }),
      value: rule.value ?? null,
      userIds: (rule.users ?? []).map((email) => requireAccount(state, email).accountId),
      groupIds: [],
    });
  if (seed.branchingModel !== undefined)
    state.bitbucket.models.put({
      development: { useMainBranch: true },
      branchTypes: [],
      ...seed.branchingModel,
      placeUuid,
    });
}

/** Adds an OAuth consumer of the workspace. */
export function addOauthConsumer(state: FakeState, seed: OauthConsumerSeed): OauthConsumerRow {
  bitbucketWorkspace(state);
  const number = state.ids.next('bitbucketCredential').slice(-12);
  const consumer: OauthConsumerRow = {
    key: `FakeConsumer${number}`,
    secret: `FakeConsumerSecret${number}`,
    name: seed.name ?? `Consumer ${Number.parseInt(number, 16)}`,
    isPrivate: seed.private ?? true,
    scopes: seed.scopes ?? OAUTH_SCOPES,
    ...(seed.actsAs !== undefined && { actsAs: requireAccount(state, seed.actsAs).accountId }),
  };
  state.bitbucket.consumers.put(consumer);
  return consumer;
}

/** Adds a group of the organization to the workspace, or changes how it is there. */
export function attachGroup(
  state: FakeState,
  groupId: OrgGroupId,
  change: { readonly administers?: boolean; readonly defaultPermission?: 'read' | 'write' | 'admin' | null } = {},
): void {
  bitbucketWorkspace(state);
  const { groups } = state.bitbucket;
  const before = groups.get(groupId);
  groups.put({
    groupId,
    slug: before?.slug ?? freeSlug(state, slugOf(state.groups.get(groupId)?.name ?? groupId)),
    defaultPermission: before?.defaultPermission ?? null,
    administers: before?.administers ?? false,
    ...change,
  });
}

/** Puts a person into the workspace by themselves. */
export function addMember(
  state: FakeState,
  accountId: AtlassianAccountId,
  { role = 'member', lastAccessedAt }: { readonly role?: 'owner' | 'member'; readonly lastAccessedAt?: Date | string },
): void {
  bitbucketWorkspace(state);
  state.bitbucket.members.put({
    accountId,
    role,
    addedAt: state.clock.now(),
    ...(lastAccessedAt !== undefined && { lastAccessedAt: new Date(lastAccessedAt).getTime() }),
  });
}

function freeSlug(state: FakeState, slug: string): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? slug : `${slug}-${number}`;
    if (state.bitbucket.groups.count('slug', tried) === 0) return tried;
  }
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return slug === '' ? 'x' : slug;
}

function nextUuid(state: FakeState, kind: 'bitbucketWorkspace' | 'bitbucketProject' | 'bitbucketRepository'): string {
  return `{${state.ids.next(kind)}}`;
}
