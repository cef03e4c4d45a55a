import type { Feed } from './feed.js';

/** Some of what was found of an item, or the last of it. */
export interface Outcome<Item, Found> {
  readonly item: Item;
  readonly found: readonly Found[];
  /** Whether nothing comes after it. */
  readonly isLast: boolean;
  /** Why nothing more was found. */
  readonly error?: unknown;
}

/** Gives some of what was found before the rest is. Resolves when the consumer has taken it. */
export type Give<Found> = (found: readonly Found[]) => Promise<void>;

/**
 * Works on the items of a feed, so many at once, and gives each as it is finished: a long one holds up no other, and may
 * give what it has so far.
 *
 * Whoever has finished one takes the next when the consumer has taken the outcome.
 */
export async function* underWay<Item, Found>(
  feed: Feed<Item>,
  limit: number,
  work: (item: Item, give: Give<Found>) => Promise<readonly Found[]>,
): AsyncGenerator<Outcome<Item, Found>, void, undefined> {
  const finished: { readonly outcome: Outcome<Item, Found>; readonly taken: () => void }[] = [];
  let wake: (() => void) | undefined;
  let open = limit;

  const hand = async (outcome: Outcome<Item, Found>): Promise<void> =>
    new Promise((taken) => {
      finished.push({ outcome, taken });
      wake?.();
    });
  const worker = async (): Promise<void> => {
    for (let next = await feed.take(); next !== undefined; next = await feed.take()) {
      const item = next;
      const give: Give<Found> = async (found) => hand({ item, found, isLast: false });
      await hand(await lastOf(item, async () => work(item, give)));
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

async function lastOf<Item, Found>(item: Item, work: () => Promise<readonly Found[]>): Promise<Outcome<Item, Found>> {
  try {
    return { item, found: await work(), isLast: true };
  } catch (error) {
    return { item, found: [], isLast: true, error };
  }
}
