import type { AtlassianAccountId } from '../../../model/ids.js';
import { administersProject, levelsOfPerson, type EffectiveLevel } from '../../rules/bitbucket/bitbucket-levels.js';
import { bitbucketRole } from '../../rules/bitbucket/bitbucket-people.js';
import type { BitbucketProjectRow, BitbucketRepositoryRow } from '../../state/bitbucket-rows.js';
import type { FakeState } from '../../state/fake-state.js';

/** Who calls Bitbucket. */
export type BitbucketPrincipal =
  | { readonly kind: 'anonymous' }
  /** A person, by their API token. */
  | { readonly kind: 'api-token'; readonly accountId: AtlassianAccountId; readonly scopes: ReadonlySet<string> }
  /** A consumer, with the rights of a person, or of the workspace itself. */
  | {
      readonly kind: 'oauth';
      readonly name: string;
      readonly accountId: AtlassianAccountId | undefined;
      readonly scopes: ReadonlySet<string>;
    }
  | {
      readonly kind: 'access-token';
      readonly name: string;
      readonly placeUuid: string;
      readonly scopes: ReadonlySet<string>;
    };

/** The rights of a principal in the workspace. */
export interface BitbucketRights {
  readonly isMember: boolean;
  readonly isOwner: boolean;
  /** What it may do in a repository; `undefined` where it may not even see it. */
  readonly levelOn: (repository: BitbucketRepositoryRow) => EffectiveLevel | undefined;
  readonly sees: (project: BitbucketProjectRow) => boolean;
  readonly administers: (project: BitbucketProjectRow) => boolean;
}

/** Works out what a principal may do. */
export function rightsOf(state: FakeState, principal: BitbucketPrincipal): BitbucketRights {
  const accountId = 'accountId' in principal ? principal.accountId : undefined;
  if (principal.kind === 'anonymous') return nobody;
  if (principal.kind === 'access-token') return rightsOfToken(state, principal.placeUuid, principal.scopes);
  if (accountId === undefined) return everything;

  const role = bitbucketRole(state, accountId);
  const levelOf = levelsOfPerson(state, accountId);
  const administers = (project: BitbucketProjectRow): boolean => administersProject(state, accountId, project.uuid);
  return {
    isMember: role !== undefined,
    isOwner: role === 'owner',
    levelOn: (repository) => levelOf(repository) ?? publicLevel(repository),
    sees: (project) =>
      role === 'owner' ||
      !project.isPrivate ||
      levelOf({ uuid: '', projectUuid: project.uuid } as BitbucketRepositoryRow) !== undefined ||
      state.bitbucket.repositories.findAll('projectUuid', project.uuid).some((one) => levelOf(one) !== undefined),
    administers,
  };
}

function publicLevel({ isPrivate }: BitbucketRepositoryRow): 'read' | undefined {
  return isPrivate ? undefined : 'read';
}

const nobody: BitbucketRights = {
  isMember: false,
  isOwner: false,
  levelOn: publicLevel,
  sees: ({ isPrivate }) => !isPrivate,
  administers: () => false,
};

const everything: BitbucketRights = {
  isMember: true,
  isOwner: true,
  levelOn: () => 'admin',
  sees: () => true,
  administers: () => true,
};

/** An access token does in its place what its scopes say, and administers nobody's rights. */
function rightsOfToken(state: FakeState, placeUuid: string, scopes: ReadonlySet<string>): BitbucketRights {
  const whole = state.bitbucket.workspace?.uuid === placeUuid;
  const level = scopes.has('repository:admin') ? 'admin' : scopes.has('repository:write') ? 'write' : 'read';
  return {
    isMember: whole,
    isOwner: false,
    levelOn: (repository) =>
      whole || repository.uuid === placeUuid || repository.projectUuid === placeUuid ? level : publicLevel(repository),
    sees: (project) => whole || project.uuid === placeUuid || !project.isPrivate,
    administers: () => false,
  };
}
