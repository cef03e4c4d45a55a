import { z } from 'zod';
import { Secret } from '../config/secret.js';
import type { Clock } from './clock.js';
import { createTransport, type TransportOptions } from './create-transport.js';
import { path } from './path.js';
import type { ApiRequest, AttemptEvent, Transport } from './transport.js';

export const TOKEN = 'k3y-7f1Qz9-WmX2b4-planted';

/** Time that passes only by sleeping, and then at once. */
export class InstantClock implements Clock {
  readonly sleeps: number[] = [];
  #now = Date.parse('2026-03-01T00:00:00Z');

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
  }
}

/** Time that moves when told to; what is due resolves in order. */
export class VirtualClock implements Clock {
  #now = 0;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new Error('stopped'));
      });
    });
  }

  /** Runs until nobody sleeps any more. */
  async run(): Promise<void> {
    for (;;) {
      await settle();
      const next = this.#sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return;
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}

/** Lets all promises that can move on do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Something a scripted server does with one request. */
export type Reaction = Response | Error | ((request: Request) => Response | Promise<Response>);

/** A transport on a script of answers; the last one goes on for ever. */
export function scripted(
  reactions: readonly Reaction[],
  options: TransportOptions & { readonly api?: string; readonly baseUrl?: string } = {},
): {
  readonly transport: Transport<'organization-key'>;
  readonly requests: Request[];
  readonly events: AttemptEvent[];
  readonly clock: InstantClock;
} {
  const requests: Request[] = [];
  const events: AttemptEvent[] = [];
  const clock = new InstantClock();
  const transport = createTransport({
    api: 'test',
    baseUrl: 'https://api.test',
    credential: { kind: 'organization-key', token: new Secret(TOKEN) },
    fetch: async (request) => {
      const reaction = reactions[Math.min(requests.length, reactions.length - 1)];
      requests.push(request);
      if (reaction === undefined || reaction instanceof Error) throw reaction ?? new Error('No reaction');
      return typeof reaction === 'function' ? reaction(request) : reaction.clone();
    },
    onAttempt: (event) => events.push(event),
    clock,
    ...options,
  });
  return { transport, requests, events, clock };
}

/** What `fetch` of Node rejects with when a connection breaks. */
export function connectionError(code: string, syscall?: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) });
}

const anything = z.unknown();

export const readThing: ApiRequest<unknown> = {
  operation: 'things.get',
  method: 'GET',
  path: path`/things/${'1'}`,
  response: anything,
};

export const createThing: ApiRequest<unknown> = {
  operation: 'things.create',
  method: 'POST',
  path: path`/things`,
  body: { name: 'x' },
  response: anything,
};

export const deleteThing: ApiRequest<unknown> = {
  operation: 'things.delete',
  method: 'DELETE',
  path: path`/things/${'1'}`,
  response: anything,
  repeat: 'idempotent',
};

/** The error a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error,
  );
}
