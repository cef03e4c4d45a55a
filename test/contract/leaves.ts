/** A text or a number inside of a value, and where it stands. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every text and number inside of a value. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'number' ? [{ path, value }] : [];
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return members.flatMap(([name, member]) => leavesOf(member, path === '' ? String(name) : `${path}.${String(name)}`));
}
