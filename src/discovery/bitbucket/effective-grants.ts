import type { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import type { BitbucketEffectivePermission } from '../../clients/bitbucket/bitbucket-grant.js';
import type { BitbucketRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import { FirstDecides } from './first-decides.js';

type Rows = readonly BitbucketEffectivePermission[];

/**
 * The effective permissions of people, where explicit grants cannot be read.
 *
 * One list has them for the whole workspace, and is read once, when it is first needed. To whoever may not read it, each
 * repository tells its own.
 */
export class EffectiveGrants {
  readonly #client: BitbucketClient;
  readonly #all = new FirstDecides<ReadonlyMap<string, Rows> | 'refused'>();

  constructor(client: BitbucketClient) {
    this.#client = client;
  }

  /**
   * `undefined` for a repository that the list of all does not have: somebody administers each one.
   *
   * Throws `forbidden` where the credential administers neither the workspace nor the repository.
   */
  async of({ uuid, slug }: BitbucketRepository, call: CallOptions): Promise<Rows | undefined> {
    const all = await this.#all.find(async () => this.#readAll(call));
    if (all !== 'refused') return all.get(uuid);
    const rows: BitbucketEffectivePermission[] = [];
    for await (const row of this.#client.permissions.listEffectiveOfRepository(slug, call)) rows.push(row);
    return rows;
  }

  async #readAll(call: CallOptions): Promise<ReadonlyMap<string, Rows> | 'refused'> {
    const byRepository = new Map<string, BitbucketEffectivePermission[]>();
    try {
      for await (const row of this.#client.permissions.listEffective(call)) {
        const rows = byRepository.get(row.repository.uuid);
        if (rows === undefined) byRepository.set(row.repository.uuid, [row]);
        else rows.push(row);
      }
      return byRepository;
    } catch (error) {
      if (isProvisionerError(error, 'forbidden')) return 'refused';
      throw error;
    }
  }
}
