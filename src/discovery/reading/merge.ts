/**
 * Reads several streams at once and yields what comes, as it comes.
 *
 * Each stream is asked for its next value when the one before has been taken, so that none runs ahead of the consumer by
 * more than one. When one fails, or the consumer stops, `stop` is called, if there is one, and all the others are ended.
 */
export async function* merge<Value>(
  streams: readonly AsyncGenerator<Value, void, undefined>[],
  stop: () => void = () => undefined,
): AsyncGenerator<Value, void, undefined> {
  type Arrival =
    | { readonly stream: AsyncGenerator<Value, void, undefined>; readonly result: IteratorResult<Value, void> }
    | { readonly error: unknown };
  const arrived: Arrival[] = [];
  let wake: (() => void) | undefined;
  let open = streams.length;

  const arrive = (arrival: Arrival): void => {
    arrived.push(arrival);
    wake?.();
  };
  const ask = (stream: AsyncGenerator<Value, void, undefined>): void => {
    stream.next().then(
      (result) => arrive({ stream, result }),
      (error: unknown) => arrive({ error }),
    );
  };

  try {
    for (const stream of streams) ask(stream);
    while (open > 0) {
      const arrival = arrived.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in arrival) throw arrival.error;
      const { stream, result } = arrival;
      if (result.done === true) {
        open -= 1;
        continue;
      }
      yield result.value;
      ask(stream);
    }
  } finally {
    stop();
    await Promise.allSettled(streams.map((stream) => stream.return()));
  }
}
