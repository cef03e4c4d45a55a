import type { OrgDirectoryId, ScimDirectoryId } from '../../model/ids.js';
import { createPropagate } from '../rules/settle.js';
import type { ProvisioningWorld } from '../rules/provisioning-world.js';
import type { FakeState } from '../state/fake-state.js';
import type { ScimSwitches } from '../switches/scim-switches.js';

/** What seeding works on: the state, and the directories that are meant when none is named. */
export interface SeedWorld extends ProvisioningWorld {
  readonly state: FakeState;
  readonly orgDirectoryId: OrgDirectoryId;
  readonly scimDirectoryId: ScimDirectoryId;
}

/** What is seeded is there at once, whatever lags are set. */
export function seedWorld(
  state: FakeState,
  switches: ScimSwitches,
  defaults: Pick<SeedWorld, 'orgDirectoryId' | 'scimDirectoryId'>,
): SeedWorld {
  return { state, switches, propagate: createPropagate(state, () => 0), ...defaults };
}

/** A name for an address that was given none: `rosa.quell@acme.com` → `Rosa Quell`. */
export function nameOf(email: string): string {
  return email
    .slice(0, email.lastIndexOf('@'))
    .split(/[._-]+/u)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
