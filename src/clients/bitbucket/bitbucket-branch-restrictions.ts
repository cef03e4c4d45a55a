import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import {
  branchingModelSchema,
  branchRestrictionSchema,
  type BitbucketBranchingModel,
  type BitbucketBranchRestriction,
} from './bitbucket-branch-restriction.js';
import { bitbucketPage, keepFields, type BitbucketTransport } from './bitbucket-paging.js';

const FIELDS = keepFields('kind', 'pattern', 'branch_match_kind', 'branch_type', 'value');

/** What repositories ask of their branches. */
export class BitbucketBranchRestrictions {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /**
   * Walks the rules of a repository, all of them. Needs `repository:admin`.
   *
   * Those of its project are not among them, and no API has them (seen).
   *
   * @throws `forbidden` when the credential is no administrator of the repository.
   */
  list(slug: string, options: CallOptions = {}): AsyncGenerator<BitbucketBranchRestriction, void, undefined> {
    return paginate((cursor) => this.listPage(slug, cursor, options), 'bitbucket.branchRestrictions.list');
  }

  /** Reads one page of the rules of a repository. */
  async listPage(slug: string, cursor?: string, options: CallOptions = {}): Promise<Page<BitbucketBranchRestriction>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.branchRestrictions.list',
        path: path`/2.0/repositories/${this.#workspace}/${slug}/branch-restrictions`,
        query: { fields: FIELDS },
        item: branchRestrictionSchema(),
      },
      cursor,
    );
  }

  /** Reads the branching model that holds for a repository, its own or its project's. Needs `repository`. */
  async getEffectiveModel(slug: string, options: CallOptions = {}): Promise<BitbucketBranchingModel> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.branchRestrictions.getEffectiveModel',
      method: 'GET',
      path: path`/2.0/repositories/${this.#workspace}/${slug}/effective-branching-model`,
      response: branchingModelSchema(),
    });
  }
}
