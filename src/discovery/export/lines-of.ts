/** Text in pieces, as a stream of a file or of an answer gives it. Bytes are UTF-8. */
export type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** The lines of a text, without their ends. What follows the last end is a line too, unless it is empty. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest: string[] = [];

  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      rest.push(text.slice(start, end));
      yield withoutReturn(rest.join(''));
      rest = [];
      start = end + 1;
    }
    if (start < text.length) rest.push(text.slice(start));
  }
  const last = rest.join('') + decoder.decode();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
