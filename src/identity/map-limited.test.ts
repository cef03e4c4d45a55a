import { describe, expect, test } from 'vitest';
import { mapLimited } from './map-limited.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('mapLimited', () => {
  test('answers in the order of the items, whoever is done first', async () => {
    const turnsOf = [3, 1, 2, 0];

    const results = await mapLimited(turnsOf, 4, async (turns, index) => {
      for (let left = turns; left > 0; left -= 1) await turn();
      return index;
    });

    expect(results).toEqual([0, 1, 2, 3]);
  });

  test('has no more items under way than its limit', async () => {
    let underWay = 0;
    let most = 0;

    await mapLimited(Array.from({ length: 20 }), 3, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await turn();
      underWay -= 1;
    });

    expect(most).toBe(3);
  });

  test('begins nothing further after a failure', async () => {
    const begun: number[] = [];

    const mapping = mapLimited([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error('item 1 failed');
    });

    await expect(mapping).rejects.toThrow('item 1 failed');
    await turn();
    expect(begun).toEqual([1, 2]);
  });

  test('answers nothing for nothing', async () => {
    expect(await mapLimited([], 4, async () => 1)).toEqual([]);
  });
});
