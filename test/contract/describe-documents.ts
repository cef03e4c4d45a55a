import { describe, expect, test } from 'vitest';
import type { FetchFunction } from '../../src/http/ky-transport.js';
import { leavesOf } from './leaves.js';
import { assertValidRequest, assertValidResponse } from './openapi/contract.js';
import { missing } from './openapi/load.js';
import { samplesOf } from './openapi/samples.js';
import { recordedFetch, type PlayedAnswer } from './recorded-fetch.js';

/** A client, and the operations that it sends, by method and path as its documents have them. */
export interface DocumentedClient<Client> {
  readonly of: string;
  readonly calls: Readonly<Record<string, readonly [Send<Client>, ...Send<Client>[]]>>;
  readonly connect: (settings: { readonly fetch: FetchFunction; readonly retry: { maxAttempts: 1 } }) => Client;
  /** Paths of what it leaves out on purpose. */
  readonly leftOut: readonly RegExp[];
  /** Operations that answer with the thing that the caller has just named. */
  readonly saysNothing?: readonly string[];
  /** A value as it is compared, where that is not as it is; `undefined` for one that says nothing. */
  readonly plain?: (value: unknown) => unknown;
}

type Send<Client> = (client: Client) => Promise<unknown>;

/** Holds a client against its documents: what it sends, and what it makes of answers that are made of them. */
export function describeDocuments<Client>({
  of,
  calls,
  connect,
  leftOut,
  saysNothing = [],
  plain = (value) => value,
}: DocumentedClient<Client>): void {
  const entries = Object.entries(calls);
  const clientOf = (answer: PlayedAnswer) => {
    const { fetch, sent } = recordedFetch(() => answer);
    return { client: connect({ fetch, retry: { maxAttempts: 1 } }), sent };
  };

  describe.skipIf(missing !== undefined)(
    `the OpenAPI documents of ${of}${missing === undefined ? '' : ` (${missing})`}`,
    () => {
      test.each(entries)('hold for every request of %s', async (key, sends) => {
        const [sample] = samplesOf(key);

        for (const send of sends) {
          const { client, sent } = clientOf(sample!);
          await send(client);

          expect(sent.map(assertValidRequest)).toEqual([key]);
        }
      });

      test.each(entries)('make answers that the client reads, of %s', async (key, [send]) => {
        const samples = samplesOf(key);

        for (const sample of samples) {
          const { client } = clientOf(sample);

          await expect(send(client)).resolves.not.toThrow();
        }
      });

      test.each(entries.filter(([key]) => !saysNothing.includes(key)))(
        'make answers of which the client keeps every text and number, of %s',
        async (key, [send]) => {
          const samples = samplesOf(key).filter(({ fullness }) => fullness === 'full');

          for (const sample of samples) {
            const { client } = clientOf(sample);
            const kept = new Set([undefined, ...leavesOf(await send(client)).map(({ value }) => plain(value))]);

            const lost = leavesOf(sample.body).filter(({ value }) => !kept.has(plain(value)));
            const paths = lost.map(({ path }) => path);
            expect(paths.filter((path) => !leftOut.some((pattern) => pattern.test(path)))).toEqual([]);
          }
        },
      );

      test.each(entries)('hold for the answers made of them, of %s', async (key, [send]) => {
        const samples = samplesOf(key).filter(({ fullness }) => fullness !== 'full');
        const { client, sent } = clientOf(samplesOf(key)[0]!);
        await send(client);

        const { method, url } = sent[0]!;

        for (const { status, body } of samples)
          expect(assertValidResponse(method, url.pathname, status, body)).toBe(key);
      });
    },
  );
}
