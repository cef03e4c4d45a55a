import type { EntitiesOfProduct, Entity } from './entities/entity.js';
import type { Product } from './entities/entity-type.js';
import type { Gap } from './entities/gap.js';
import type { DiscoveryReader, ReadCheckpoint, ReadOptions } from './reading/discovery-reader.js';
import { isPassing } from './reading/gap-of-error.js';
import { AccountFacts } from './snapshot/account-facts.js';

/** Kinds that know what a product does not tell of its users. */
const KNOWS = { jira: ['admin.user', 'scim.user'], bitbucket: ['admin.user'] } as const;

/** A reader that may know the id of its site before it has read anything. */
type ReaderOfSite<Of extends Product> = DiscoveryReader<Of> & { readonly siteId?: string | undefined };

/** The products whose users lack what the organization knows. */
type Joined = 'jira' | 'bitbucket';

/**
 * Reads a product and fills in what only the organization knows of its users: the dates of Jira's, the emails of
 * Bitbucket's.
 *
 * What the organization knows of its people is read first, where users are to be read; their dates and emails are kept in
 * memory meanwhile.
 */
export class JoinedReader<Of extends Joined> implements DiscoveryReader<Of> {
  readonly product: Of;
  readonly source: string;
  readonly #reader: ReaderOfSite<Of>;
  readonly #organization: DiscoveryReader<'admin'>;

  constructor(reader: ReaderOfSite<Of>, organization: DiscoveryReader<'admin'>) {
    this.product = reader.product;
    this.source = reader.source;
    this.#reader = reader;
    this.#organization = organization;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const { only, resumeFrom, onCheckpoint, onProgress: _heard, ...call } = options;
    if (only?.includes(`${this.product}.user`) === false || resumeFrom?.parts.users?.state === 'done') {
      yield* this.#reader.read(options);
      return;
    }
    const { siteId } = this.#reader;
    const lost: string[] = [];
    const facts = new AccountFacts([], [], new Set(siteId === undefined ? [] : [siteId]));
    for await (const one of this.#organization.read({ ...call, only: KNOWS[this.product] })) {
      // What it leaves out is not needed.
      if (one.type === 'gap' && one.reason !== 'skipped') {
        if (isPassing(one)) lost.push(one.id);
        yield one;
      } else if (one.type === 'admin.user') facts.addUser(one);
      else if (one.type === 'scim.user') facts.addRecord(one);
    }
    const anew = onCheckpoint && ((one: ReadCheckpoint) => onCheckpoint(this.#without(lost, one)));
    // What is joined keeps its kind.
    for await (const one of this.#reader.read({ ...options, onCheckpoint: anew }))
      yield joined(facts, one) as EntitiesOfProduct[Of] | Gap;
  }

  /** Users that were given without what could not be read for now are given anew. */
  #without(lost: readonly string[], checkpoint: ReadCheckpoint): ReadCheckpoint {
    if (lost.length === 0) return checkpoint;
    const { parts, outdated } = checkpoint;
    return {
      ...checkpoint,
      parts: Object.fromEntries(Object.entries(parts).filter(([part]) => part !== 'users')),
      outdated: {
        gaps: [...(outdated?.gaps ?? []), ...lost],
        kinds: [...(outdated?.kinds ?? []), `${this.product}.user`],
      },
    };
  }
}

function joined(facts: AccountFacts, one: Entity | Gap): Entity | Gap {
  if (one.type === 'jira.user') return facts.withDates(one);
  return one.type === 'bitbucket.user' ? facts.withEmail(one) : one;
}
