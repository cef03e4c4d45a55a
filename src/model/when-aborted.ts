interface Watched {
  readonly watchers: Set<() => void>;
  readonly fire: () => void;
}

const watchedSignals = new WeakMap<AbortSignal, Watched>();

/**
 * Calls back once when a signal is aborted, at once if it has been.
 *
 * All that watch one signal share one listener on it: Node warns of a leak from the eleventh on, and a caller may give one
 * signal to hundreds of calls at a time. The listener goes with the last that watches.
 *
 * @returns What ends the watch; of no effect after the callback.
 */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const watched = watchedSignals.get(signal) ?? listenTo(signal);
  const watcher = (): void => callback();
  watched.watchers.add(watcher);

  return () => {
    watched.watchers.delete(watcher);
    if (watched.watchers.size > 0 || watchedSignals.get(signal) !== watched) return;
    watchedSignals.delete(signal);
    signal.removeEventListener('abort', watched.fire);
  };
}

function listenTo(signal: AbortSignal): Watched {
  const watchers = new Set<() => void>();
  const fire = (): void => {
    watchedSignals.delete(signal);
    for (const watcher of [...watchers]) if (watchers.delete(watcher)) watcher();
  };
  const watched = { watchers, fire };
  watchedSignals.set(signal, watched);
  signal.addEventListener('abort', fire, { once: true });
  return watched;
}
