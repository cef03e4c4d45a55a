import type { BitbucketGrant } from '../entities/bitbucket-entities.js';
import type { Product } from '../entities/entity-type.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import {
  ADMIN,
  ALL,
  ANY,
  bitbucketMeaning,
  confluenceMeaning,
  jiraMeaning,
  type Meaning,
  READ,
  spaceRoleMeaning,
} from './access-level.js';
import type { OpenQuestion } from './access-path.js';
import { administratorsOf } from './administrators.js';
import { doubtful, type Edge } from './edge.js';
import type { Holders } from './holders.js';
import { nodeOf } from './node-of.js';
import { onlyReading, whyOnlyRead } from './only-reading.js';
import type { Resources } from './resources.js';

/** All grants of a snapshot: what is held on schemes, on resources, and by administrators on everything. */
export class Grants {
  /** By index of the scheme: schemes of which archived projects leave only reading have an index of their own for that. */
  readonly ofScheme: readonly (readonly Edge[])[];
  /** By index of the scheme: what archived projects leave of no use. */
  readonly withheldOfScheme: ReadonlyMap<number, readonly Edge[]>;
  /** By number of the resource; absent for one without any. */
  readonly ofResource: (Edge[] | undefined)[];
  /** Administrators, who need no grant. Bitbucket's are in `ofOwners`. */
  readonly ofAdministrators: Readonly<Record<Product, readonly Edge[]>>;
  /** By id of the workspace. */
  readonly ofOwners: ReadonlyMap<string, readonly Edge[]>;
  readonly schemeIndex: ReadonlyMap<string, number>;
  /** Of the schemes of archived projects: the index at which only reading is left. */
  readonly archivedSchemeIndex: ReadonlyMap<string, number>;
  readonly #holders: Holders;
  readonly #resources: Resources;

  constructor({ entities }: AccessSnapshot, holders: Holders, resources: Resources) {
    this.#holders = holders;
    this.#resources = resources;
    this.ofResource = Array.from<Edge[] | undefined>({ length: resources.size });

    const schemes = entities['jira.permissionScheme'];
    this.schemeIndex = new Map(schemes.map(({ id }, index) => [id, index]));
    const live = schemes.map((scheme) =>
      scheme.grants.map(({ id, permission, principal }) => ({
        holder: holders.of(principal, 'jira'),
        ...jiraMeaning(permission),
        name: permission,
        evidence: scheme,
        grantId: id,
      })),
    );
    const archivedIds = new Set(
      entities['jira.project'].flatMap((project) =>
        whyOnlyRead(project) === undefined ? [] : [project.permissionSchemeId],
      ),
    );
    const archived = [...this.schemeIndex].flatMap(([id, index]) =>
      archivedIds.has(id) ? [{ id, ...onlyReading(live[index] ?? []) }] : [],
    );
    this.ofScheme = [...live, ...archived.map(({ inForce }) => inForce)];
    this.withheldOfScheme = new Map(archived.map(({ withheld }, place) => [live.length + place, withheld]));
    this.archivedSchemeIndex = new Map(archived.map(({ id }, place) => [id, live.length + place]));
    this.#addConfluence(entities);
    const owners = this.#addBitbucket(entities);
    this.#addInstances(entities);

    const administrators = administratorsOf(entities, holders, (entity, edge) => {
      this.#add(resources.find(entity), edge);
    });
    this.ofAdministrators = administrators;
    for (const workspace of entities['bitbucket.workspace']) {
      const list = owners.get(workspace.id) ?? [];
      list.push(...administrators.bitbucket.map((edge) => ({ ...edge, place: nodeOf(workspace) })));
      owners.set(workspace.id, list);
    }
    this.ofOwners = owners;
  }

  #add(resource: number | undefined, edge: Edge): void {
    if (resource === undefined || (edge.mask | edge.maybe) === 0) return;
    const edges = this.ofResource[resource];
    if (edges === undefined) this.ofResource[resource] = [edge];
    else edges.push(edge);
  }

  #addConfluence(entities: AccessSnapshot['entities']): void {
    const roles = new Map(
      entities['confluence.spaceRole'].map((role) => [
        role.id,
        { meaning: role.permissions && spaceRoleMeaning(role.permissions), node: nodeOf(role), name: role.name },
      ]),
    );
    const [instance] = entities['confluence.instance'];
    // The switch of the site is over what spaces give to everybody.
    const letsNobodyIn = instance?.anonymousAccess === false;
    const doubt: OpenQuestion = {
      kind: 'exposure-unread',
      message: 'Whether the site lets people in without signing in was not established',
      ...(instance !== undefined && { about: nodeOf(instance) }),
    };
    const anonymous = this.#holders.other({ kind: 'anonymous' });
    const add = (resource: number | undefined, edge: Edge): void => {
      const isDoubtful = edge.holder === anonymous && instance?.anonymousAccess === undefined;
      this.#add(resource, isDoubtful ? doubtful(edge, doubt) : edge);
    };
    for (const grant of entities['confluence.grant']) {
      if (letsNobodyIn && grant.principal.type === 'anonymous') continue;
      const resource = this.#resources.find({ type: 'confluence.space', id: grant.spaceId });
      const holder = this.#holders.of(grant.principal, 'confluence');
      if (grant.holds.kind === 'permission') {
        const { operation, target } = grant.holds;
        add(resource, {
          holder,
          ...confluenceMeaning(operation, target),
          name: `${operation}/${target}`,
          evidence: grant,
        });
        continue;
      }
      const { roleId } = grant.holds;
      const role = roles.get(roleId);
      add(resource, {
        holder,
        ...(role?.meaning ?? ({ mask: ANY, maybe: ALL } satisfies Meaning)),
        name: role?.name ?? roleId,
        evidence: grant,
        by: role?.node ?? { type: 'confluence.spaceRole', id: roleId },
      });
    }

    const authenticated = this.#holders.other({ kind: 'authenticated', product: 'confluence' });
    for (const space of entities['confluence.space']) {
      const resource = this.#resources.find({ type: 'confluence.space', id: space.id });
      const edge = { mask: READ | ANY, maybe: 0, name: 'read/space', evidence: space };
      if (space.anonymousAccess === true && !letsNobodyIn) add(resource, { ...edge, holder: anonymous });
      if (space.unlicensedAccess === true) this.#add(resource, { ...edge, holder: authenticated });
    }
  }

  #addBitbucket(entities: AccessSnapshot['entities']): Map<string, Edge[]> {
    const owners = new Map<string, Edge[]>();
    for (const grant of entities['bitbucket.grant']) {
      const edge = this.#edgeOf(grant);
      const resource = this.#resources.find({ type: `bitbucket.${grant.on}`, id: grant.resourceId });
      this.#add(resource ?? (grant.on === 'project' ? this.#resources.projectOf(grant.projectKey) : undefined), edge);
      if (grant.on !== 'workspace') continue;
      const owns = grant.level === 'owner' || grant.level === 'admin';
      const isKnown = owns || bitbucketMeaning(grant.level).maybe === 0;
      const workspace = entities['bitbucket.workspace'].find(({ id }) => id === grant.resourceId);
      if (isKnown && !owns) continue;
      const list = owners.get(grant.resourceId) ?? [];
      list.push({
        ...edge,
        ...(owns ? { mask: ALL | ANY, maybe: 0 } : { mask: 0, maybe: ALL | ANY }),
        place: workspace === undefined ? { type: 'bitbucket.workspace', id: grant.resourceId } : nodeOf(workspace),
      });
      owners.set(grant.resourceId, list);
    }

    const anonymous = this.#holders.other({ kind: 'anonymous' });
    for (const entity of [...entities['bitbucket.project'], ...entities['bitbucket.repository']])
      if (entity.private === false)
        this.#add(this.#resources.find(entity), {
          holder: anonymous,
          mask: READ | ANY,
          maybe: 0,
          name: 'public',
          evidence: entity,
        });
    return owners;
  }

  #edgeOf(grant: BitbucketGrant): Edge {
    return {
      holder: this.#holders.of(grant.principal, 'bitbucket'),
      ...bitbucketMeaning(grant.level),
      name: grant.level,
      evidence: grant,
      ...(grant.basis === 'effective' && { effective: true }),
    };
  }

  /** Use and administration of the products themselves. */
  #addInstances(entities: AccessSnapshot['entities']): void {
    for (const instance of entities['jira.instance'])
      for (const role of entities['jira.applicationRole'])
        this.#add(this.#resources.find(instance), {
          holder: this.#holders.other({ kind: 'application-role', id: role.id }),
          mask: READ | ANY,
          maybe: 0,
          name: role.id,
          evidence: role,
        });
    for (const instance of entities['confluence.instance'])
      for (const group of entities['confluence.group'])
        if (group.access !== undefined)
          this.#add(this.#resources.find(instance), {
            holder: this.#holders.group(this.#holders.groups.intern(group.id)),
            mask: READ | ANY | (group.access === 'admin' ? ADMIN : 0),
            maybe: 0,
            name: group.access,
            evidence: group,
          });
  }
}
