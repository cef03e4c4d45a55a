import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProvisionerError } from '../errors/provisioner-error.js';

const LINE_FEED = 0x0a;
const CHUNK_BYTES = 65_536;

/** The end of a file of lines. */
export interface FileTail {
  /** Bytes up to and with the last line feed. */
  readonly completeBytes: number;
  /** The last complete line without its line feed; `undefined` in a file without one. */
  readonly lastLine: Buffer | undefined;
  /** What follows the last line feed: a line whose writing was cut short. Empty when there is none. */
  readonly torn: Buffer;
}

/** A file that this process appends to, where each append is on the disk when it returns or is not there at all. */
export class AppendOnlyFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #size: number;
  #unusable: string | undefined;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
  }

  /** Opens a file, or creates one that only its owner can read. The folder must exist. */
  static async open(path: string): Promise<AppendOnlyFile> {
    const handle = await open(path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      if (size === 0) await syncFolder(dirname(path));
      return new AppendOnlyFile(path, handle, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Appends bytes and waits until the disk has them. When it throws, none of them is in the file. */
  async append(bytes: Buffer): Promise<void> {
    if (this.#unusable !== undefined) throw unusable(this.path, this.#unusable);
    await this.#checkUnchanged();
    try {
      await this.#handle.appendFile(bytes);
      await this.#handle.sync();
    } catch (error) {
      await this.#undo();
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Shortens the file to its first `size` bytes. */
  async truncate(size: number): Promise<void> {
    await this.#handle.truncate(size);
    await this.#handle.sync();
    this.#size = size;
  }

  async readTail(): Promise<FileTail> {
    const completeBytes = (await this.#lastLineFeedBefore(this.#size)) + 1;
    const torn = await this.#read(completeBytes, this.#size);
    if (completeBytes === 0) return { completeBytes, lastLine: undefined, torn };
    const lineStart = (await this.#lastLineFeedBefore(completeBytes - 1)) + 1;
    return { completeBytes, lastLine: await this.#read(lineStart, completeBytes - 1), torn };
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #checkUnchanged(): Promise<void> {
    const mine = await this.#handle.stat();
    if (mine.size !== this.#size) throw unusable(this.path, 'something else wrote to it');
    const there = await stat(this.path).catch(() => undefined);
    if (there?.ino !== mine.ino || there.dev !== mine.dev) throw unusable(this.path, 'it was moved or deleted');
  }

  async #undo(): Promise<void> {
    try {
      await this.#handle.truncate(this.#size);
    } catch {
      this.#unusable = 'part of a line was written and could not be taken back';
    }
  }

  /** Offset of the last line feed before `end`, or -1. */
  async #lastLineFeedBefore(end: number): Promise<number> {
    for (let chunkEnd = end; chunkEnd > 0; chunkEnd -= CHUNK_BYTES) {
      const start = Math.max(0, chunkEnd - CHUNK_BYTES);
      const index = (await this.#read(start, chunkEnd)).lastIndexOf(LINE_FEED);
      if (index !== -1) return start + index;
    }
    return -1;
  }

  async #read(start: number, end: number): Promise<Buffer> {
    const buffer = Buffer.alloc(end - start);
    for (let filled = 0; filled < buffer.length;) {
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) throw unusable(this.path, 'it became shorter while it was read');
      filled += bytesRead;
    }
    return buffer;
  }
}

/** A new file is only there after a power cut when its folder was written too. Windows cannot, and need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function unusable(path: string, why: string): ProvisionerError {
  return new ProvisionerError('audit_failed', `Cannot append to ${path}: ${why}`, {
    advice: 'Close the sink, check the file with verifyAuditLog, and open it again.',
  });
}
