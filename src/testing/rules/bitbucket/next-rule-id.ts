import type { FakeState } from '../../state/fake-state.js';

/** Ids begin here, so that they look like those of the service. */
const FIRST_ID = 48_120_077;

/** The id of the next branch restriction: a number. */
export function nextRuleId(state: FakeState): string {
  return String(FIRST_ID + Number.parseInt(state.ids.next('bitbucketRule').slice(-12), 16) - 1);
}
