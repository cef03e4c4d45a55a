import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AtlassianProvisioner,
  isProvisionerError,
  type AccessSnapshot,
  type AtlassianProvisionerOptions,
  type DiscoveryCheckpoint,
} from '../../src/index.js';
import { FakeAtlassian, generateOrganization } from '../../src/testing/index.js';

const WORLD = fc.record({
  people: fc.integer({ min: 1, max: 60 }),
  groups: fc.integer({ min: 1, max: 4 }),
  jiraProjects: fc.integer({ min: 0, max: 4 }),
  confluenceSpaces: fc.integer({ min: 0, max: 5 }),
  repositories: fc.integer({ min: 0, max: 6 }),
  seed: fc.integer({ min: 1, max: 1000 }),
  mode: fc.constantFrom('ROLES', 'PRE_ROLES', 'ROLES_TRANSITION', 'absent'),
  hasKey: fc.boolean(),
  scopes: fc.constantFrom(
    ['account', 'project', 'repository:admin', 'project:admin'],
    ['account', 'project', 'repository:admin'],
    ['account', 'project'],
    ['repository'],
  ),
  switches: fc.record({
    jiraShortUserPages: fc.boolean(),
    jiraGroupPageCap: fc.constantFrom(1, 50),
    confluenceShortPages: fc.constantFrom(0, 1),
    confluenceSearchCap: fc.constantFrom(2, 200),
    bitbucketPages: fc.constantFrom('numbered' as const, 'hashed' as const),
    bitbucketOauthGroups: fc.boolean(),
  }),
});
type World = typeof WORLD extends fc.Arbitrary<infer One> ? One : never;

/** Where a reading is cut: a share of the calls of a whole one. The next begins there, and is cut by the next. */
const CUTS = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), concurrency: fc.integer({ min: 1, max: 16 }) }),
  { minLength: 1, maxLength: 4 },
);

test(
  'a discovery that is cut anywhere, and again, is in the end the one that was not',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(WORLD, CUTS, async (world, cuts) => {
        const { fake, atlassian } = connected(world);
        const before = fake.snapshot();
        const whole = await atlassian.discover();
        const calls = fake.requests.length;
        fake.restore(before);

        let checkpoint: DiscoveryCheckpoint | undefined;
        let found: AccessSnapshot | undefined;
        for (const { at, concurrency } of [...cuts, { at: 2, concurrency: 16 }]) {
          const cut = new AbortController();
          let left = Math.ceil(at * calls);
          const options = {
            concurrency,
            signal: cut.signal,
            resumeFrom: checkpoint,
            onAttempt: () => {
              left -= 1;
              if (left === 0) cut.abort();
            },
            onInterrupted: (one: DiscoveryCheckpoint) => {
              checkpoint = JSON.parse(JSON.stringify(one)) as DiscoveryCheckpoint;
            },
          };
          found = await atlassian.discover(options).catch((error: unknown) => {
            if (isProvisionerError(error, 'aborted')) return undefined;
            throw error;
          });
          if (found !== undefined) break;
        }

        expect(found?.entities).toEqual(whole.entities);
        expect(found?.gaps).toEqual(whole.gaps);
      }),
      { numRuns: 10 },
    );
  },
);

function connected({ mode, hasKey, scopes, switches, ...size }: World) {
  const fake = new FakeAtlassian({ switches });
  generateOrganization(fake, { ...size, inactive: 0.2 });
  if (size.confluenceSpaces > 0) fake.changeConfluence({ mode });
  const { organizationId, admin, bitbucket, ...connection } = fake.connection();
  const options = {
    ...connection,
    ...(hasKey && { organizationId, admin }),
    ...(bitbucket !== undefined && { bitbucket: { ...bitbucket, ...fake.addOauthConsumer({ scopes }) } }),
  };
  return { fake, atlassian: new AtlassianProvisioner(options as AtlassianProvisionerOptions) };
}
