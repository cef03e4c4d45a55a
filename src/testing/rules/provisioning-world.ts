import type { FakeState } from '../state/fake-state.js';
import type { ScimSwitches } from '../switches/scim-switches.js';
import type { Propagate } from './group-mirror.js';

/** What the rules of provisioning work on. The context of a route is one. */
export interface ProvisioningWorld {
  readonly state: FakeState;
  readonly propagate: Propagate;
  readonly switches: ScimSwitches;
}
