import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { present } from '../../model/present.js';
import type { BitbucketTransport } from './bitbucket-paging.js';
import { bitbucketUserSchema, type BitbucketUser } from './bitbucket-user.js';

/** A group of the workspace. */
export interface BitbucketGroup {
  /** Its id within the workspace: made from the name, or a UUID where admin.atlassian.com manages the workspace. */
  readonly slug: string;
  readonly name: string;
  /** What the group gets on repositories that are made from now on. */
  readonly defaultPermission?: string;
  readonly members: readonly BitbucketUser[];
}

const groupSchema = lazySchema(() =>
  z
    .looseObject({
      slug: z.string(),
      name: z.string(),
      permission: z.string().nullish(),
      members: z.array(bitbucketUserSchema()),
    })
    .transform((wire): BitbucketGroup => ({
      ...present({ slug: wire.slug, name: wire.name, defaultPermission: wire.permission }),
      members: wire.members,
    })),
);

const groupsSchema = lazySchema(() => z.array(groupSchema()));

/** The groups of the workspace. Only version 1.0 of the API has them, and only by the slug of the workspace. */
export class BitbucketGroups {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /**
   * Walks the groups with their members: one call, for the list has no pages. Needs `account`.
   *
   * @throws `forbidden` when the credential is no administrator of the workspace.
   */
  async *list(options: CallOptions = {}): AsyncGenerator<BitbucketGroup, void, undefined> {
    yield* await this.#transport.send({
      ...options,
      operation: 'bitbucket.groups.list',
      method: 'GET',
      path: path`/1.0/groups/${this.#workspace}`,
      response: groupsSchema(),
    });
  }

  /**
   * Reads one group with its members.
   *
   * @throws `not_found` when there is none with this slug.
   */
  async get(slug: string, options: CallOptions = {}): Promise<BitbucketGroup> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.groups.get',
      method: 'GET',
      path: path`/1.0/groups/${this.#workspace}/${slug}`,
      response: groupSchema(),
    });
  }
}
