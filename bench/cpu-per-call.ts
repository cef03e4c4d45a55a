import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import ky from 'ky';
import { loadBuild } from './load-build.js';
import { alternate, type Ratio } from './ratio.js';

const CALLS = 1_000;
const CONCURRENCY = 8;

/**
 * CPU of one read through the client, validation on, against a bare `fetch` of the same answer from the same server; and
 * of that read through ky and nothing else, which is the part of it that ky takes.
 */
export async function cpuPerCall(): Promise<Ratio[]> {
  const { ScimDirectoryClient } = await loadBuild();
  const server = fork(join(import.meta.dirname, 'user-server.ts'));
  try {
    const [port] = (await once(server, 'message')) as [number];
    const url = `http://127.0.0.1:${String(port)}/scim/directory/bench-directory`;
    const token = 'bench-token';
    const headers = { authorization: `Bearer ${token}` };
    const scim = ScimDirectoryClient.connect({ url, token, rateLimit: { maxConcurrent: CONCURRENCY } });
    const id = 'user-1' as Parameters<typeof scim.users.get>[0];

    const throughClient = () => scim.users.get(id);
    const throughKy = () => ky(`${url}/Users/${id}`, { headers, retry: 0, timeout: false }).json();
    const bareFetch = async () => {
      const response = await fetch(`${url}/Users/${id}`, { headers });
      return response.json();
    };

    // All paths compiled and their pools of sockets open, before anything counts.
    for (const call of [throughClient, throughKy, bareFetch]) await cpuOf(call);
    const ratioOf = async (name: string, call: () => Promise<unknown>, target?: number): Promise<Ratio> => {
      const cpu = await alternate(
        11,
        () => cpuOf(call),
        () => cpuOf(bareFetch),
      );
      return { name, ...cpu, unit: 'µs', ...(target !== undefined && { target }) };
    };
    return [
      await ratioOf('CPU of a call, validation on / bare fetch', throughClient, 1.5),
      await ratioOf('CPU of a call through ky alone / bare fetch', throughKy),
    ];
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
