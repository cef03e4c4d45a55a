/** Two things measured in turns, and what the first may cost in terms of the second. */
export interface Ratio {
  readonly name: string;
  readonly measured: number;
  readonly baseline: number;
  readonly unit: string;
  /** The most that `measured / baseline` should be, where somebody has said so. */
  readonly target?: number;
}

/** Measures two things in turns, so that a busy machine is busy for both, and gives the median of each. */
export async function alternate(
  rounds: number,
  measured: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<{ measured: number; baseline: number }> {
  const samples: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Neither is always first.
    if (round % 2 === 0) samples.push([await measured(), await baseline()]);
    else {
      const first = await baseline();
      samples.push([await measured(), first]);
    }
  }
  return { measured: median(samples.map(([value]) => value)), baseline: median(samples.map(([, value]) => value)) };
}

/** Prints a table. */
export function printRatios(ratios: readonly Ratio[]): void {
  console.table(
    Object.fromEntries(
      ratios.map(({ name, measured, baseline, unit, target }) => [
        name,
        {
          measured: quantity(measured, unit),
          baseline: quantity(baseline, unit),
          ratio: (measured / baseline).toFixed(2),
          target:
            target === undefined
              ? ''
              : `at most ${String(target)}: ${measured / baseline <= target ? 'met' : 'MISSED'}`,
        },
      ]),
    ),
  );
}

function quantity(value: number, unit: string): string {
  return `${Number.isInteger(value) ? String(value) : value.toFixed(2)} ${unit}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}
