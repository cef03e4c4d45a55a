import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import { discover } from './discover.js';
import type { DiscoverOptions, Readers } from './discover-options.js';
import type { Product } from './entities/entity-type.js';
import { JoinedReader } from './joined-reader.js';
import { ProductDiscovery } from './product-discovery.js';
import type { DiscoveryReader } from './reading/discovery-reader.js';
import type { AccessSnapshot } from './snapshot/access-snapshot.js';

/** Readers of what the organization knows of the users of a product, and of no more. */
export type Joins = Readonly<Partial<Record<'jira' | 'bitbucket', DiscoveryReader<'admin'>>>>;

/** Reads back who can reach what. Reads only. */
export class Discovery {
  readonly #readers: Readers;
  readonly #clock: Clock;
  readonly #joins: Joins;

  constructor(readers: Readers, clock: Clock, joins: Joins = {}) {
    this.#readers = readers;
    this.#clock = clock;
    this.#joins = joins;
  }

  /** The organization and its SCIM directory. Throws `capability_missing` when neither is configured. */
  get admin(): ProductDiscovery<'admin'> {
    return this.#product('admin', '`admin` with `organizationId`, or `scim`,');
  }

  /** The Jira of the site, with the dates of its users where the organization is configured. Throws `capability_missing` when no site is configured. */
  get jira(): ProductDiscovery<'jira'> {
    return this.#joined('jira', '`site`');
  }

  /** The Confluence of the site. Throws `capability_missing` when no site is configured. */
  get confluence(): ProductDiscovery<'confluence'> {
    return this.#product('confluence', '`site`');
  }

  /** The Bitbucket workspace, with the emails of its users where the organization is configured. Throws `capability_missing` when none is configured. */
  get bitbucket(): ProductDiscovery<'bitbucket'> {
    return this.#joined('bitbucket', '`bitbucket`');
  }

  /**
   * Reads every product that is configured, at once, and puts it together.
   *
   * What cannot be read is a gap of the snapshot, with what it hides. Throws for a cancellation (`aborted`) and for
   * options that there are not (`request_invalid`); hand
   * what `onInterrupted` was given to `resumeFrom` to go on.
   */
  async snapshot(options: DiscoverOptions = {}): Promise<AccessSnapshot> {
    return discover(this.#readers, this.#clock, options);
  }

  #product<Of extends Product>(product: Of, needed: string): ProductDiscovery<Of> {
    return new ProductDiscovery<Of>(this.#reader(product, needed));
  }

  #joined<Of extends 'jira' | 'bitbucket'>(product: Of, needed: string): ProductDiscovery<Of> {
    const reader: DiscoveryReader<Of> = this.#reader(product, needed);
    const people = this.#joins[product];
    return new ProductDiscovery<Of>(people === undefined ? reader : new JoinedReader<Of>(reader, people));
  }

  #reader<Of extends Product>(product: Of, needed: string): DiscoveryReader<Of> {
    const reader: DiscoveryReader<Of> | undefined = this.#readers[product];
    if (reader !== undefined) return reader;
    throw new ProvisionerError('capability_missing', `Discovering ${product} needs ${needed} in the configuration`);
  }
}
