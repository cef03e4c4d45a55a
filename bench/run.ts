/** Prints ratios measured in one run on one machine. Absolute times say more about the machine than about the code. */
import { accessGraph } from './access-graph.js';
import { callsPerAction } from './calls-per-action.js';
import { cpuPerCall } from './cpu-per-call.js';
import { discoveryTime } from './discovery-time.js';
import { fakeThroughput } from './fake-throughput.js';
import { importTime } from './import-time.js';
import { printRatios } from './ratio.js';
import { streamingMemory } from './streaming-memory.js';

const ofCalls = [await importTime(), ...(await cpuPerCall())];
// Its memory is counted with all that the process holds: before what holds more.
const ofGraph = accessGraph();
printRatios([
  ...ofCalls,
  await fakeThroughput(),
  ...(await callsPerAction()),
  ...(await discoveryTime()),
  ...(await streamingMemory()),
  ...ofGraph,
]);
