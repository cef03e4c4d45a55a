import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { present } from '../../model/present.js';
import type { BitbucketUuid } from './bitbucket-ids.js';
import { bitbucketPage, keepFields, type BitbucketTransport } from './bitbucket-paging.js';

/** A project of the workspace. */
export interface BitbucketProject {
  readonly uuid: BitbucketUuid;
  /** Unique in the workspace. */
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  /** A private project holds no public repository. */
  readonly isPrivate?: boolean;
  readonly hasPubliclyVisibleRepos?: boolean;
}

const projectSchema = lazySchema(() =>
  z
    .looseObject({
      uuid: z.string(),
      key: z.string(),
      name: z.string(),
      description: z.string().nullish(),
      is_private: z.boolean().nullish(),
      has_publicly_visible_repos: z.boolean().nullish(),
    })
    .transform((wire): BitbucketProject =>
      present({
        uuid: wire.uuid as BitbucketUuid,
        key: wire.key,
        name: wire.name,
        description: wire.description,
        isPrivate: wire.is_private,
        hasPubliclyVisibleRepos: wire.has_publicly_visible_repos,
      }),
    ),
);

const FIELDS = keepFields('uuid', 'key', 'name', 'description', 'is_private', 'has_publicly_visible_repos');

/** The projects of the workspace. */
export class BitbucketProjects {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /** Walks the projects. Those that the credential cannot see are missing, without a word. Needs `project`. */
  list(options: CallOptions = {}): AsyncGenerator<BitbucketProject, void, undefined> {
    return paginate((cursor) => this.listPage(cursor, options), 'bitbucket.projects.list');
  }

  /** Reads one page of the projects. */
  async listPage(cursor?: string, options: CallOptions = {}): Promise<Page<BitbucketProject>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.projects.list',
        path: path`/2.0/workspaces/${this.#workspace}/projects`,
        query: { fields: FIELDS },
        item: projectSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one project.
   *
   * @throws `not_found` when there is no such project.
   */
  async get(key: string, options: CallOptions = {}): Promise<BitbucketProject> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.projects.get',
      method: 'GET',
      path: path`/2.0/workspaces/${this.#workspace}/projects/${key}`,
      response: projectSchema(),
    });
  }
}
