import { suggestion } from '../config/unknown-keys.js';
import { ProvisionerError } from '../errors/provisioner-error.js';

/**
 * Refuses a field that nothing reads, which would have no effect in silence. Throws `request_invalid` with the name of the
 * field and of the nearest that there is.
 */
export function refuseUnknown(what: string, given: object, known: readonly string[]): void {
  if (typeof given !== 'object' || (given as unknown) === null) throw refusal(what, 'options: must be an object');
  for (const key in given) if (!known.includes(key)) throw refusal(what, `${key}: is not an option${near(key, known)}`);
}

/** Refuses what is not a list of some of these words: a word that is misspelt would find nothing. */
export function refuseOthers(what: string, field: string, given: unknown, words: readonly string[]): void {
  if (given === undefined) return;
  if (!Array.isArray(given)) throw refusal(what, `${field}: must be a list${of(words)}`);
  for (const word of given as readonly unknown[])
    if (typeof word !== 'string' || !words.includes(word))
      throw refusal(what, `${field}: has something that is none${near(word, words)}`);
}

/** That something was asked which nobody can answer. Names fields, and no value. */
export function refusal(what: string, fault: string): ProvisionerError {
  return new ProvisionerError('request_invalid', `${what} was asked for something that does not fit: ${fault}`, {
    advice: 'Correct that field; nothing was read.',
  });
}

/** The words that there are, for the end of a message. */
export function of(words: readonly string[]): string {
  return `; there ${words.length === 1 ? 'is' : 'are'} ${words.join(', ')}`;
}

function near(word: unknown, words: readonly string[]): string {
  const found = typeof word === 'string' ? suggestion(word, words) : '';
  return found === '' ? of(words) : found;
}
