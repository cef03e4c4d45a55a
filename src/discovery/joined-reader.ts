import type { EntitiesOfProduct, Entity } from './entities/entity.js';
import type { Gap } from './entities/gap.js';
import type { DiscoveryReader, ReadOptions } from './reading/discovery-reader.js';
import { AccountFacts } from './snapshot/account-facts.js';

/** Where the address of a site is, its id. */
const AT_GATEWAY = /\/ex\/jira\/([^/]+)$/;

/** The products whose users lack what the organization knows. */
type Joined = 'jira' | 'bitbucket';

/**
 * Reads a product and fills in what only the organization knows of its users: the dates of Jira's, the emails of
 * Bitbucket's.
 *
 * The people of the organization and the records of its SCIM directory are read first, where users are asked for; their
 * dates and emails are kept in memory meanwhile.
 */
export class JoinedReader<Of extends Joined> implements DiscoveryReader<Of> {
  readonly product: Of;
  readonly source: string;
  readonly #reader: DiscoveryReader<Of>;
  readonly #organization: DiscoveryReader<'admin'>;

  constructor(reader: DiscoveryReader<Of>, organization: DiscoveryReader<'admin'>) {
    this.product = reader.product;
    this.source = reader.source;
    this.#reader = reader;
    this.#organization = organization;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const { only, resumeFrom: _ofTheProduct, onCheckpoint: _told, onProgress: _heard, ...call } = options;
    if (only?.includes(`${this.product}.user`) === false) {
      yield* this.#reader.read(options);
      return;
    }
    const site = AT_GATEWAY.exec(this.source)?.[1];
    const facts = new AccountFacts([], [], new Set(site === undefined ? [] : [site]));
    for await (const one of this.#organization.read({ ...call, only: ['admin.user', 'scim.user'] })) {
      if (one.type === 'gap') yield one;
      else if (one.type === 'admin.user') facts.addUser(one);
      else if (one.type === 'scim.user') facts.addRecord(one);
    }
    // What is joined keeps its kind.
    for await (const one of this.#reader.read(options)) yield joined(facts, one) as EntitiesOfProduct[Of] | Gap;
  }
}

function joined(facts: AccountFacts, one: Entity | Gap): Entity | Gap {
  if (one.type === 'jira.user') return facts.withDates(one);
  return one.type === 'bitbucket.user' ? facts.withEmail(one) : one;
}
