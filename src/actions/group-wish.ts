import type { GroupResolution } from '../identity/group-resolver.js';
import type { GroupChoice } from './input-schemas.js';

/** A wanted change of one group, and what was found for it. */
export interface GroupWish {
  readonly change: 'add' | 'remove';
  readonly choice: GroupChoice;
  readonly resolution: GroupResolution;
}
