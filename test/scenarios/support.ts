import { test as base } from 'vitest';
import {
  AtlassianProvisioner,
  MemorySink,
  type ActionResult,
  type AtlassianProvisionerOptions,
  type ProvisionerSettings,
  type OperationOutcome,
  type RelationshipsExtra,
} from '../../src/index.js';
import { FakeAtlassian } from '../../src/testing/index.js';

/** What a scenario is given: all of it fresh, and on the time of the fake. */
export interface Scenario {
  /** An organization with the verified and claimed domain `acme.com`, and nobody in it. */
  readonly fake: FakeAtlassian;
  /** A provisioner on it, with both keys. */
  readonly atlassian: AtlassianProvisioner;
  /** The audit events of `atlassian` and of whatever `connect` makes. */
  readonly audit: MemorySink;
  /** Makes another provisioner on the same fake. `{ admin: undefined }` leaves a credential out. */
  readonly connect: (options: ProvisionerSettings) => AtlassianProvisioner;
}

/** A test with a {@link Scenario}: `test('…', async ({ fake, atlassian }) => { … })`. */
export const test = base.extend<Scenario>({
  // Vitest reads the names of the fixtures it is to make from this pattern.
  // eslint-disable-next-line no-empty-pattern -- the fake is made from nothing
  fake: async ({}, use) => {
    const fake = new FakeAtlassian();
    fake.addDomain('acme.com');
    await use(fake);
  },
  // eslint-disable-next-line no-empty-pattern -- the sink is made from nothing
  audit: async ({}, use) => {
    await use(new MemorySink());
  },
  connect: async ({ fake, audit }, use) => {
    await use(
      (options) =>
        new AtlassianProvisioner({
          ...fake.connection(),
          audit: { sink: audit },
          ...options,
        } as AtlassianProvisionerOptions),
    );
  },
  atlassian: async ({ connect }, use) => {
    await use(connect({}));
  },
});

/** What became of each operation, in order: `['scim.user.create', 'applied']`. */
export function outcomesOf({ operations }: Pick<ActionResult, 'operations'>): [string, OperationOutcome][] {
  return operations.map(({ operation, outcome }) => [operation.kind, outcome]);
}

/** The ids of the identity of a result, without where and when each was read. */
export function idsOf({ identity }: Pick<ActionResult, 'identity'>): Record<string, string> {
  if (identity === undefined) return {};
  const { link, ...ids } = identity;
  return { link, ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.value])) };
}

/** The outcome of each group asked for: `add berth-crew: applied`. */
export function told({ relationships }: RelationshipsExtra): string[] {
  return relationships.map(({ change, group, outcome, code }) =>
    [`${change} ${group}: ${outcome}`, ...(code === undefined ? [] : [code])].join(' '),
  );
}
