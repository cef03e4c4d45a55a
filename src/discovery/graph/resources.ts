import type { BitbucketWorkspace } from '../entities/bitbucket-entities.js';
import type { EntityOf } from '../entities/entity.js';
import type { Product } from '../entities/entity-type.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { PathNode } from './access-path.js';
import { nodeOf } from './node-of.js';

/** Kinds of things that people reach. */
export type ResourceType =
  | 'admin.tenant'
  | 'jira.instance'
  | 'jira.project'
  | 'confluence.instance'
  | 'confluence.space'
  | 'bitbucket.workspace'
  | 'bitbucket.project'
  | 'bitbucket.repository';

/** All of them, in the order in which resources are numbered. */
export const RESOURCE_TYPES = [
  'admin.tenant',
  'jira.instance',
  'jira.project',
  'confluence.instance',
  'confluence.space',
  'bitbucket.workspace',
  'bitbucket.project',
  'bitbucket.repository',
] as const satisfies readonly ResourceType[];

/**
 * A resource by kind and id. Where nothing has the id, it is taken as the key of a project or space, the slug of a
 * workspace, or the slug or full name of a repository, whatever the case.
 */
export interface ResourceRef {
  readonly type: ResourceType;
  readonly id: string;
}

/** A resource of the snapshot. */
export interface Resource extends ResourceRef {
  readonly name?: string;
  /** Key of a project or space, slug of a workspace, full name of a repository. */
  readonly key?: string;
}

/** An entity that is a resource. */
export type ResourceEntity = EntityOf<ResourceType>;

/** The resources of a snapshot, by number. */
export class Resources {
  readonly entities: readonly ResourceEntity[];
  readonly #nodes: (PathNode | undefined)[] = [];
  readonly #byId = new Map<string, number>();
  readonly #byKey = new Map<string, number>();
  readonly #projectByKey = new Map<string, number>();
  readonly #workspaces: readonly BitbucketWorkspace[];

  constructor({ entities }: AccessSnapshot) {
    this.entities = RESOURCE_TYPES.flatMap((type): readonly ResourceEntity[] => entities[type]);
    this.#workspaces = entities['bitbucket.workspace'];
    for (const [index, entity] of this.entities.entries()) {
      this.#byId.set(`${entity.type} ${entity.id}`, index);
      for (const key of keysOf(entity)) {
        const wanted = `${entity.type} ${key.toLowerCase()}`;
        // Two workspaces may have a repository of the same slug: then only the full name tells.
        this.#byKey.set(wanted, this.#byKey.has(wanted) ? -1 : index);
      }
      if (entity.type === 'bitbucket.project') this.#projectByKey.set(entity.key, index);
    }
  }

  get size(): number {
    return this.entities.length;
  }

  find({ type, id }: ResourceRef): number | undefined {
    const found = this.#byId.get(`${type} ${id}`) ?? this.#byKey.get(`${type} ${id.toLowerCase()}`);
    return found === -1 ? undefined : found;
  }

  entity(resource: number): ResourceEntity {
    const entity = this.entities[resource];
    if (entity === undefined) throw new RangeError(`There is no resource ${resource}`);
    return entity;
  }

  describe(resource: number): Resource {
    return describe(this.entity(resource));
  }

  /** A resource as a place on a path, the same object each time. */
  node(resource: number): PathNode {
    const node = this.#nodes[resource] ?? nodeOf(this.entity(resource));
    this.#nodes[resource] = node;
    return node;
  }

  /** The project of a repository, where the snapshot has it. */
  projectOf(key: string | undefined): number | undefined {
    return key === undefined ? undefined : this.#projectByKey.get(key);
  }

  /** The workspace of something in Bitbucket: by name, or the only one there is. */
  workspaceOf(entity: ResourceEntity): BitbucketWorkspace | undefined {
    if (entity.type === 'bitbucket.workspace') return entity;
    const slug = entity.type === 'bitbucket.repository' ? entity.fullName.split('/')[0] : undefined;
    const named = this.#workspaces.find((workspace) => workspace.slug === slug);
    return named ?? (this.#workspaces.length === 1 ? this.#workspaces[0] : undefined);
  }
}

/** The product that a kind of resource belongs to. */
export function productOf(type: ResourceType): Product {
  return type.slice(0, type.indexOf('.')) as Product;
}

function describe(entity: ResourceEntity): Resource {
  const { type, id } = entity;
  const name = 'name' in entity ? entity.name : 'title' in entity ? entity.title : undefined;
  const [key] = keysOf(entity);
  return { type, id, ...(name !== undefined && { name }), ...(key !== undefined && { key }) };
}

function keysOf(entity: ResourceEntity): string[] {
  switch (entity.type) {
    case 'jira.project':
    case 'confluence.space':
    case 'bitbucket.project':
      return [entity.key];
    case 'bitbucket.workspace':
      return [entity.slug];
    case 'bitbucket.repository':
      return [entity.fullName, ...(entity.slug === entity.fullName ? [] : [entity.slug])];
    case 'admin.tenant':
    case 'jira.instance':
    case 'confluence.instance':
      return [];
  }
}
