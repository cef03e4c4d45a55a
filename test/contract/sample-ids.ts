import type { AtlassianAccountId, OrgGroupId } from '../../src/model/ids.js';

/** Account ids in the two forms that Atlassian has. */
export const ROSA = '712020:4f0a7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21' as AtlassianAccountId;
export const MIA = '5f0c8e7d1a2b3c4d5e6f7a8b' as AtlassianAccountId;
/** A group has the same id in every product. */
export const GROUP = '9d5b2a60-1b0d-4a51-9a53-7b1f2f0c8e77' as OrgGroupId;
/** A cursor with letters that a query must encode. */
export const CURSOR = 'ab/c=.d';
