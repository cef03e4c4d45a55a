import type { OrgGroupId } from '../../model/ids.js';
import { internalsOf } from '../internals.js';
import { groupSlug } from '../rules/bitbucket/bitbucket-groups.js';
import type { BitbucketLevel } from '../state/bitbucket-rows.js';
import type { FakeState } from '../state/fake-state.js';
import { FakeOrganization } from './fake-organization.js';
import {
  addBitbucketProject,
  addMember,
  addOauthConsumer,
  addRepository,
  attachGroup,
  BITBUCKET_CONSUMER,
  BITBUCKET_TOKEN_SCOPES,
  bitbucketWorkspace,
  type BitbucketProjectSeed,
  type BitbucketWorkspaceSeed,
  type GrantOn,
  type OauthConsumerSeed,
  type RepositorySeed,
} from './seed-bitbucket.js';
import {
  BITBUCKET_PROJECT_NAMES,
  CONSUMER_NAMES,
  REPOSITORY_NAMES,
  WORKSPACE_NAMES,
  refuseUnknownNames,
} from './seed-names.js';
import { requireAccount } from './seed-groups.js';
import { findGroup } from './views.js';

/** A group to add to the workspace. */
export interface BitbucketGroupSeed {
  /** Of a group of the organization; one that does not exist is made, as a local one. */
  readonly name: string;
  /** Emails of accounts, for a group that is made. */
  readonly members?: readonly string[];
  /** Whether its members administer the workspace. Default false. */
  readonly administers?: boolean;
  /** What it gets on repositories made later. Default: nothing. */
  readonly defaultPermission?: 'read' | 'write' | 'admin';
}

/** Levels by email of the person and by name of the group, as they were granted explicitly. */
export interface FakeBitbucketGrants {
  readonly users: Readonly<Record<string, BitbucketLevel>>;
  readonly groups: Readonly<Record<string, BitbucketLevel>>;
}

/**
 * An organization with a Bitbucket workspace, which is there once something is added to it.
 *
 * Its people are accounts of the fake, and its groups are groups of the organization.
 */
export class FakeBitbucketOrganization extends FakeOrganization {
  /** Makes the workspace, or changes it. Without it, the first thing that is added makes one. */
  addBitbucketWorkspace(seed: BitbucketWorkspaceSeed = {}): { readonly uuid: string; readonly slug: string } {
    refuseUnknownNames('addBitbucketWorkspace', seed, WORKSPACE_NAMES);
    const { uuid, slug } = bitbucketWorkspace(this.#state, seed);
    return { uuid, slug };
  }

  /** Puts a person into the workspace, by the email of their account. */
  addBitbucketMember(
    email: string,
    seed: { readonly role?: 'owner' | 'member'; readonly lastAccessedAt?: Date | string } = {},
  ): void {
    addMember(this.#state, requireAccount(this.#state, email).accountId, seed);
  }

  /** Adds a group of the organization to the workspace. Its members are in the workspace then. */
  addBitbucketGroup(seed: BitbucketGroupSeed): { readonly slug: string } {
    const { name, members, ...change } = seed;
    const groupId = this.#groupNamed(name, members);
    attachGroup(this.#state, groupId, change);
    const row = this.#state.bitbucket.groups.get(groupId);
    return { slug: row === undefined ? '' : groupSlug(this, row) };
  }

  /** Adds a project, or changes the one with that key. Grants are by email of a person or name of a group. */
  addBitbucketProject(seed: BitbucketProjectSeed): { readonly uuid: string } {
    refuseUnknownNames('addBitbucketProject', seed, BITBUCKET_PROJECT_NAMES);
    return addBitbucketProject(this.#state, seed, this.#grantOn);
  }

  /** Adds a repository: private, with the branch `main`. Grants are by email of a person or name of a group. */
  addRepository(seed: RepositorySeed): { readonly uuid: string; readonly slug: string } {
    refuseUnknownNames('addRepository', seed, REPOSITORY_NAMES);
    return addRepository(this.#state, seed, this.#grantOn);
  }

  /** Adds an OAuth consumer, as a configuration has it. It has the rights of an administrator unless told otherwise. */
  addOauthConsumer(seed: OauthConsumerSeed = {}): { readonly oauthKey: string; readonly oauthSecret: string } {
    refuseUnknownNames('addOauthConsumer', seed, CONSUMER_NAMES);
    const { key, secret } = addOauthConsumer(this.#state, seed);
    return { oauthKey: key, oauthSecret: secret };
  }

  /** Ends every token that consumers were given, as if their time were up. Their next request is answered 401. */
  expireOauthTokens(): void {
    const { oauthTokens } = this.#state.bitbucket;
    for (const token of [...oauthTokens.values()]) oauthTokens.put({ ...token, expiresAt: this.#state.clock.now() });
  }

  /** Gives an account an API token for Bitbucket, as a configuration has it, with all scopes unless told otherwise. */
  addBitbucketToken(
    email: string,
    scopes: readonly string[] = BITBUCKET_TOKEN_SCOPES,
  ): { readonly user: string; readonly apiToken: string } {
    return { user: email, apiToken: this.addUserToken(email, { scopes }) };
  }

  /** Adds an access token of a repository, by its slug, or of the workspace, and returns its value. */
  addBitbucketAccessToken(
    seed: { readonly repository?: string; readonly scopes?: readonly string[]; readonly name?: string } = {},
  ): string {
    const { repository, scopes = ['repository', 'account', 'project'], name = 'ci-reader' } = seed;
    const state = this.#state;
    const { uuid } = bitbucketWorkspace(state);
    const placeUuid = repository === undefined ? uuid : this.#repository(repository);
    const secret = `ATCTT3xFfFakeBitbucket${state.ids.next('bitbucketCredential').slice(-12).toUpperCase()}`;
    state.bitbucket.accessTokens.put({ secret, name, placeUuid, scopes });
    return secret;
  }

  /** Adds an app password, which opens nothing any more, and returns its value. */
  addAppPassword(username: string): string {
    const secret = `ATBBFake${this.#state.ids.next('bitbucketCredential').slice(-12).toUpperCase()}`;
    this.#state.bitbucket.appPasswords.put({ username, secret });
    return secret;
  }

  /** Key and secret of the consumer that the workspace starts with. */
  get bitbucketConsumer(): { readonly oauthKey: string; readonly oauthSecret: string } {
    return { ...BITBUCKET_CONSUMER };
  }

  /** What is granted explicitly on a repository, by its slug, or on a project, by its key. */
  bitbucketGrants(place: { readonly repository: string } | { readonly project: string }): FakeBitbucketGrants {
    const state = this.#state;
    const uuid =
      'repository' in place
        ? this.#repository(place.repository)
        : state.bitbucket.projects.find('key', place.project)?.uuid;
    const users: Record<string, BitbucketLevel> = {};
    const groups: Record<string, BitbucketLevel> = {};
    for (const { holder, holderId, level } of state.bitbucket.grants.findAll('placeUuid', uuid ?? ''))
      if (holder === 'user') users[state.accounts.get(holderId)?.email ?? holderId] = level;
      else groups[state.groups.get(holderId)?.name ?? holderId] = level;
    return { users, groups };
  }

  get #state(): FakeState {
    return internalsOf(this).state;
  }

  #repository(slug: string): string {
    const row = this.#state.bitbucket.repositories.find('slug', slug);
    if (row === undefined) throw new Error(`The fake has no repository "${slug}": add it with addRepository first`);
    return row.uuid;
  }

  readonly #grantOn: GrantOn = (placeUuid, holder, level) => {
    const state = this.#state;
    if (holder.includes('@')) {
      const holderId = requireAccount(state, holder).accountId;
      state.bitbucket.grants.put({ placeUuid, holder: 'user', holderId, level });
      return;
    }
    const holderId = this.#groupNamed(holder);
    if (!state.bitbucket.groups.has(holderId)) attachGroup(state, holderId);
    state.bitbucket.grants.put({ placeUuid, holder: 'group', holderId, level });
  };

  #groupNamed(name: string, members?: readonly string[]): OrgGroupId {
    const found =
      findGroup(this.#state, name) ??
      this.addGroup({ name, origin: 'local', ...(members !== undefined && { members }) });
    if (found.orgGroupId === undefined) throw new Error(`The group "${name}" is not in the organization`);
    return found.orgGroupId;
  }
}
