import type { Entity } from '../entities/entity.js';
import type { Product } from '../entities/entity-type.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { ADMIN, ALL, ANY, bypassMeaning, productRoleMeaning } from './access-level.js';
import type { OpenQuestion, PathNode } from './access-path.js';
import { doubtful, type Edge } from './edge.js';
import type { Holders } from './holders.js';
import { nodeOf } from './node-of.js';
import { productOfRole, siteIdsOf, whoseSite } from './product-roles.js';
import type { ResourceEntity } from './resources.js';
import { workspaceOwner } from './workspace-owner.js';

/**
 * Administrators by product, who need no grant on what is inside of it. Each role is handed over too as a grant on what it is on.
 * Owners of Bitbucket workspaces are not among them.
 */
export function administratorsOf(
  entities: AccessSnapshot['entities'],
  holders: Holders,
  add: (entity: ResourceEntity, edge: Edge) => void,
): Readonly<Record<Product, readonly Edge[]>> {
  const administrators: Record<Product, Edge[]> = { admin: [], jira: [], confluence: [], bitbucket: [] };
  const [tenant] = entities['admin.tenant'];
  const organization: PathNode = tenant === undefined ? { type: 'admin.tenant', id: 'organization' } : nodeOf(tenant);
  const instances = {
    jira: entities['jira.instance'],
    confluence: entities['confluence.instance'],
    bitbucket: entities['bitbucket.workspace'],
  };
  const owner = workspaceOwner(entities);
  const doubt: OpenQuestion = {
    kind: 'administrators-unread',
    message:
      owner === 'ours'
        ? 'Whether administrators of the organization own the workspace is told by no answer'
        : 'Whether the workspace belongs to the organization was not established',
    about: organization,
  };
  const siteNotKnown: OpenQuestion = {
    kind: 'administrators-unread',
    message: 'Which of the sites of the organization was read is not known, and roles are on one of them',
  };
  const siteNotTold: OpenQuestion = {
    kind: 'administrators-unread',
    message: 'Which site of the organization somebody administers is told only by roles, and they have none for it',
  };
  const sites = {
    jira: siteIdsOf(entities, 'jira'),
    confluence: siteIdsOf(entities, 'confluence'),
    site: siteIdsOf(entities, 'site'),
    bitbucket: new Set<string>(),
  };
  const administer = (product: Product, edge: Edge, place: PathNode): void => {
    if ((edge.mask | edge.maybe) === 0) return;
    // Whoever administers Bitbucket owns the workspace.
    const mask = product === 'bitbucket' && edge.mask !== 0 ? ALL | ANY : edge.mask;
    administrators[product].push({ ...edge, mask, place });
  };
  const give = (
    target: Product | 'site' | 'organization',
    role: string,
    told: Omit<Edge, 'mask' | 'maybe'>,
    siteDoubt?: OpenQuestion,
  ): void => {
    const bypass = { ...told, ...bypassMeaning(role) };
    const edge = siteDoubt === undefined ? bypass : doubtful(bypass, siteDoubt);
    const own = { ...told, ...productRoleMeaning(role) };
    if (target === 'organization' || target === 'admin') {
      for (const product of ['admin', 'jira', 'confluence'] as const) administer(product, edge, organization);
      if ((edge.mask | edge.maybe) !== 0 && owner !== 'another')
        administer('bitbucket', { ...edge, mask: 0, maybe: ALL | ANY, doubt }, organization);
      if (tenant !== undefined) add(tenant, own);
      return;
    }
    const within = target === 'site' ? (['jira', 'confluence'] as const) : [target];
    for (const product of within) administer(product, edge, nodeOfFirst(instances[product], product));
    if (target === 'site') return;
    // The application roles of Jira tell who has a licence, these among them.
    if (target === 'jira' && role === 'atlassian/user' && entities['jira.applicationRole'].length > 0) return;
    for (const instance of instances[target]) add(instance, own);
  };

  for (const assignment of entities['admin.roleAssignment']) {
    const target = productOfRole(assignment);
    if (target === undefined) continue;
    const whose = target === 'organization' || target === 'admin' ? 'ours' : whoseSite(assignment, sites[target]);
    if (whose === 'another') continue;
    const { role, principal, obtained } = assignment;
    const told = {
      holder: holders.of(principal, 'admin'),
      name: role,
      evidence: assignment,
      ...(obtained.length > 0 && !obtained.includes('direct') && { effective: true }),
    };
    give(target, role, told, whose === 'unknown' ? siteNotKnown : undefined);
  }
  // Roles on the organization are told twice where they were read: as a role, which tells how, and with the person.
  const toldAsRole = new Set(
    entities['admin.roleAssignment'].flatMap((assignment) =>
      productOfRole(assignment) === 'organization' && assignment.principal.type === 'account'
        ? [`${assignment.principal.id} ${assignment.role}`]
        : [],
    ),
  );
  for (const user of entities['admin.user'])
    for (const role of user.platformRoles ?? []) {
      if (toldAsRole.has(`${user.id} ${role}`)) continue;
      const held = { holder: holders.account(user.id), name: role, evidence: user, effective: true };
      if (role !== 'atlassian/site-admin') give('organization', role, held);
      // It is not told which of the organization's sites.
      else
        for (const product of ['jira', 'confluence'] as const)
          administer(
            product,
            { ...held, mask: 0, maybe: ADMIN | ANY, doubt: siteNotTold },
            nodeOfFirst(instances[product], product),
          );
    }
  for (const group of entities['confluence.group'])
    if (group.access === 'admin')
      administrators.confluence.push({
        holder: holders.group(holders.groups.intern(group.id)),
        mask: ADMIN | ANY,
        maybe: 0,
        name: 'admin',
        evidence: group,
        place: nodeOfFirst(instances.confluence, 'confluence'),
      });
  return administrators;
}

function nodeOfFirst(entities: readonly Entity[], product: Product): PathNode {
  const [entity] = entities;
  return entity === undefined
    ? { type: product === 'confluence' ? 'confluence.instance' : 'jira.instance', id: product }
    : nodeOf(entity);
}
