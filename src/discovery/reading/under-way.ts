import type { Feed } from './feed.js';

/** What became of one item. */
export interface Outcome<Item, Found> {
  readonly item: Item;
  readonly found: readonly Found[];
  /** Why nothing was found. */
  readonly error?: unknown;
}

/**
 * Works on the items of a feed, so many at once, and gives each as it is finished: a long one holds up no other.
 *
 * Whoever has finished one takes the next when the consumer has taken the outcome.
 */
export async function* underWay<Item, Found>(
  feed: Feed<Item>,
  limit: number,
  work: (item: Item) => Promise<readonly Found[]>,
): AsyncGenerator<Outcome<Item, Found>, void, undefined> {
  const finished: { readonly outcome: Outcome<Item, Found>; readonly taken: () => void }[] = [];
  let wake: (() => void) | undefined;
  let open = limit;

  const worker = async (): Promise<void> => {
    for (let item = await feed.take(); item !== undefined; item = await feed.take()) {
      const outcome = await outcomeOf(item, work);
      await new Promise<void>((taken) => {
        finished.push({ outcome, taken });
        wake?.();
      });
    }
    open -= 1;
    wake?.();
  };
  for (let count = 0; count < limit; count += 1) void worker();

  try {
    for (;;) {
      const next = finished.shift();
      if (next !== undefined) {
        yield next.outcome;
        next.taken();
        continue;
      }
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    feed.stop();
  }
}

async function outcomeOf<Item, Found>(
  item: Item,
  work: (item: Item) => Promise<readonly Found[]>,
): Promise<Outcome<Item, Found>> {
  try {
    return { item, found: await work(item) };
  } catch (error) {
    return { item, found: [], error };
  }
}
