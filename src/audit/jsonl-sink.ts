import { access, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBranded, ProvisionerError } from '../errors/provisioner-error.js';
import { AppendOnlyFile, type FileTail } from './append-only-file.js';
import { chain, EMPTY_LOG, readChainedLine, type AuditLogHead } from './audit-chain.js';
import type { AuditEvent } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';
import { lockFile, type FileLock } from './file-lock.js';
import { verifyAuditLog } from './verify-audit-log.js';

/** Settings of a {@link JsonlSink}. */
export interface JsonlSinkOptions {
  /**
   * What to do when the last line of an existing file was cut short, by a crash or a full disk. Default `refuse`.
   *
   * - `refuse`: opening fails and names it
   * - `set-aside`: moves it to a file beside the log, `<path>.torn-<time>`, and says so with a process warning
   */
  readonly onTornLine?: 'refuse' | 'set-aside' | undefined;
  /**
   * Whether to hold `<path>.lock` while the file is open. Default `true`.
   *
   * The lock of a process that has ended on this host is taken over; one of another host never is. Set `false` where
   * the host name changes with each start and nothing else mounts the folder. Another writer is then still noticed,
   * before the next event is written.
   */
  readonly lock?: boolean | undefined;
}

interface OpenLog {
  readonly file: AppendOnlyFile;
  readonly lock: FileLock | undefined;
}

/**
 * Appends each event to a file of JSON lines, and waits until the disk has it.
 *
 * A line is the event with three fields more: `position`, `previousHash` and `hash`, the SHA-256 of the line without
 * `hash` in canonical form (RFC 8785). `verifyAuditLog` finds a line that was removed, altered, inserted or moved. That
 * the last lines were cut off, or all of it written anew, only a {@link AuditLogHead} shows that was kept elsewhere.
 *
 * The file is opened by the first event or by `open`; the folder must exist. An existing file is continued after its last
 * line was checked, and where this sink had closed it, only if it holds what it held then. One process at a time may write
 * to it. Before moving it away, close the sink; a later event then begins a new file.
 */
export class JsonlSink implements AuditSink {
  readonly #path: string;
  readonly #options: JsonlSinkOptions;
  #log: OpenLog | undefined;
  #head: AuditLogHead | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string | URL, options: JsonlSinkOptions = {}) {
    this.#path = resolve(path instanceof URL ? fileURLToPath(path) : path);
    this.#options = options;
  }

  /** The end of the log, for keeping elsewhere. `undefined` until the file was opened. */
  head(): AuditLogHead | undefined {
    return this.#head;
  }

  async open(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#ensureOpen();
    });
  }

  /** Keeps an event. */
  async write(event: AuditEvent): Promise<void> {
    await this.#inTurn(async () => {
      const { file, head } = await this.#ensureOpen();
      const next = chain(event, head);
      await this.#naming('append to', file.append(Buffer.from(`${next.line}\n`, 'utf8')));
      this.#head = next.head;
    });
  }

  /** Closes the file and gives up the lock. A later event opens it again. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      const log = this.#log;
      this.#log = undefined;
      await log?.file.close();
      await log?.lock?.release();
    });
  }

  async #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #ensureOpen(): Promise<{ readonly file: AppendOnlyFile; readonly head: AuditLogHead }> {
    if (this.#log !== undefined && this.#head !== undefined) return { file: this.#log.file, head: this.#head };
    return this.#naming('open', this.#open());
  }

  /** The system's own errors name no file that a reader of the outer error would see. */
  async #naming<Result>(attempted: string, work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      throw isBranded(error) ? error : fileFailed(attempted, this.#path, error);
    }
  }

  async #open(): Promise<{ readonly file: AppendOnlyFile; readonly head: AuditLogHead }> {
    const lock = this.#options.lock === false ? undefined : await lockFile(`${this.#path}.lock`);
    let file: AppendOnlyFile | undefined;
    try {
      const wasThere = await exists(this.#path);
      file = await AppendOnlyFile.open(this.#path);
      const tail = await file.readTail();
      const head = headOf(tail, this.#path);
      await this.#checkContinues(head, wasThere);
      if (tail.torn.length > 0) await this.#settleTorn(file, tail);
      this.#log = { file, lock };
      this.#head = head;
      return { file, head };
    } catch (error) {
      await file?.close();
      await lock?.release();
      throw error;
    }
  }

  /** A log that was closed by this sink goes on where it was left. One that was moved away is begun anew. */
  async #checkContinues(found: AuditLogHead, wasThere: boolean): Promise<void> {
    const held = this.#head;
    if (held === undefined || !wasThere) return;
    const isSame = found.events === held.events && found.hash === held.hash;
    if (isSame) return;
    // Longer than it was left: another process may have written to it, after what was there.
    if (found.events > held.events && (await verifyAuditLog(this.#path, { expectedHead: held })).ok) return;
    throw new ProvisionerError('audit_failed', `${this.#path} is not as it was closed: it was cut or written anew`, {
      advice: 'Check the file with verifyAuditLog and the `head()` of the sink, keep it, and start another.',
    });
  }

  async #settleTorn(file: AppendOnlyFile, tail: FileTail): Promise<void> {
    const bytes = String(tail.torn.length);
    if (this.#options.onTornLine !== 'set-aside')
      throw new ProvisionerError('audit_failed', `The last line of ${this.#path} was cut short (${bytes} bytes)`, {
        advice: 'Look at it, then open the sink with `onTornLine: "set-aside"` to keep it beside the log and go on.',
      });

    const aside = `${this.#path}.torn-${new Date().toISOString().replaceAll(':', '-')}`;
    await writeFile(aside, tail.torn, { flag: 'wx', mode: 0o600, flush: true });
    await file.truncate(tail.completeBytes);
    process.emitWarning(`The last line of ${this.#path} was cut short; its ${bytes} bytes are in ${aside}`, {
      code: 'ATLASSIAN_AUDIT_LOG_TORN',
    });
  }
}

const SYSTEM_ADVICE: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'Create the folder: the sink makes the file only.'],
  ['ENOTDIR', 'Correct the path: part of it is a file.'],
  ['EISDIR', 'Correct the path: it is a folder.'],
  ['EACCES', 'Let the process write to the file and its folder.'],
  ['EPERM', 'Let the process write to the file and its folder.'],
  ['EROFS', 'Take a folder that can be written to.'],
  ['ENOSPC', 'Make room on the disk.'],
]);

function fileFailed(attempted: string, path: string, cause: unknown): ProvisionerError {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const why = typeof code === 'string' ? code : 'it failed for a reason the system has no code for';
  return new ProvisionerError('audit_failed', `Cannot ${attempted} ${path}: ${why}`, {
    cause,
    retryable: true,
    advice: SYSTEM_ADVICE.get(code) ?? 'Make the file and its folder writable.',
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function headOf({ lastLine }: FileTail, path: string): AuditLogHead {
  if (lastLine === undefined) return EMPTY_LOG;
  const line = readChainedLine(lastLine.toString('utf8'));
  if (line !== undefined) return { events: line.position, hash: line.hash };
  throw new ProvisionerError('audit_failed', `The last line of ${path} is not one that an audit log ends with`, {
    advice: 'Check the file with verifyAuditLog, keep it, and start another.',
  });
}
