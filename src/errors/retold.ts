import type { ProvisionerError } from './provisioner-error.js';

/** What is known of an error by whoever passes it on, and was not by whoever made it. */
export interface Retelling {
  /** What to do, in place of the advice so far. */
  readonly advice?: string;
  /** A sentence that the message begins with. */
  readonly first?: string;
}

/**
 * Tells an error again with what is known by now, in its message, its stack and its advice.
 *
 * It stays the same object, of the same class, code and fields: only whoever is the first to pass it on may do this.
 */
export function retold<Failure extends ProvisionerError>(error: Failure, { advice, first }: Retelling): Failure {
  const before = error.message;
  const advised = advice === undefined ? before : before.replace(error.advice, () => advice);
  const message = first === undefined || before.startsWith(first) ? advised : `${first} ${advised}`;
  const { stack } = error;
  const words = {
    message,
    ...(stack !== undefined && { stack: stack.replace(before, () => message) }),
    ...(advice !== undefined && { advice }),
  };
  for (const [name, value] of Object.entries(words))
    Object.defineProperty(error, name, { ...Object.getOwnPropertyDescriptor(error, name), value });
  return error;
}
