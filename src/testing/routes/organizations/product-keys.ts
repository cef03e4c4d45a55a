/** Product keys that the activity of an account is reported under (documented; newer products have none). */
const ACTIVITY_KEYS: ReadonlySet<string> = new Set([
  'jira-software',
  'jira-service-desk',
  'jira-core',
  'jira-ops',
  'stride',
  'hipchat',
  'confluence',
  'bitbucket',
  'trello',
  'opsgenie',
  'statuspage',
]);

/** Whether v1 reports activity under this key. */
export function isActivityKey(key: string): boolean {
  return ACTIVITY_KEYS.has(key);
}
