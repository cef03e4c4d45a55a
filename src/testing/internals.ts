import type { FakeState } from './state/fake-state.js';
import type { VisibleState } from './state/visible-state.js';

/** What a fake is made of, and no user of it sees. */
export interface FakeInternals {
  readonly state: FakeState;
  /** The state as reads of the organization show it. */
  readonly visible: VisibleState;
  /** Without a trailing slash. */
  readonly baseUrl: string;
}

const INTERNALS = new WeakMap<object, FakeInternals>();

/** Keeps the internals of a fake, for {@link internalsOf}. */
export function keepInternals(fake: object, internals: FakeInternals): FakeInternals {
  INTERNALS.set(fake, internals);
  return internals;
}

/** The internals of a fake, for the parts of the fake itself and for its own tests. */
export function internalsOf(fake: object): FakeInternals {
  const internals = INTERNALS.get(fake);
  if (internals === undefined) throw new Error('This is no FakeAtlassian of this copy of the package');
  return internals;
}
