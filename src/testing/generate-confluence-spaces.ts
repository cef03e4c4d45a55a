import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import { internalsOf } from './internals.js';
import type { FakeOrganization } from './seeding/fake-organization.js';
import { addConfluenceSpace } from './seeding/seed-confluence.js';

/** What to make, and of whom. */
interface ConfluenceSpacesToMake {
  readonly count: number;
  readonly groupIds: readonly OrgGroupId[];
  readonly accountIds: readonly AtlassianAccountId[];
  readonly random: () => number;
}

/** Share of the spaces that everybody with a licence reads. */
const SHARED = 0.4;
/** Share of the spaces that need no licence, or not even an account. */
const OPEN = 0.05;
/** Share of the spaces in which a single person has a role beside the groups. */
const WITH_PEOPLE = 0.3;

/** Makes Confluence spaces in which groups and people have roles. Returns how often somebody has one. */
export function generateConfluenceSpaces(fake: FakeOrganization, make: ConfluenceSpacesToMake): number {
  const { count, groupIds, accountIds, random } = make;
  if (count === 0) return 0;
  const [confluence] = fake.addSite('acme', ['confluence']);
  if (confluence !== undefined && groupIds.length > 0) fake.addGroupRole('group-1', confluence.ari);
  const { state } = internalsOf(fake);
  const before = state.confluence.assignments.size;
  const pick = <Item>(items: readonly Item[]): readonly Item[] => {
    const item = items[Math.floor(random() * items.length)];
    return item === undefined ? [] : [item];
  };

  for (let number = 1; number <= count; number += 1) {
    const managers = pick(groupIds);
    const collaborators = pick(groupIds).filter((id) => !managers.includes(id));
    addConfluenceSpace(state, {
      key: `S${number}`,
      name: `Space ${number}`,
      unlicensed: random() < OPEN,
      anonymous: random() < OPEN,
      roles: {
        Manager: managers,
        Collaborator: collaborators,
        Viewer: [
          ...(random() < SHARED ? ['all-licensed-users'] : []),
          ...(random() < WITH_PEOPLE ? pick(accountIds) : []),
        ],
      },
    });
  }
  return state.confluence.assignments.size - before;
}
