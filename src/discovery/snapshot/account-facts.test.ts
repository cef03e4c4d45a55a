import { expect, test } from 'vitest';
import { entity } from '../graph/snapshot.fixture.js';
import { withScimIds } from './account-facts.js';

const record = entity('scim.user', 's1', { groups: [{ id: 'scim-crew', name: 'Crew' }] });
const crew = (id: string, origin: 'synced' | 'local' | 'unknown') =>
  entity('admin.group', id, { name: 'crew', origin });

test.each([
  ['the only group of the name', [crew('a', 'unknown')], ['a']],
  ['the synced one of several', [crew('a', 'local'), crew('b', 'synced')], ['b']],
  ['none where several may be it', [crew('a', 'synced'), crew('b', 'synced')], []],
  ['none where the origin of another is not known', [crew('a', 'synced'), crew('b', 'unknown')], []],
] as const)('the id in the SCIM directory is given to %s', (_which, groups, expected) => {
  const given = withScimIds(groups, [record]);

  expect(given.filter(({ scimGroupId }) => scimGroupId === 'scim-crew').map(({ id }) => id)).toEqual(expected);
});
