/**
 * Maps with at most `limit` items under way, and answers in the order of the items.
 *
 * The transports limit calls by themselves; this keeps a list of 100,000 from being 100,000 pending promises. After a
 * failure nothing further is begun.
 */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  map: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  let failed = false;

  const work = async (): Promise<void> => {
    for (const [index, item] of entries) {
      if (failed) return;
      try {
        results[index] = await map(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };

  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
