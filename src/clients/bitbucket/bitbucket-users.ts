import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { BitbucketUserRef } from './bitbucket-ids.js';
import type { BitbucketTransport } from './bitbucket-paging.js';
import { bitbucketUserSchema, type BitbucketUser } from './bitbucket-user.js';
import type { BitbucketWorkspaceRole } from './bitbucket-workspaces.js';

const roleSchema = lazySchema(() =>
  z.looseObject({ permission: z.string() }).transform(({ permission }): BitbucketWorkspaceRole => permission),
);

/** People, and who the credential stands for. */
export class BitbucketUsers {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /**
   * Reads who the credential stands for. Needs `account`.
   *
   * What it says for an OAuth consumer has changed in May 2026 and is not documented: do not depend on it.
   */
  async getCurrent(options: CallOptions = {}): Promise<BitbucketUser> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.users.getCurrent',
      method: 'GET',
      path: path`/2.0/user`,
      response: bitbucketUserSchema(),
    });
  }

  /**
   * Reads the role of the credential in the workspace. Needs `account`.
   *
   * @throws `forbidden` when it has none.
   */
  async getCurrentRole(options: CallOptions = {}): Promise<BitbucketWorkspaceRole> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.users.getCurrentRole',
      method: 'GET',
      path: path`/2.0/user/workspaces/${this.#workspace}/permission`,
      response: roleSchema(),
    });
  }

  /**
   * Reads one account, of the workspace or not. It has no email.
   *
   * @throws `not_found` when there is no such account, or it has been deleted.
   */
  async get(user: BitbucketUserRef, options: CallOptions = {}): Promise<BitbucketUser> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.users.get',
      method: 'GET',
      path: path`/2.0/users/${user}`,
      response: bitbucketUserSchema(),
    });
  }
}
