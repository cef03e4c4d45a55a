import type { GraphIndexes } from '../access-graph.js';

/** `a, b and 3 more`: the first few of a list for a sentence, and how many there are beside those. */
export function listed(names: readonly string[], count = names.length, most = 5): string {
  const shown = names.slice(0, most);
  return `${shown.join(', ')}${count > shown.length ? ` and ${count - shown.length} more` : ''}`;
}

/** `Rosa Quell (rosa@acme.com)`: a person with what tells one from another of the same name. */
export function personText({ evaluation: { people, holders } }: GraphIndexes, person: number): string {
  const { name, id } = holders.accountNode(person);
  const { email } = people.describe(person);
  if (name === undefined || name === email) return email ?? id;
  return email === undefined ? name : `${name} (${email})`;
}

/** `2 resources of jira (Dock, Tide)`: what is reached, by name. */
export function reachedText(
  { evaluation }: GraphIndexes,
  { count, first }: { readonly count: number; readonly first: readonly number[] },
  of: string,
): string {
  const names = first.map((resource) => {
    const { name, id } = evaluation.resources.node(resource);
    return name ?? id;
  });
  return `${counted(count, 'resource')}${of}${count === 0 ? '' : ` (${listed(names, count)})`}`;
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
