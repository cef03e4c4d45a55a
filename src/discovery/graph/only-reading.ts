import { ALL, ANY, READ } from './access-level.js';
import type { Edge } from './edge.js';
import type { ResourceEntity } from './resources.js';

const ONLY_READING = READ | ANY;

/**
 * Why a resource can only be read, whatever its grants give; nothing where it can be changed.
 *
 * So are archived projects of Jira until an administrator restores them. No page says it of an archived space of Confluence.
 */
export function whyOnlyRead(entity: ResourceEntity): string | undefined {
  if (entity.type !== 'jira.project' || entity.archived !== true) return undefined;
  return `The project ${entity.key} is archived: it can only be read until an administrator restores it`;
}

/** The bits that a grant on a resource can give at all. */
export function givable(entity: ResourceEntity): number {
  return whyOnlyRead(entity) === undefined ? ALL | ANY : ONLY_READING;
}

/** What grants come to where one can only read: what stays in force, and what is of no use. */
export interface OnlyReading {
  readonly inForce: readonly Edge[];
  readonly withheld: readonly Edge[];
}

/** Takes every level but reading from grants. One that gives nothing else is in force no more. */
export function onlyReading(edges: readonly Edge[]): OnlyReading {
  const inForce: Edge[] = [];
  const withheld: Edge[] = [];
  for (const edge of edges) {
    const kept = { mask: readingOf(edge.mask), maybe: readingOf(edge.maybe) };
    // What shows more of what can be read has no level that could be taken.
    if (((edge.mask | edge.maybe) & ALL) === 0) inForce.push(edge);
    else if ((kept.mask | kept.maybe) !== 0) inForce.push({ ...edge, ...kept });
    if ((edge.mask & ALL & ~READ) !== 0) withheld.push({ ...edge, mask: (edge.mask & ~READ) | ANY, maybe: 0 });
  }
  return { inForce, withheld };
}

function readingOf(mask: number): number {
  return (mask & READ) === 0 ? 0 : ONLY_READING;
}
