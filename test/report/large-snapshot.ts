import type { AccessSnapshot } from '../../src/discovery/snapshot/access-snapshot.js';
import type { Entity } from '../../src/discovery/entities/entity.js';
import { account, group, snapshotOf } from '../../src/discovery/export/snapshot-of.fixture.js';

/** Many people in groups of fifty, and a project for each group. */
export function largeSnapshot(people: number): AccessSnapshot {
  return snapshotOf(entities(people));
}

function* entities(people: number): Generator<Entity, void, undefined> {
  const ids = Array.from({ length: people }, (_, index) => account(`712020:${String(index)}`));
  for (const [index, id] of ids.entries())
    yield {
      type: 'jira.user',
      id,
      displayName: `Person ${String(index)}`,
      email: `p${String(index)}@acme.com`,
      active: true,
    };

  for (let index = 0; index * 50 < people; index += 1) {
    const [number, members] = [String(index), ids.slice(index * 50, index * 50 + 50)];
    yield { type: 'jira.group', id: group(`g-${number}`), name: `team-${number}`, memberIds: members };
    yield {
      type: 'jira.project',
      id: number,
      key: `P${number}`,
      name: `Project ${number}`,
      permissionSchemeId: number,
    };
    yield {
      type: 'jira.permissionScheme',
      id: number,
      name: `Scheme ${number}`,
      grants: [{ id: '1', permission: 'BROWSE_PROJECTS', principal: { type: 'group', id: group(`g-${number}`) } }],
    };
  }
}
