import { Buffer } from 'node:buffer';

/** The body is longer than the limit. */
export class BodyTooLarge {
  readonly limitBytes: number;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }
}

/**
 * Reads a body as text, and stops as soon as it is over the limit, so that an endless one takes no memory.
 *
 * Counts what arrives after decompression. Bytes that are no UTF-8 become U+FFFD.
 */
export async function readBody(response: Response, limitBytes: number): Promise<string | BodyTooLarge> {
  if (response.body === null) return '';
  if (Number(response.headers.get('content-length') ?? 0) > limitBytes) return refuse(response, limitBytes);

  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > limitBytes) {
      reader.cancel().catch(() => undefined);
      return new BodyTooLarge(limitBytes);
    }
    chunks.push(part.value);
  }
  return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
}

const decoder = new TextDecoder();

/** Gives up a body that nobody will read, so that its connection is free again. Never fails. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

function refuse(response: Response, limitBytes: number): BodyTooLarge {
  discardBody(response);
  return new BodyTooLarge(limitBytes);
}
