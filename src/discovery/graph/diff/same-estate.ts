import type { EntityType } from '../../entities/entity-type.js';
import { refusal } from '../../refuse-unknown.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';

/** What there is one of in a snapshot, with its name for a message. */
const ROOTS: readonly (readonly [EntityType, string])[] = [
  ['admin.tenant', 'organizations'],
  ['jira.instance', 'Jira sites'],
  ['confluence.instance', 'Confluence sites'],
  ['bitbucket.workspace', 'Bitbucket workspaces'],
];

/** Refuses two snapshots that have nothing to compare: of different places, or in the wrong order. */
export function refuseOtherEstates(before: AccessSnapshot, after: AccessSnapshot): void {
  if (Date.parse(after.startedAt) < Date.parse(before.startedAt))
    throw refusal('diffSnapshots', 'after: was begun before the other; give the earlier snapshot first');
  for (const [type, name] of ROOTS) {
    const earlier = new Set(before.entities[type].map(({ id }) => id));
    const later = after.entities[type];
    if (earlier.size > 0 && later.length > 0 && !later.some(({ id }) => earlier.has(id)))
      throw refusal('diffSnapshots', `before, after: are snapshots of different ${name}`);
  }
}
