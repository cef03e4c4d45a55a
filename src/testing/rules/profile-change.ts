import type { JsonObject, JsonValue } from '../../model/json.js';
import type { Account, ExtendedProfile } from '../state/account-rows.js';
import { PROFILE_PATHS, type ProfilePath } from './manage-privileges.js';

/** Paths of a profile and their new values; `null` clears. */
export type ProfileChange = ReadonlyMap<ProfilePath, string | null>;

/** A field and the constraint that its value breaks. */
export interface FieldViolation {
  readonly field: string;
  readonly key: 'maxLength' | 'partMaxLength' | 'validCharacters' | 'unique';
}

const EXTENDED = 'extended_profile';
const LONGEST: ReadonlyMap<ProfilePath, number> = new Map([
  ['name', 100],
  ['nickname', 30],
]);
const LONGEST_EMAIL_PART = 255;
const CONTROL = /\p{Cc}/u;

/**
 * Reads the paths that a body changes; `undefined` when a value is not text. Names that are not paths of the profile, such
 * as the read-only ones, change nothing.
 */
export function readProfileChange(body: JsonObject): ProfileChange | undefined {
  const change = new Map<ProfilePath, string | null>();
  for (const path of PROFILE_PATHS) {
    const value = valueAt(body, path);
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') return undefined;
    change.set(path, value);
  }
  return change;
}

/** What is wrong with the values of a change. A name and a nickname cannot be cleared. */
export function profileViolations(change: ProfileChange): FieldViolation[] {
  const violations: FieldViolation[] = [];
  for (const [field, value] of change) {
    const longest = LONGEST.get(field);
    if (longest !== undefined && (value ?? '').length > longest) violations.push({ field, key: 'maxLength' });
    const isEmpty = longest !== undefined && (value ?? '') === '';
    if (isEmpty || CONTROL.test(value ?? '')) violations.push({ field, key: 'validCharacters' });
  }
  return violations;
}

/** What is wrong with an email address. */
export function emailViolations(email: string): FieldViolation[] {
  const at = email.lastIndexOf('@');
  const parts = [email.slice(0, at), ...email.slice(at + 1).split('.')];
  if (at < 1 || CONTROL.test(email) || /\s/u.test(email) || parts.some((part) => part === ''))
    return [{ field: 'email', key: 'validCharacters' }];
  return parts.some((part) => part.length > LONGEST_EMAIL_PART) ? [{ field: 'email', key: 'partMaxLength' }] : [];
}

/** The account with the changes made. */
export function withProfile(account: Account, change: ProfileChange): Account {
  const { timeZone, locale, profile, ...rest } = account;
  const next = (path: ProfilePath, before: string | undefined): string | undefined =>
    change.has(path) ? (change.get(path) ?? undefined) : before;
  const zone = next('zoneinfo', timeZone);
  const language = next('locale', locale);
  return {
    ...rest,
    name: next('name', account.name) ?? account.name,
    nickname: next('nickname', account.nickname) ?? account.nickname,
    ...(zone !== undefined && { timeZone: zone }),
    ...(language !== undefined && { locale: language }),
    profile: withoutUndefined({
      jobTitle: next('extended_profile.job_title', profile.jobTitle),
      organization: next('extended_profile.organization', profile.organization),
      department: next('extended_profile.department', profile.department),
      location: next('extended_profile.location', profile.location),
      phoneNumber: next('extended_profile.phone_number', profile.phoneNumber),
      teamType: next('extended_profile.team_type', profile.teamType),
    }),
  };
}

function withoutUndefined(values: { readonly [Name in keyof ExtendedProfile]: string | undefined }): ExtendedProfile {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function valueAt(body: JsonObject, path: ProfilePath): JsonValue | undefined {
  if (!path.startsWith(`${EXTENDED}.`)) return body[path];
  const extended = body[EXTENDED];
  const isObject = typeof extended === 'object' && extended !== null && !Array.isArray(extended);
  return isObject ? (extended as JsonObject)[path.slice(EXTENDED.length + 1)] : undefined;
}
