import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { Product } from '../entities/entity-type.js';
import type { PartState, ReadCheckpoint, ReadOptions } from './discovery-reader.js';

/** How far each part of one reading has come, and what is told of it. */
export class Checkpoints {
  readonly #product: Product;
  readonly #tell: ReadOptions['onCheckpoint'];
  readonly #parts: Map<string, PartState>;
  readonly #live = new Map<string, () => PartState>();

  constructor(product: Product, { resumeFrom, onCheckpoint }: Pick<ReadOptions, 'resumeFrom' | 'onCheckpoint'>) {
    if (resumeFrom !== undefined) checkCheckpoint(product, resumeFrom);
    this.#product = product;
    this.#tell = onCheckpoint;
    this.#parts = new Map(Object.entries(resumeFrom?.parts ?? {}));
  }

  of(part: string): PartState | undefined {
    return this.#parts.get(part);
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

  tell(): void {
    if (this.#tell === undefined) return;
    for (const [part, state] of this.#live) this.#parts.set(part, state());
    this.#tell({ version: 1, product: this.#product, parts: Object.fromEntries(this.#parts) });
  }
}

function checkCheckpoint(product: Product, checkpoint: ReadCheckpoint): void {
  const version: number = checkpoint.version;
  if (version === 1 && checkpoint.product === product) return;
  const wrong = version === 1 ? 'product' : 'version';
  throw new ProvisionerError('request_invalid', `resumeFrom.${wrong} is not that of a checkpoint of ${product}`, {
    advice: 'Pass the last checkpoint that a reading of the same product gave.',
  });
}
