import { nearestName } from '../../model/nearest-name.js';
import type { FakeAtlassianOptions } from '../fake-options.js';
import type { FakeFault } from '../faults/fault.js';
import type { ScimUserAttributes } from '../state/scim-rows.js';
import type {
  BitbucketProjectSeed,
  BitbucketWorkspaceSeed,
  OauthConsumerSeed,
  RepositorySeed,
} from './seed-bitbucket.js';
import type { ConfluenceChange, ConfluenceSpaceSeed } from './seed-confluence.js';
import type { GroupSeed } from './seed-groups.js';
import type { JiraPermissionSchemeSeed, JiraProjectSeed } from './seed-jira.js';
import type { DomainSeed, KeySeed, ProductSeed } from './seed-organization.js';
import type { AccountSeed, ApiTokenSeed, UserSeed } from './seed-people.js';

/** Every name that a seed may have: the compiler sees to it that none is left out. */
type Names<Seed> = { readonly [Name in keyof Seed]-?: true };
type UserChange = Partial<ScimUserAttributes> & { readonly accountId?: string | undefined };

export const OPTIONS_NAMES: Names<FakeAtlassianOptions> = {
  organizationName: true,
  paid: true,
  guard: true,
  startsAt: true,
  realTime: true,
  requestDurationMs: true,
  lags: true,
  switches: true,
  rateLimits: true,
  baseUrl: true,
};
export const FAULT_NAMES: Names<FakeFault> = {
  times: true,
  skip: true,
  status: true,
  body: true,
  headers: true,
  retryAfter: true,
  takesEffect: true,
  reset: true,
  hang: true,
  malformed: true,
  delayMs: true,
};
export const DOMAIN_NAMES: Names<DomainSeed> = {
  status: true,
  claimed: true,
  claimType: true,
};
/** Of the SCIM record, in a seed of it and in a change. */
const RECORD_NAMES = {
  userName: true,
  externalId: true,
  emails: true,
  name: true,
  displayName: true,
  nickName: true,
  title: true,
  department: true,
  organization: true,
  timezone: true,
  preferredLanguage: true,
  phoneNumbers: true,
  active: true,
  enterprise: true,
  basedIn: true,
} as const;
export const USER_NAMES: Names<UserSeed> = {
  email: true,
  link: true,
  groups: true,
  directoryId: true,
  ...RECORD_NAMES,
};
export const USER_CHANGE_NAMES: Names<UserChange> = {
  accountId: true,
  ...RECORD_NAMES,
};
export const ACCOUNT_NAMES: Names<AccountSeed> = {
  email: true,
  membership: true,
  claimedByOrg: true,
  groups: true,
  type: true,
  status: true,
  emailVerified: true,
  name: true,
  nickname: true,
  timeZone: true,
  locale: true,
  profile: true,
  managementSource: true,
  googleLocked: true,
  exportBlocked: true,
  mfaEnabled: true,
  lifecycleBlockers: true,
  productUses: true,
};
export const GROUP_NAMES: Names<GroupSeed> = {
  name: true,
  origin: true,
  members: true,
  description: true,
  managedBy: true,
  access: true,
  type: true,
  directoryId: true,
  orgDirectoryId: true,
};
export const KEY_NAMES: Names<KeySeed> = {
  kind: true,
  scopes: true,
  directoryId: true,
  organizationId: true,
  ownerAccountId: true,
  expiresAt: true,
  label: true,
  secret: true,
};
export const API_TOKEN_NAMES: Names<ApiTokenSeed> = {
  label: true,
  scopes: true,
  lastAccessAt: true,
  expiresAt: true,
};
export const PRODUCT_NAMES: Names<ProductSeed> = {
  key: true,
  site: true,
  capacity: true,
  grantedBy: true,
  role: true,
  directoryId: true,
};
export const SPACE_NAMES: Names<ConfluenceSpaceSeed> = {
  key: true,
  name: true,
  type: true,
  status: true,
  creator: true,
  anonymous: true,
  unlicensed: true,
  productAdmins: true,
  roles: true,
  permissions: true,
  site: true,
};
export const CONFLUENCE_CHANGE_NAMES: Names<ConfluenceChange> = {
  mode: true,
  anonymousAccess: true,
  edition: true,
  site: true,
};
export const JIRA_PROJECT_NAMES: Names<JiraProjectSeed> = {
  key: true,
  name: true,
  site: true,
  style: true,
  type: true,
  roles: true,
  permissionScheme: true,
  private: true,
  lead: true,
  category: true,
  description: true,
  url: true,
  archived: true,
};
export const JIRA_SCHEME_NAMES: Names<JiraPermissionSchemeSeed> = {
  name: true,
  description: true,
  site: true,
  grants: true,
};
export const WORKSPACE_NAMES: Names<BitbucketWorkspaceSeed> = {
  slug: true,
  name: true,
  seats: true,
  private: true,
  forkingMode: true,
};
export const BITBUCKET_PROJECT_NAMES: Names<BitbucketProjectSeed> = {
  key: true,
  name: true,
  description: true,
  private: true,
  grants: true,
  branchRestrictions: true,
  branchingModel: true,
};
export const REPOSITORY_NAMES: Names<RepositorySeed> = {
  project: true,
  name: true,
  slug: true,
  mainBranch: true,
  forkPolicy: true,
  inheritsBranchRestrictions: true,
  description: true,
  private: true,
  grants: true,
  branchRestrictions: true,
  branchingModel: true,
};
export const CONSUMER_NAMES: Names<OauthConsumerSeed> = {
  name: true,
  scopes: true,
  private: true,
  actsAs: true,
};

/**
 * Refuses a name that there is not: it would have no effect, and who writes JavaScript has no types to say so.
 *
 * Throws a `TypeError` with the name, and the one that was probably meant.
 */
export function refuseUnknownNames(what: string, given: object, names: object): void {
  const known = Object.keys(names);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  const hint = near === undefined ? `It has ${known.join(', ')}` : `Did you mean "${near}"?`;
  throw new TypeError(`${what} of the fake has no "${unknown}". ${hint}`);
}
