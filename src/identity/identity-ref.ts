import type { IdentityRefKind } from '../errors/identity-errors.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';

const KINDS: readonly IdentityRefKind[] = ['email', 'userName', 'externalId', 'scimUserId', 'accountId'];

/** An {@link IdentityRef} taken apart. */
export interface RefParts {
  readonly kind: IdentityRefKind;
  readonly value: string;
  /** The same for two references that mean the same: email and `userName` without regard to case, the rest exactly. */
  readonly key: string;
}

/**
 * Takes a reference apart.
 *
 * @throws `request_invalid` when it does not hold exactly one id that is not empty.
 */
export function refParts(ref: IdentityRef): RefParts {
  // The type keeps `null` out, and callers without types do not.
  const given = new Map<string, unknown>(isObject(ref) ? Object.entries(ref) : []);
  const [kind, ...more] = KINDS.filter((name) => given.get(name) !== undefined);
  const value = kind === undefined ? undefined : given.get(kind);
  if (kind === undefined || more.length > 0 || !isId(value))
    throw new ProvisionerError('request_invalid', `An identity is named by exactly one of ${KINDS.join(', ')}`, {
      advice: 'Pass an object with one of these members, a string that is not empty.',
    });
  return { kind, value, key: refKey(kind, value) };
}

/** A text that is not empty and that a URL can carry. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/\p{Cs}/u.test(value);
}

function isObject(ref: unknown): ref is object {
  return typeof ref === 'object' && ref !== null;
}

/** The keys of every id that an identity has. */
export function identityKeys(identity: ResolvedIdentity): readonly string[] {
  return KINDS.flatMap((kind) => {
    const value = identity[kind]?.value;
    return value === undefined ? [] : [refKey(kind, value)];
  });
}

/** Whether two emails, user names or group names are the same to Atlassian, which compares without regard to case. */
export function sameText(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && foldCase(one) === foldCase(other);
}

/** The form in which {@link sameText} texts are equal. */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

function refKey(kind: IdentityRefKind, value: string): string {
  return `${kind}:${kind === 'email' || kind === 'userName' ? foldCase(value) : value}`;
}
