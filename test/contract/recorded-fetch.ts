import type { SentRequest } from './openapi/contract.js';

/** What a server is to answer. */
export interface PlayedAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** A fetch that notes each request and plays one answer. */
export function recordedFetch(answer: (sent: SentRequest) => PlayedAnswer): {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly sent: readonly SentRequest[];
} {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(request) {
      const { method, headers } = request;
      const seen = { method, url: new URL(request.url), headers, text: await request.text() };
      sent.push(seen);
      const { status, body } = answer(seen);
      return new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      });
    },
  };
}
