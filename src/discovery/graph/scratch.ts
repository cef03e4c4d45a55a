/**
 * Bytes to mark places in, used again for each question: 100 kB made anew each time, outside of the heap, would set off
 * the garbage collector every few hundred questions, and one of those would wait for it.
 */
export class Scratch {
  #bytes = new Uint8Array(0);

  /** So many bytes of 0. They are good until the next call. */
  cleared(length: number): Uint8Array {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    else this.#bytes.fill(0, 0, length);
    return this.#bytes.length === length ? this.#bytes : this.#bytes.subarray(0, length);
  }
}

// Neither of these walks with an iterator, which makes an object for each of 100,000 places until it is optimized.

/** Sets bits in many places. */
export function mark(bytes: Uint8Array, places: Int32Array, bits: number): void {
  const { length } = places;
  for (let index = 0; index < length; index += 1) {
    const place = places[index] ?? 0;
    bytes[place] = (bytes[place] ?? 0) | bits;
  }
}

/** Marks places, and counts those that were not marked before. */
export function countUnmarked(bytes: Uint8Array, places: Int32Array): number {
  const { length } = places;
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    const place = places[index] ?? 0;
    if (bytes[place] !== 0) continue;
    bytes[place] = 1;
    count += 1;
  }
  return count;
}
