import process from 'node:process';

const warnedOf = new Set<string>();

/**
 * Tells a listener of the caller, who is not waited for.
 *
 * One that throws or rejects is warned about once a process and a name, without its error, which is not ours to print.
 */
export function tellListener<Event>(
  name: string,
  listener: ((event: Event) => unknown) | undefined,
  event: Event,
): void {
  if (listener === undefined) return;
  const warn = (): void => {
    if (warnedOf.has(name)) return;
    warnedOf.add(name);
    process.emitWarning(`An ${name} callback failed; what it was told of is not affected.`, {
      code: 'ATLASSIAN_PROVISIONER_LISTENER',
    });
  };
  try {
    Promise.resolve(listener(event)).catch(warn);
  } catch {
    warn();
  }
}
