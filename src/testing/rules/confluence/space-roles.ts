import type { SpaceRoleRow } from '../../state/confluence-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import { ADMINISTER, EVERYTHING, READ } from './space-operations.js';

const VIEWER = [READ, 'create/comment'];
const COLLABORATOR = [...VIEWER, 'create/page', 'create/blogpost', 'create/attachment', 'archive/page', 'export/space'];
const MANAGER = EVERYTHING.filter((operation) => operation !== ADMINISTER && operation !== 'delete/space');

const DEFAULT_ROLES: readonly Pick<SpaceRoleRow, 'name' | 'description' | 'permissions'>[] = [
  { name: 'Admin', description: 'Runs the space', permissions: EVERYTHING },
  { name: 'Manager', description: 'Keeps the content in order', permissions: MANAGER },
  { name: 'Collaborator', description: 'Makes and edits content', permissions: COLLABORATOR },
  { name: 'Viewer', description: 'Reads and comments', permissions: VIEWER },
];

/** The roles of a site: the four that every site has, with ids of its own, and those it has made. */
export function rolesOf(state: FakeState, cloudId: string): SpaceRoleRow[] {
  const defaults = DEFAULT_ROLES.map((role, index): SpaceRoleRow => ({
    ...role,
    id: `50a1e${index + 1}00-0000-4000-8000-${cloudId.slice(-12)}`,
    cloudId,
    type: 'SYSTEM',
  }));
  return [...defaults, ...state.confluence.roles.findAll('cloudId', cloudId)];
}

/** A role of a site by its id, or by its name in whatever case. */
export function findRole(state: FakeState, cloudId: string, idOrName: string): SpaceRoleRow | undefined {
  return rolesOf(state, cloudId).find(
    ({ id, name }) => id === idOrName || name.toLowerCase() === idOrName.toLowerCase(),
  );
}
