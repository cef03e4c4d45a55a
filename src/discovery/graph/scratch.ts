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
