import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { BitbucketUuid } from './bitbucket-ids.js';
import { bitbucketPage, keepFields, type BitbucketTransport } from './bitbucket-paging.js';

/** A repository of the workspace. */
export interface BitbucketRepository {
  readonly uuid: BitbucketUuid;
  /** What paths take. Not the name. */
  readonly slug: string;
  readonly name: string;
  /** `<workspace>/<slug>`. */
  readonly fullName: string;
  readonly description?: string;
  readonly isPrivate?: boolean;
  readonly forkPolicy?: LiteralUnion<'allow_forks' | 'no_public_forks' | 'no_forks'>;
  /** Name of the default branch. Absent when the repository is empty. */
  readonly mainBranch?: string;
  readonly projectKey?: string;
  /** Whether it has branch restrictions of its own; `false` says that those of its project hold, which cannot be read. */
  readonly overridesBranchRestrictions?: boolean;
}

/** Which repositories to list. */
export interface BitbucketRepositoryQuery {
  /** A filter in Bitbucket's query language: `project.key="PAY"`. */
  readonly query?: string | undefined;
  /** One attribute, with `-` before it to turn the order. `created_on` unless given: it does not move under the reader. */
  readonly sort?: string | undefined;
  /** Only those where the credential has this role. */
  readonly role?: 'member' | 'contributor' | 'admin' | 'owner' | undefined;
}

const repositorySchema = lazySchema(() =>
  z
    .looseObject({
      uuid: z.string(),
      slug: z.string(),
      name: z.string(),
      full_name: z.string(),
      description: z.string().nullish(),
      is_private: z.boolean().nullish(),
      fork_policy: z.string().nullish(),
      mainbranch: z.looseObject({ name: z.string().nullish() }).nullish(),
      project: z.looseObject({ key: z.string().nullish() }).nullish(),
      override_settings: z.looseObject({ branch_restrictions: z.boolean().nullish() }).nullish(),
    })
    .transform((wire): BitbucketRepository =>
      present({
        uuid: wire.uuid as BitbucketUuid,
        slug: wire.slug,
        name: wire.name,
        fullName: wire.full_name,
        description: wire.description,
        isPrivate: wire.is_private,
        forkPolicy: wire.fork_policy,
        mainBranch: wire.mainbranch?.name,
        projectKey: wire.project?.key,
        overridesBranchRestrictions: wire.override_settings?.branch_restrictions,
      }),
    ),
);

const FIELDS = keepFields(
  'uuid',
  'slug',
  'name',
  'full_name',
  'is_private',
  'fork_policy',
  'description',
  'mainbranch.name',
  'project.key',
  'override_settings',
);

/** The repositories of the workspace: one list holds them all, with their projects. */
export class BitbucketRepositories {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /**
   * Walks the repositories. Needs `repository`.
   *
   * Those that the credential cannot see are missing: with no rights at all, the public ones are left, and no error.
   */
  list(
    query: BitbucketRepositoryQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<BitbucketRepository, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'bitbucket.repositories.list');
  }

  /** Reads one page of the repositories. */
  async listPage(
    { query, sort = 'created_on', role }: BitbucketRepositoryQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<BitbucketRepository>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.repositories.list',
        path: path`/2.0/repositories/${this.#workspace}`,
        query: { sort, q: query, role, fields: FIELDS },
        item: repositorySchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one repository.
   *
   * @throws `not_found` when there is none with this slug, or the credential may not see it.
   */
  async get(slug: string, options: CallOptions = {}): Promise<BitbucketRepository> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.repositories.get',
      method: 'GET',
      path: path`/2.0/repositories/${this.#workspace}/${slug}`,
      response: repositorySchema(),
    });
  }
}
