import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AccessGraph } from '../src/discovery/graph/access-graph.js';
import { findings } from '../src/discovery/graph/findings/findings.js';
import type { Ratio } from './ratio.js';
import { parsedSnapshot, snapshotLines } from './synthetic-snapshot.js';

const SIZE = { people: 100_000, groups: 5_000, resources: 20_000 };
const ONE_GB = 1024 ** 3;
const QUERIES = 300;

/** A graph of 100,000 people, 5,000 groups and 20,000 resources: what it costs to make, to ask, and to hold. */
export function accessGraph(): Ratio[] {
  const lines = snapshotLines(SIZE);
  const [parseMs, snapshot] = timed(() => parsedSnapshot(lines));
  lines.length = 0;
  const bytesOfSnapshot = bytesInUse();
  const [buildMs, graph] = timed(() => AccessGraph.from(snapshot));
  const resources = [...graph.resources()];

  const sample = Array.from({ length: QUERIES }, (_, index) => {
    const resource = resources[(index * 7_919) % resources.length];
    const email = `person-${(index * 104_729) % SIZE.people}@acme.com`;
    const [person] = graph.findIdentities({ email });
    if (resource === undefined || person?.accountId === undefined) throw new Error(`The snapshot lacks ${email}`);
    return { resource, person: person.accountId };
  });
  let found = 0;
  const asked = {
    whoCanAccess: (index: number) => (found += graph.whoCanAccess(at(sample, index).resource).people.size),
    accessOf: (index: number) => (found += graph.accessOf(at(sample, index).person).resources.size),
    explain: (index: number) => {
      const { person, resource } = at(sample, index);
      found += graph.explain(person, resource).paths.length;
    },
  };
  const queries = Object.entries(asked).map(([name, ask]) => {
    // The first questions run code that is not optimized yet.
    for (let index = 0; index < 20; index += 1) ask(index);
    const times = sample.map((_, index) => timed(() => ask(index))[0]).toSorted((a, b) => a - b);
    return { name, median: at(times, QUERIES / 2), p99: at(times, Math.floor(QUERIES * 0.99)) };
  });
  const bytes = bytesInUse();
  const [findingsMs, all] = timed(() => findings(graph));
  found = all.length === 0 ? 0 : found;
  if (found === 0 || graph.snapshot !== snapshot) throw new Error('The questions found nothing');

  return [
    {
      name: 'access graph: build, by parsing the snapshot',
      measured: buildMs,
      baseline: parseMs,
      unit: 'CPU ms',
      target: 3,
    },
    ...queries.flatMap(({ name, median, p99 }): Ratio[] => [
      { name: `access graph: ${name}, median, by 10 ms`, measured: median, baseline: 10, unit: 'CPU ms', target: 1 },
      {
        name: `access graph: ${name}, 99th percentile, by 10 ms`,
        measured: p99,
        baseline: 10,
        unit: 'CPU ms',
        target: 1,
      },
    ]),
    {
      name: 'access graph: findings over everything, by build',
      measured: findingsMs,
      baseline: buildMs,
      unit: 'CPU ms',
      target: 1,
    },
    {
      name: 'access graph: memory with the snapshot, by 1 GB',
      measured: mb(bytes),
      baseline: 1024,
      unit: 'MB',
      target: 1,
    },
    {
      name: 'access graph: memory, by the snapshot alone',
      measured: mb(bytes),
      baseline: mb(bytesOfSnapshot),
      unit: 'MB',
    },
  ];
}

/** In processor time, collecting garbage included: on a busy machine the clock tells of its other work. */
function timed<Result>(run: () => Result): [number, Result] {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function mb(bytes: number): number {
  return (bytes / ONE_GB) * 1024;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is no item ${index}`);
  return item;
}
