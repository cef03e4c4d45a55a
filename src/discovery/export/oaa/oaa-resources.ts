import { OaaKeys } from './oaa-keys.js';
import type { OaaProperties, OaaResource } from './oaa-payload.js';
import { description, nameOr, withoutEmpty } from './oaa-values.js';

/** What is said of a resource. */
export interface ResourceTraits {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
}

/** A resource that was added, and how it is referred to: one within another by the keys of both. */
export interface Added {
  readonly key: string;
  readonly within: OaaResources;
}

interface Resource extends Omit<OaaResource, 'description' | 'sub_resources'> {
  readonly description: string | undefined;
  readonly within: OaaResources;
}

/** The resources of an application, or those within one of them. */
export class OaaResources {
  readonly #parentKey: string | undefined;
  readonly #keys = new OaaKeys();
  readonly #resources = new Map<string, Resource>();

  constructor(parentKey?: string) {
    this.#parentKey = parentKey;
  }

  add(traits: ResourceTraits, custom: OaaProperties): Added {
    const id = this.#keys.of(traits.id);
    const key = this.#parentKey === undefined ? id : `${this.#parentKey}.${id}`;
    // One that is there twice keeps what was put into it.
    const within = this.#resources.get(id)?.within ?? new OaaResources(key);
    this.#resources.set(id, {
      id,
      name: nameOr(id, traits.name),
      resource_type: traits.type,
      description: description(traits.description),
      custom_properties: custom,
      within,
    });
    return { key, within };
  }

  written(): OaaResource[] {
    return [...this.#resources.values()].map(({ within, description: text, ...resource }) =>
      withoutEmpty({
        ...resource,
        ...(text !== undefined && { description: text }),
        sub_resources: within.written(),
      }),
    );
  }
}
