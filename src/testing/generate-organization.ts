import type { AtlassianAccountId, OrgGroupId, ScimGroupId, ScimUserId } from '../model/ids.js';
import { internalsOf } from './internals.js';
import type { FakeOrganization } from './seeding/fake-organization.js';
import { generateConfluenceSpaces } from './generate-confluence-spaces.js';
import { generateJiraProjects } from './generate-jira-projects.js';
import { generateRepositories } from './generate-repositories.js';
import { createAccount } from './rules/create-account.js';
import { SYNCED_GROUP_ACCESS } from './rules/group-mirror.js';
import { scimTimestamp } from './rules/scim-timestamp.js';

/** How large an organization to make, and of what. */
export interface GenerateOptions {
  /** Default 100,000. */
  readonly people?: number;
  /** Default: one for every hundred people. */
  readonly groups?: number;
  /** Groups of an average person. Default 4. */
  readonly groupsPerPerson?: number;
  /** How steeply group sizes fall: the k-th largest has 1/k^s of the largest one's members. Default 1, as Zipf found. */
  readonly steepness?: number;
  /** Share of the groups that are local. Default 0.2. */
  readonly localGroups?: number;
  /** Share of the people who are deactivated. Default 0.02. */
  readonly inactive?: number;
  /** Share of the people who have an account and no SCIM record. Default 0.05. */
  readonly unsynced?: number;
  /** Default `acme.example`. It becomes verified and claimed. */
  readonly domain?: string;
  /**
   * Company-managed Jira projects, `P1` to `Pn`: groups hold their roles and each has one of two permission schemes. Default
   * 0: there is no Jira.
   */
  readonly jiraProjects?: number;
  /**
   * Bitbucket repositories, `repo-1` to `repo-n`, 25 in a project: a group may use each, and a person some. Default 0: there
   * is no workspace.
   */
  readonly repositories?: number;
  /** Confluence spaces, `S1` to `Sn`: groups and people have roles in them. Default 0: there is no Confluence. */
  readonly confluenceSpaces?: number;
  /** The same seed makes the same organization. Default 1. */
  readonly seed?: number;
}

/** What was made. */
export interface GeneratedOrganization {
  readonly people: number;
  readonly groups: number;
  /** Memberships in the organization, synced and local. */
  readonly memberships: number;
  /** Members of the largest group, `group-1`. */
  readonly largestGroup: number;
  /** How often somebody holds a role in a Jira project. */
  readonly jiraRoleActors: number;
  /** Explicit grants on Bitbucket repositories and projects. */
  readonly repositoryGrants: number;
  /** How often somebody has a role in a Confluence space. */
  readonly spaceRoleAssignments: number;
}

const DEPARTMENTS = ['Operations', 'Engineering', 'Finance', 'Sales', 'Support', 'Legal', 'People'];

interface Person {
  readonly accountId: AtlassianAccountId;
  readonly scimUserId: ScimUserId | undefined;
  readonly orgGroups: string[];
  readonly scimGroups: string[];
}

interface Group {
  readonly orgGroupId: OrgGroupId;
  readonly scimGroupId: ScimGroupId | undefined;
  readonly members: readonly Person[];
}

/**
 * Fills a fake with people `person-1@…` to `person-n@…` and groups `group-1` (the largest) to `group-m`, whose sizes
 * follow Zipf's law. A synced group has only people with a SCIM record.
 *
 * It writes to the state past every route and rule, so that 100,000 people take a second or two.
 */
export function generateOrganization(fake: FakeOrganization, options: GenerateOptions = {}): GeneratedOrganization {
  const count = options.people ?? 100_000;
  const groupCount = options.groups ?? Math.max(1, Math.round(count / 100));
  const random = mulberry32(options.seed ?? 1);
  const domain = options.domain ?? 'acme.example';
  fake.addDomain(domain);

  const timestamp = scimTimestamp(fake.clock.now());
  const people: Person[] = [];
  for (let number = 1; number <= count; number += 1) {
    const isSynced = random() >= (options.unsynced ?? 0.05);
    const isActive = random() >= (options.inactive ?? 0.02);
    people.push(addPerson(fake, `person-${number}@${domain}`, { number, isActive, isSynced, timestamp }));
  }

  const sizes = zipfSizes(groupCount, count * (options.groupsPerPerson ?? 4), options.steepness ?? 1, count);
  const synced = people.filter((person) => person.scimUserId !== undefined);
  const groups = sizes.map((size, index): Group => {
    const isLocal = random() < (options.localGroups ?? 0.2);
    const ids = addGroup(fake, `group-${index + 1}`, isLocal, timestamp);
    return { ...ids, members: pick(isLocal ? people : synced, size, random) };
  });
  addMembers(fake, people, groups);
  const memberCounts = groups.map(({ members }) => members.length);
  return {
    people: count,
    groups: groupCount,
    memberships: memberCounts.reduce((all, members) => all + members, 0),
    largestGroup: Math.max(0, ...memberCounts),
    jiraRoleActors: generateJiraProjects(fake, {
      count: options.jiraProjects ?? 0,
      groupIds: groups.map(({ orgGroupId }) => orgGroupId),
      accountIds: people.map(({ accountId }) => accountId),
      random,
    }),
    repositoryGrants: generateRepositories(fake, {
      count: options.repositories ?? 0,
      groupIds: groups.map(({ orgGroupId }) => orgGroupId),
      accountIds: people.map(({ accountId }) => accountId),
      random,
    }),
    spaceRoleAssignments: generateConfluenceSpaces(fake, {
      count: options.confluenceSpaces ?? 0,
      groupIds: groups.map(({ orgGroupId }) => orgGroupId),
      accountIds: people.map(({ accountId }) => accountId),
      random,
    }),
  };
}

function addPerson(
  fake: FakeOrganization,
  email: string,
  facts: {
    readonly number: number;
    readonly isActive: boolean;
    readonly isSynced: boolean;
    readonly timestamp: string;
  },
): Person {
  const { state } = internalsOf(fake);
  const now = state.clock.now();
  const name = `Person ${facts.number}`;
  const department = DEPARTMENTS[facts.number % DEPARTMENTS.length] ?? '';
  const { accountId } = createAccount(state, {
    email,
    name,
    profile: { department },
    managementSource: facts.isSynced ? 'synced' : 'invited',
    ...(!facts.isActive && { status: 'inactive', deactivatedAt: now }),
  });
  state.directoryMemberships.put({ directoryId: fake.orgDirectoryId, accountId, status: 'active', addedAt: now });
  if (!facts.isSynced) return { accountId, scimUserId: undefined, orgGroups: [], scimGroups: [] };

  const scimUserId = state.ids.next('scimUser') as ScimUserId;
  state.scimUsers.put({
    id: scimUserId,
    directoryId: fake.directoryId,
    accountId,
    attributes: {
      userName: email,
      externalId: `e-${facts.number}`,
      emails: [{ value: email, type: 'work', primary: true }],
      displayName: name,
      department,
      active: facts.isActive,
    },
    created: facts.timestamp,
    lastModified: facts.timestamp,
  });
  return { accountId, scimUserId, orgGroups: [], scimGroups: [] };
}

function addGroup(
  fake: FakeOrganization,
  name: string,
  isLocal: boolean,
  timestamp: string,
): Pick<Group, 'orgGroupId' | 'scimGroupId'> {
  const { state } = internalsOf(fake);
  const orgGroupId = state.ids.next('orgGroup') as OrgGroupId;
  const scimGroupId = isLocal ? undefined : (state.ids.next('scimGroup') as ScimGroupId);
  state.groups.put({
    id: orgGroupId,
    directoryId: fake.orgDirectoryId,
    name,
    description: null,
    origin: isLocal ? 'local' : 'synced',
    ...(scimGroupId !== undefined && { scimGroupId, scimDirectoryId: fake.directoryId }),
    managedBy: isLocal ? 'admins' : 'external',
    access: isLocal ? { readable: true, modifiable: true, deletable: true } : SYNCED_GROUP_ACCESS,
    type: 'GROUP',
    createdAt: state.clock.now(),
  });
  if (scimGroupId !== undefined)
    state.scimGroups.put({
      id: scimGroupId,
      directoryId: fake.directoryId,
      displayName: name,
      orgGroupId,
      created: timestamp,
      lastModified: timestamp,
    });
  return { orgGroupId, scimGroupId };
}

/** Both sides of every membership, in the organization and in the directory, each list made once. */
function addMembers(fake: FakeOrganization, people: readonly Person[], groups: readonly Group[]): void {
  const { state } = internalsOf(fake);
  for (const { members, orgGroupId, scimGroupId } of groups) {
    for (const person of members) {
      person.orgGroups.push(orgGroupId);
      if (scimGroupId !== undefined) person.scimGroups.push(scimGroupId);
    }
  }
  state.groupMembers.load(
    groups.map(({ orgGroupId, members }) => ({
      group: orgGroupId,
      members: members.map((person) => person.accountId),
    })),
    people.map(({ accountId, orgGroups }) => ({ member: accountId, groups: orgGroups })),
  );
  state.scimMembers.load(
    groups.map(({ scimGroupId = '', members }) => ({
      group: scimGroupId,
      members: scimGroupId === '' ? [] : members.map((person) => person.scimUserId ?? ''),
    })),
    people.map(({ scimUserId = '', scimGroups }) => ({ member: scimUserId, groups: scimGroups })),
  );
}

/** Sizes that fall as 1/k^s, about `total` in sum, none above `largest` and none below 1. */
function zipfSizes(count: number, total: number, steepness: number, largest: number): number[] {
  const shares = Array.from({ length: count }, (_, index) => 1 / (index + 1) ** steepness);
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => Math.min(largest, Math.max(1, Math.round((total * share) / sum))));
}

/** Different people, spread over all of them: steps of a length that has no divisor in common with their number. */
function pick(people: readonly Person[], size: number, random: () => number): Person[] {
  const { length } = people;
  const start = Math.floor(random() * length);
  let step = 1 + Math.floor(random() * Math.max(1, length - 1));
  while (greatestCommonDivisor(step, length) !== 1) step += 1;
  const places = new Int32Array(Math.min(size, length));
  for (let index = 0; index < places.length; index += 1) places[index] = (start + index * step) % length;
  // In the order of the people: lists that run through memory in one direction are several times as fast.
  const picked: Person[] = [];
  for (const place of places.sort()) {
    const person = people[place];
    if (person !== undefined) picked.push(person);
  }
  return picked;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A small generator of pseudo-random numbers from 0 up to 1, by Tommy Ettinger. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
