import type { Gap } from '../entities/gap.js';
import { gap } from '../reading/gap-of-error.js';

/** People whom the organization gave a licence without a group: no list of Confluence's that is read has them. */
export const PEOPLE_IN_NO_GROUP = { name: 'people in no group', hides: ['confluence.user'] } as const;

/** Says that there may be such people. Only a search for everybody, with a call for each 200, would find them here. */
export function peopleInNoGroup(): Gap {
  return gap('confluence', PEOPLE_IN_NO_GROUP, {
    what: 'not-listed',
    reason: 'truncated',
    message:
      'People come with their groups: whoever was given Confluence directly, and is in no group, is in none of the lists',
    advice:
      "Discover the organization in the same snapshot, with `roles: 'everybody'`: its roles tell who they are, without further calls.",
  });
}
