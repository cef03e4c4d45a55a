import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { ProvisionerError } from '../errors/provisioner-error.js';

/** A lock that this process holds. */
export interface FileLock {
  release(): Promise<void>;
}

interface LockHolder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Tells this process from an earlier one with its id: in a container every life of a service may be process 1. */
  readonly startedAt: number;
}

/**
 * Takes a lock file, which names the process that holds it.
 *
 * A lock whose process has ended is taken over. Of a process on another host nobody can know, so its lock is respected.
 */
export async function lockFile(lockPath: string): Promise<FileLock> {
  const me: LockHolder = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    startedAt: performance.timeOrigin,
  };

  if (!(await create(lockPath, me))) {
    await removeStale(lockPath, me);
    if (!(await create(lockPath, me))) throw held(lockPath);
  }
  return {
    async release() {
      if ((await readHolder(lockPath))?.id === me.id) await rm(lockPath, { force: true });
    },
  };
}

async function create(lockPath: string, holder: LockHolder): Promise<boolean> {
  try {
    await writeFile(lockPath, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeStale(lockPath: string, me: LockHolder): Promise<void> {
  const holder = await readHolder(lockPath);
  if (holder === undefined || !hasEnded(holder, me)) throw held(lockPath);

  // Moved first: of two processes that both saw it stale, only one can move it, and the other finds nothing or a new lock.
  const aside = `${lockPath}.${me.id}`;
  await rename(lockPath, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  if (moved !== undefined && moved.id !== holder.id) {
    await rename(aside, lockPath);
    throw held(lockPath);
  }
  await rm(aside, { force: true });
}

function hasEnded(holder: LockHolder, me: LockHolder): boolean {
  if (holder.host !== me.host) return false;
  if (holder.pid === me.pid) return holder.startedAt !== me.startedAt;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return isSystemError(error, 'ESRCH');
  }
}

async function readHolder(lockPath: string): Promise<LockHolder | undefined> {
  try {
    const holder = JSON.parse(await readFile(lockPath, 'utf8')) as Partial<LockHolder> | null;
    const { id, pid, host, startedAt } = holder ?? {};
    if (typeof id !== 'string' || typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { id, pid, host, startedAt: startedAt ?? 0 };
  } catch {
    return undefined;
  }
}

function held(lockPath: string): ProvisionerError {
  return new ProvisionerError('audit_failed', `Another writer holds ${lockPath}`, {
    advice: 'Give each process a file of its own. If no process writes to this one, delete the lock file.',
  });
}

/** Whether an error is one of the system, with this code. */
function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
