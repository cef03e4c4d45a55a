import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { GapIndex } from './gap-index.js';
import type { Grants } from './grants.js';
import type { GrantsInForce } from './grants-in-force.js';
import type { Groups } from './groups.js';
import type { HolderQuestions } from './holder-questions.js';
import type { Holders } from './holders.js';
import type { People } from './people.js';
import type { Resources } from './resources.js';

/** A snapshot, sorted by what answers ask it for. */
export interface Sources {
  readonly snapshot: AccessSnapshot;
  readonly gaps: GapIndex;
  readonly people: People;
  readonly groups: Groups;
  readonly holders: Holders;
  readonly holderQuestions: HolderQuestions;
  readonly resources: Resources;
  readonly grants: Grants;
  readonly inForce: GrantsInForce;
}
