import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadBuild } from './load-build.js';
import { alternate, type Ratio } from './ratio.js';

const CALLS = 1_000;
const CONCURRENCY = 8;

/** CPU of one read through the client, validation on, against a bare `fetch` of the same answer from the same server. */
export async function cpuPerCall(): Promise<Ratio> {
  const { ScimDirectoryClient } = await loadBuild();
  const server = fork(join(import.meta.dirname, 'user-server.ts'));
  try {
    const [port] = (await once(server, 'message')) as [number];
    const url = `http://127.0.0.1:${String(port)}/scim/directory/bench-directory`;
    const token = 'bench-token';
    const scim = ScimDirectoryClient.connect({ url, token, rateLimit: { maxConcurrent: CONCURRENCY } });
    const id = 'user-1' as Parameters<typeof scim.users.get>[0];

    const throughClient = () => scim.users.get(id);
    const bareFetch = async () => {
      const response = await fetch(`${url}/Users/${id}`, { headers: { authorization: `Bearer ${token}` } });
      return response.json();
    };

    // Both paths compiled and both pools of sockets open, before anything counts.
    await cpuOf(throughClient);
    await cpuOf(bareFetch);
    const { measured, baseline } = await alternate(
      11,
      () => cpuOf(throughClient),
      () => cpuOf(bareFetch),
    );
    return { name: 'CPU of a call, validation on / bare fetch', measured, baseline, unit: 'µs', target: 1.5 };
  } finally {
    server.kill();
  }
}

/** Microseconds of CPU, user and system, for each call. */
async function cpuOf(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  let left = CALLS;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}
