/** Whether a pattern stands for an operation: its name, `*`, or the beginning of names and `*` (`scim.users.*`). */
export function matchesOperation(pattern: string, operation: string): boolean {
  return pattern.endsWith('*') ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;
}
