import { isProvisionerError } from '../errors/is-provisioner-error.js';

/** Sends each read once, also when it is asked for again while it is under way, or has failed. */
export class Once {
  readonly #sent = new Map<string, Promise<unknown>>();

  /** A key must always go with the same read. */
  async read<Value>(key: string, send: () => Promise<Value>): Promise<Value> {
    const sent = this.#sent.get(key) as Promise<Value> | undefined;
    if (sent !== undefined) return sent;
    const sending = send();
    this.#sent.set(key, sending);
    return sending;
  }
}

/** The answer, or `undefined` where Atlassian says that there is none. */
export async function orMissing<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isProvisionerError(error, 'not_found')) return undefined;
    throw error;
  }
}
