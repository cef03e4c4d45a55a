import type { Scrubber } from './scrubber.js';

/** Why `fetch` gave no answer, in what may be shown. */
export interface NetworkFailure {
  /** `false` only when the request cannot have left: the name was not found, the connection or its TLS not made. */
  readonly sent: boolean;
  /** Whether it is of a sort that passes: a connection is, a certificate or a fault in a custom `fetch` is not. */
  readonly transient: boolean;
  readonly systemCode?: string;
  /** The message, without secrets, of an error that has no code. */
  readonly text?: string;
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{2,59}$/;

const TLS_CODES =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|EPROTO$)/;

/** Codes of a call that Node or undici finds wrong, whatever the network does. */
const MISUSE = /^(ERR_(?!STREAM_|HTTP2_|SOCKET_)|UND_ERR_(INVALID_|NOT_SUPPORTED|REQ_))/;

/** The connection was not made. `EAI_*` and `ENOTFOUND` come from looking up the name. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
]);

/** What fetch implementations say when they have no code: Node, Deno, Bun. */
const CONNECTION_WORDS = /fetch failed|terminated|socket|connection|network|error sending request/i;

const MAX_DEPTH = 5;
const MAX_TEXT = 200;

/** Reads an error of `fetch`, which may hold the request with its header, into what may be shown. */
export function readNetworkFailure(error: unknown, scrub: Scrubber): NetworkFailure {
  const chain = causesOf(error);
  const coded = chain.find(({ code }) => typeof code === 'string' && CODE.test(code));
  const code = typeof coded?.code === 'string' ? coded.code : undefined;

  if (code !== undefined) {
    const tls = TLS_CODES.test(code);
    const unconnected = NEVER_CONNECTED.has(code) || coded?.syscall === 'connect' || coded?.syscall === 'getaddrinfo';
    return { sent: !tls && !unconnected, transient: !tls && !MISUSE.test(code), systemCode: scrub(code) };
  }
  const messages = chain.map(({ message }) => (typeof message === 'string' ? message : ''));
  const text = scrub(messages.filter((message) => message !== '').join(': '))
    .replace(/\b(https?:\/\/[^\s/?#)"']+)[^\s)"']*/gi, '$1') // a path or query may name a person
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, MAX_TEXT);
  return {
    sent: true,
    transient:
      chain.some(({ name }) => name === 'TypeError') && messages.some((message) => CONNECTION_WORDS.test(message)),
    ...(text !== '' && { text }),
  };
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
}

function causesOf(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let current = error;
  while (typeof current === 'object' && current !== null && chain.length < MAX_DEPTH) {
    chain.push(current);
    current = (current as ErrorLike).cause;
  }
  return chain;
}
