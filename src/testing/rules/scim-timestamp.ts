/**
 * A timestamp as SCIM resources carry it: UTC, microseconds, trailing zeros of the fraction cut off.
 *
 * The clock has milliseconds; the three digits below are made up from them, always the same ones.
 */
export function scimTimestamp(ms: number): string {
  const iso = new Date(ms).toISOString();
  const micros = ((ms % 1000) * 271 + 42) % 1000;
  const fraction = `${iso.slice(20, 23)}${String(micros).padStart(3, '0')}`.replace(/0+$/u, '');
  return fraction === '' ? `${iso.slice(0, 19)}Z` : `${iso.slice(0, 20)}${fraction}Z`;
}
