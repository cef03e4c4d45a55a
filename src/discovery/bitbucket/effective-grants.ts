import type { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import type { BitbucketEffectivePermission } from '../../clients/bitbucket/bitbucket-grant.js';
import type { BitbucketRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { Page } from '../../http/paginate.js';
import type { CallOptions } from '../../http/transport.js';
import { readList, type WholeList } from '../reading/list-length.js';
import { keyOfUser } from './explicit-grants.js';
import { FirstDecides } from './first-decides.js';

type Row = BitbucketEffectivePermission;

/** The rows of a repository, and why they may not be all. */
export interface EffectiveRows {
  readonly rows: readonly Row[];
  readonly doubt: string | undefined;
  /** Whether they are of a list for all repositories, any of which may lack some then. */
  readonly isOfAll: boolean;
}

/** The list of all repositories, by repository. */
interface AllRows {
  readonly byRepository: ReadonlyMap<string, readonly Row[]>;
  readonly doubt: string | undefined;
}

/** Errors of the list of all that the list of a repository need not meet. Any other ends the reading, or passes. */
const WITHOUT_THE_LIST = ['forbidden', 'server_error', 'response_invalid', 'response_too_large'] as const;

/**
 * The effective permissions of people, where explicit grants cannot be read.
 *
 * One list has them for the whole workspace, and is read once, when it is first needed. Where that is refused or broken, each
 * repository tells its own.
 */
export class EffectiveGrants {
  readonly #client: BitbucketClient;
  readonly #all = new FirstDecides<AllRows | 'not to be had'>();

  constructor(client: BitbucketClient) {
    this.#client = client;
  }

  /**
   * `undefined` for a repository that the list of all does not have: somebody administers each one.
   *
   * Throws `forbidden` where the credential administers neither the workspace nor the repository.
   */
  async of({ uuid, slug }: BitbucketRepository, call: CallOptions): Promise<EffectiveRows | undefined> {
    const all = await this.#all.find(async () => this.#readAll(call));
    if (all === 'not to be had') {
      const { permissions } = this.#client;
      const list = await readEffective('bitbucket.permissions.listEffectiveOfRepository', async (cursor) =>
        permissions.listEffectiveOfRepositoryPage(slug, cursor, call),
      );
      return { rows: list.items, doubt: list.doubt, isOfAll: false };
    }
    const rows = all.byRepository.get(uuid);
    return rows && { rows, doubt: all.doubt, isOfAll: true };
  }

  async #readAll(call: CallOptions): Promise<AllRows | 'not to be had'> {
    try {
      const { items, doubt } = await readEffective('bitbucket.permissions.listEffective', async (cursor) =>
        this.#client.permissions.listEffectivePage(cursor, call),
      );
      const byRepository = new Map<string, Row[]>();
      for (const row of items) {
        const rows = byRepository.get(row.repository.uuid);
        if (rows === undefined) byRepository.set(row.repository.uuid, [row]);
        else rows.push(row);
      }
      return { byRepository, doubt };
    } catch (error) {
      if (isProvisionerError(error, ...WITHOUT_THE_LIST)) return 'not to be had';
      throw error;
    }
  }
}

async function readEffective(
  operation: string,
  fetchPage: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<WholeList<Row>> {
  return readList(operation, fetchPage, ({ user, repository }) => {
    const key = keyOfUser(user);
    return key === '' ? '' : `${repository.uuid} ${key}`;
  });
}
