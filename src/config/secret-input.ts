import { Secret } from './secret.js';

/** Whether a value is a {@link Secret}, of this or another installed copy of the package. */
export function isSecret(value: unknown): value is Pick<Secret, 'reveal'> {
  return (
    value instanceof Secret ||
    (typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function')
  );
}

/** The credential itself, however it was given. */
export function revealed(token: string | Pick<Secret, 'reveal'>): string {
  return typeof token === 'string' ? token : token.reveal();
}

/** A credential as a {@link Secret} of this copy. */
export function toSecret(token: string | Pick<Secret, 'reveal'>): Secret {
  return token instanceof Secret ? token : new Secret(revealed(token));
}
