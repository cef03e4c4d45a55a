import { deprecate } from 'node:util';

/**
 * Warns of a list that Atlassian ends on 2027-06-30, once in a process for each code.
 *
 * `util.deprecate` keeps the codes it has told and goes through `process.emitWarning`, so `--no-deprecation`,
 * `--throw-deprecation` and the `warning` event work as they do for Node's own.
 */
export function warnOfDeprecation(list: 'USERS_LIST' | 'GROUPS_LIST', operation: string, use: string): void {
  const message = `${operation} calls a list that Atlassian ends on 2027-06-30; use ${use}`;
  deprecate(() => undefined, message, `ATLASSIAN_PROVISIONER_${list}`)();
}
