export { FakeAtlassian, type FakeSnapshot, type RunningFake } from './fake-atlassian.js';
export type { FakeAtlassianOptions, FakeConnection, InProcessConnection } from './fake-options.js';
export type { FakeFault, FaultTarget, ScriptedFault } from './faults/fault.js';
export { DOCUMENTED_RATE_LIMITS, type FakeRateLimit } from './faults/rate-limits.js';
export { generateOrganization, type GeneratedOrganization, type GenerateOptions } from './generate-organization.js';
export type { LoggedRequest, RequestLog } from './requests/request-log.js';
export type { FakeMethod, SeenCredential } from './routes/route.js';
export type { BitbucketGroupSeed, FakeBitbucketGrants, FakeBitbucketOrganization } from './seeding/fake-bitbucket.js';
export type {
  BitbucketGrantsSeed,
  BitbucketProjectSeed,
  BitbucketWorkspaceSeed,
  BranchRestrictionSeed,
  OauthConsumerSeed,
  RepositorySeed,
} from './seeding/seed-bitbucket.js';
export type { BitbucketLevel, BranchingModelRow, ModelledBranchRow } from './state/bitbucket-rows.js';
export type { ConfluenceMode } from './state/confluence-rows.js';
export type { BitbucketSwitches } from './switches/bitbucket-switches.js';
export type { AddedScimDirectory, FakeIdentityStore } from './seeding/fake-identity-store.js';
export type { FakeOrganization } from './seeding/fake-organization.js';
export type { ConfluenceChange, ConfluenceSpaceSeed, FakeSpaceView } from './seeding/seed-confluence.js';
export type {
  FakeJiraProjectView,
  JiraPermissionSchemeSeed,
  JiraPrincipalRef,
  JiraProjectSeed,
} from './seeding/seed-jira.js';
export type { GroupSeed } from './seeding/seed-groups.js';
export type { DomainSeed, KeySeed, ProductSeed } from './seeding/seed-organization.js';
export type { AccountFacts, AccountSeed, ApiTokenSeed, UserSeed } from './seeding/seed-people.js';
export type { FakeAccountView, FakeGroupView, FakeRoleView, FakeUserView } from './seeding/views.js';
export type { ExtendedProfile, LifecycleBlocker, ProductUse } from './state/account-rows.js';
export type { FakeClock, FakeClockOptions } from './state/fake-clock.js';
export type { Workspace } from './state/organization-rows.js';
export type { ProvisioningLogLine, ScimContact, ScimName, ScimUserAttributes } from './state/scim-rows.js';
export type { FakeLags } from './state/visible-state.js';
export type { ConfluenceSwitches } from './switches/confluence-switches.js';
export type { JiraSwitches } from './switches/jira-switches.js';
export { DEFAULT_SWITCHES, type FakeSwitches } from './switches/fake-switches.js';
export type { OrganizationSwitches } from './switches/organization-switches.js';
export type { ScimSwitches } from './switches/scim-switches.js';
export type { UserManagementSwitches } from './switches/user-management-switches.js';
export type { FakeFetch } from './wire/fake-fetch.js';
export type { ListenOptions, RunningServer } from './wire/fake-server.js';
