import type { Entity } from '../src/discovery/entities/entity.js';
import { ENTITY_TYPES } from '../src/discovery/entities/entity-type.js';
import type { AccessSnapshot } from '../src/discovery/snapshot/access-snapshot.js';

/** How large an organization is. */
export interface SnapshotSize {
  readonly people: number;
  readonly groups: number;
  /** Two fifths projects, two fifths spaces, one fifth repositories. */
  readonly resources: number;
}

const SCHEMES = 200;
const ROLES = ['administrators', 'developers', 'viewers'];
const MEMBERSHIPS_A_PERSON = 12;
const SITE = '517e0000-0000-4000-8000-000000000001';

/**
 * An organization as a reader would hand it over: each entity parsed from its own line, so that no two share a text.
 *
 * A third of the memberships is in one group of everybody, and in a few large ones; most groups are small.
 */
export function parsedSnapshot(lines: readonly string[]): AccessSnapshot {
  const entities = Object.fromEntries(ENTITY_TYPES.map((type): [string, Entity[]] => [type, []]));
  for (const line of lines) {
    const entity = JSON.parse(line) as Entity;
    entities[entity.type]?.push(entity);
  }
  return {
    format: 'atlassian-provisioner/access-snapshot',
    version: 1,
    startedAt: '2026-11-01T10:00:00.000Z',
    completedAt: '2026-11-01T11:00:00.000Z',
    products: ['admin', 'jira', 'confluence', 'bitbucket'],
    entities: entities as unknown as AccessSnapshot['entities'],
    gaps: [],
  };
}

/** The lines of an organization, the same each time. */
export function snapshotLines({ people, groups, resources }: SnapshotSize): string[] {
  const random = randomNumbers();
  const lines: string[] = [];
  const add = (entity: object): void => void lines.push(JSON.stringify(entity));
  const pick = (count: number): number => Math.floor(random() * count);
  const person = (index: number): string => `712020:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const group = (index: number): string => `276f955c-63d7-42c8-9520-${String(index).padStart(12, '0')}`;
  const anyone = (): object => ({ type: 'account', id: person(pick(people)) });
  const anyGroup = (): object => ({ type: 'group', id: group(1 + pick(groups - 1)) });

  const tie = (from: string, id: string, to: string, other: string): void => {
    const ends = { from: { type: from, id }, to: { type: to, id: other } };
    add({ type: 'connection', id: `${from}|${id}|${to}|${other}`, ...ends, evidence: 'account-id' });
  };

  add({ type: 'admin.tenant', id: 'acme' });
  add({ type: 'jira.instance', id: SITE, baseUrl: 'https://acme.atlassian.net' });
  add({ type: 'confluence.instance', id: SITE, mode: 'classic' });
  const members = Array.from({ length: groups }, (): string[] => []);
  for (let index = 0; index < people; index += 1) {
    const mine = new Set([0, 1 + pick(5), 1 + pick(50)]);
    while (mine.size < MEMBERSHIPS_A_PERSON) mine.add(pick(groups));
    for (const one of mine) members[one]?.push(person(index));
    const email = `person-${index}@acme.com`;
    add({
      type: 'admin.user',
      id: person(index),
      email,
      name: `Person ${index}`,
      accountStatus: index % 50 === 0 ? 'inactive' : 'active',
      userType: index % 40 === 0 ? 'unmanaged' : 'managed',
      groupIds: [...mine].map(group),
    });
    add({
      type: 'jira.user',
      id: person(index),
      email,
      displayName: `Person ${index}`,
      accountType: 'atlassian',
      active: true,
    });
    add({
      type: 'confluence.user',
      id: person(index),
      email,
      displayName: `Person ${index}`,
      accountType: 'atlassian',
    });
    add({
      type: 'bitbucket.user',
      id: person(index),
      key: person(index),
      uuid: `{${person(index).slice(7)}}`,
      displayName: `Person ${index}`,
      active: true,
      deleted: false,
    });
    add({ type: 'scim.user', id: `record-${index}`, userName: email, email, active: true, accountId: person(index) });
    tie('scim.user', `record-${index}`, 'admin.user', person(index));
    for (const product of ['jira', 'confluence', 'bitbucket'])
      tie('admin.user', person(index), `${product}.user`, person(index));
    for (const owner of ['jira-software', 'confluence']) {
      const resourceId = `ari:cloud:${owner}::site/${SITE}`;
      add({
        type: 'admin.roleAssignment',
        id: `account|${person(index)}|atlassian/user|${resourceId}`,
        principal: { type: 'account', id: person(index) },
        role: 'atlassian/user',
        resourceId,
        resourceOwner: owner,
        obtained: ['group'],
      });
    }
  }
  for (const [index, memberIds] of members.entries()) {
    add({ type: 'admin.group', id: group(index), name: `group-${index}`, origin: 'synced', writableBy: 'scim' });
    add({ type: 'jira.group', id: group(index), name: `group-${index}`, memberIds });
    add({
      type: 'confluence.group',
      id: group(index),
      name: `group-${index}`,
      memberIds,
      ...(index === 0 && { access: 'user' }),
    });
    add({ type: 'bitbucket.group', id: group(index), name: `group-${index}`, memberIds });
  }

  add({ type: 'jira.applicationRole', id: 'jira-software', name: 'Jira', groupIds: [group(0)], defaultGroupIds: [] });
  for (let scheme = 0; scheme < SCHEMES; scheme += 1) {
    const holders = [
      ...ROLES.map((id) => ({ type: 'jira.projectRole', id })),
      { type: 'licensed' },
      anyGroup(),
      anyGroup(),
    ];
    const permissions = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'DELETE_ISSUES', 'ADMINISTER_PROJECTS'];
    const grants = holders.flatMap((principal, holder) =>
      permissions
        .slice(0, 5 - (holder % 4))
        .map((permission, index) => ({ id: `${holder}${index}`, permission, principal })),
    );
    add({ type: 'jira.permissionScheme', id: String(scheme), name: `Scheme ${scheme}`, grants });
  }
  const projects = Math.floor((resources * 2) / 5);
  for (let index = 0; index < projects; index += 1) {
    const id = String(10_000 + index);
    const name = `Project ${index}`;
    add({ type: 'jira.project', id, key: `P${index}`, name, permissionSchemeId: String(index % SCHEMES) });
    for (const roleId of ROLES) {
      const actors = [anyGroup(), anyGroup(), anyone(), anyone()].map((principal) => ({ principal }));
      add({
        type: 'jira.projectRole',
        id: `${id}/${roleId}`,
        projectId: id,
        roleId,
        name: `${name} - ${roleId}`,
        roleName: roleId,
        actors,
      });
    }
  }
  const operations = ['read/space', 'create/page', 'create/comment', 'delete/page', 'administer/space'];
  let grantCount = 0;
  for (let index = 0; index < projects; index += 1) {
    const id = String(600_000 + index);
    const flags = { anonymousAccess: index % 500 === 0, unlicensedAccess: false };
    add({ type: 'confluence.space', id, key: `S${index}`, name: `Space ${index}`, ...flags });
    for (const principal of [{ type: 'licensed' }, anyGroup(), anyGroup(), anyone()])
      for (const operation of operations) {
        grantCount += 1;
        const [name, target] = operation.split('/');
        const holds = { kind: 'permission', operation: name, target };
        add({ type: 'confluence.grant', id: `cg${grantCount}`, spaceId: id, principal, holds });
      }
  }
  add({ type: 'bitbucket.workspace', id: '{acme}', slug: 'acme', name: 'Acme' });
  const repositories = resources - 2 * projects;
  const level = (on: string, resourceId: string, name: string, principal: object): void => {
    grantCount += 1;
    add({ type: 'bitbucket.grant', id: `bg${grantCount}`, on, resourceId, level: name, basis: 'explicit', principal });
  };
  for (let index = 0; index < Math.ceil(repositories / 20); index += 1) {
    add({ type: 'bitbucket.project', id: `{k${index}}`, key: `K${index}`, name: `Project ${index}`, private: true });
    level('project', `{k${index}}`, 'write', { type: 'bitbucket.group', id: group(1 + pick(groups - 1)) });
  }
  for (let index = 0; index < repositories; index += 1) {
    const names = {
      slug: `r${index}`,
      fullName: `acme/r${index}`,
      name: `r${index}`,
      projectKey: `K${Math.floor(index / 20)}`,
    };
    add({ type: 'bitbucket.repository', id: `{r${index}}`, ...names, private: index % 300 !== 0, grants: 'explicit' });
    level('repository', `{r${index}}`, 'write', { type: 'bitbucket.group', id: group(1 + pick(groups - 1)) });
    level('repository', `{r${index}}`, 'admin', anyone());
  }
  return lines;
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function randomNumbers(): () => number {
  let state = 20_261_122;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
