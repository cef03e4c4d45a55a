import type { EntityType, Product } from '../entities/entity-type.js';
import { checkCheckpoint } from './check-reading.js';
import type { PartState, ReadOptions } from './discovery-reader.js';
import type { ReadAgain } from './gap-of-error.js';

/** How far each part of one reading has come, and what is told of it. */
export class Checkpoints {
  readonly #product: Product;
  readonly #source: string;
  readonly #tell: ReadOptions['onCheckpoint'];
  /** As the reading that this one takes up had left them. */
  readonly #before: ReadonlyMap<string, PartState>;
  readonly #parts: Map<string, PartState>;
  readonly #live = new Map<string, () => PartState>();
  /** Parts that are to be read anew, since what they rest on was missing. */
  readonly #anew = new Set<string>();
  readonly #gapsOf = new Map<string, string[]>();
  readonly #outdatedGaps = new Set<string>();
  readonly #outdatedKinds = new Set<EntityType>();

  constructor(
    product: Product,
    source: string,
    { resumeFrom, onCheckpoint }: Pick<ReadOptions, 'resumeFrom' | 'onCheckpoint'>,
  ) {
    if (resumeFrom !== undefined) checkCheckpoint(product, source, resumeFrom);
    this.#product = product;
    this.#source = source;
    this.#tell = onCheckpoint;
    this.#before = new Map(Object.entries(resumeFrom?.parts ?? {}));
    this.#parts = new Map(this.#before);
  }

  /** How a part stood in the checkpoint that this reading takes up. */
  before(part: string): PartState | undefined {
    return this.#before.get(part);
  }

  /** How a part that is being read stands, asked whenever a checkpoint is told. */
  track(part: string, state: () => PartState): void {
    this.#live.set(part, state);
  }

  /** Writes down how a part stands, and tells how all of them do. */
  note(part: string, state: PartState): void {
    this.#live.delete(part);
    this.#parts.set(part, state);
    this.tell();
  }

  /** A gap that a part gives: it goes when the part is read anew. */
  gave(part: string, gapId: string): void {
    if (this.#anew.has(part)) this.#outdatedGaps.add(gapId);
    else if (this.#gapsOf.get(part)?.push(gapId) === undefined) this.#gapsOf.set(part, [gapId]);
  }

  /** What a gap stands for is read when the reading is taken up, and with it, anew, what has been read without it. */
  outdate(gapId: string, { parts = [], unfinished = [], kinds = [] }: ReadAgain = {}): void {
    this.#outdatedGaps.add(gapId);
    for (const kind of kinds) this.#outdatedKinds.add(kind);
    for (const part of [...parts, ...unfinished.filter((one) => this.#parts.get(one)?.state !== 'done')]) {
      this.#anew.add(part);
      for (const id of this.#gapsOf.get(part) ?? []) this.#outdatedGaps.add(id);
    }
    this.tell();
  }

  tell(): void {
    if (this.#tell === undefined) return;
    for (const [part, state] of this.#live) this.#parts.set(part, state());
    this.#tell({
      version: 1,
      product: this.#product,
      source: this.#source,
      parts: Object.fromEntries([...this.#parts].filter(([part]) => !this.#anew.has(part))),
      ...(this.#outdatedGaps.size > 0 && {
        outdated: { gaps: [...this.#outdatedGaps], kinds: [...this.#outdatedKinds] },
      }),
    });
  }
}
