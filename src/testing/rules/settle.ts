import type { FakeState } from '../state/fake-state.js';
import type { PendingEffect } from '../state/pending-effects.js';
import { closeAccount } from './close-account.js';
import {
  dropOrgGroup,
  joinDirectory,
  mirrorGroup,
  mirrorMember,
  unmirrorMember,
  type Propagate,
} from './group-mirror.js';

/** Makes happen what is due by now. */
export function settle(state: FakeState): void {
  for (const { effect } of state.pending.takeDue(state.clock.now())) apply(state, effect);
}

/** Makes happen at once whatever is on its way between SCIM and the organization. Grace periods go on. */
export function settlePropagation(state: FakeState): void {
  for (const { effect } of state.pending.takePropagation()) apply(state, effect);
}

/** Lets SCIM writes reach the organization, each after the lag that is in force when it is made. */
export function createPropagate(state: FakeState, lagMs: () => number): Propagate {
  return (effect) => {
    if (lagMs() === 0) apply(state, effect);
    else state.pending.schedule(state.clock.now() + lagMs(), effect);
  };
}

function apply(state: FakeState, effect: PendingEffect): void {
  switch (effect.type) {
    case 'close-account':
      closeAccount(state, effect.accountId);
      break;
    case 'mirror-group':
      mirrorGroup(state, effect.scimGroupId, effect.orgGroupId);
      break;
    case 'unmirror-group':
      dropOrgGroup(state, effect.orgGroupId);
      break;
    case 'mirror-member':
      mirrorMember(state, effect.orgGroupId, effect.accountId);
      break;
    case 'unmirror-member':
      unmirrorMember(state, effect.orgGroupId, effect.accountId);
      break;
    case 'join-directory':
      joinDirectory(state, effect.directoryId, effect.accountId);
      break;
  }
}
