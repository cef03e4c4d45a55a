import type { Gap } from '../../entities/gap.js';
import type { Principal } from '../../entities/principal.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { OaaKeys } from './oaa-keys.js';
import type {
  OaaCanonicalPermission,
  OaaIdentityPermissions,
  OaaIdentityType,
  OaaPayload,
  OaaProperties,
  OaaPropertyTypes,
  OaaUser,
} from './oaa-payload.js';
import { description, instant, nameOr, properties, withoutEmpty } from './oaa-values.js';

/** What there is to say of an application before anything is put into it. */
export interface ApplicationTraits {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly userProperties?: OaaPropertyTypes;
  readonly resourceProperties: Readonly<Record<string, OaaPropertyTypes>>;
}

/** What is said of a user; `email` and further addresses find the identity at the identity provider. */
export type UserTraits = Omit<OaaUser, 'id' | 'identities' | 'groups' | 'name'> & {
  readonly names: readonly (string | undefined)[];
  readonly emails: readonly (string | undefined)[];
};

/** Something that access is given to: the whole application, or a resource by its key. */
export type Target = { readonly key: string } | 'application';

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly resource_type: string;
  readonly description?: string | undefined;
  readonly custom_properties: OaaProperties;
  readonly children: OaaKeys;
  readonly sub_resources: Map<string, Resource>;
}

/** A resource that was added, and how it is referred to. */
export interface Added {
  readonly key: string;
  readonly resource: Resource;
}

interface Holdings {
  readonly type: OaaIdentityType;
  readonly permissions: Map<string, Set<string>>;
  readonly onApplication: Set<string>;
  readonly roles: Map<string, { onApplication: boolean; readonly resources: Set<string>; obtained: Set<string> }>;
}

const USER_PROPERTIES: OaaPropertyTypes = { scim_id: 'STRING', external_id: 'STRING', listed: 'BOOLEAN' };
const GROUP_PROPERTIES: OaaPropertyTypes = {
  scim_id: 'STRING',
  managed_by: 'STRING',
  holder: 'STRING',
  members_read: 'BOOLEAN',
  listed: 'BOOLEAN',
};
const ROLE_PROPERTIES: OaaPropertyTypes = { actors_read: 'BOOLEAN', listed: 'BOOLEAN' };
const APPLICATION_PROPERTIES: OaaPropertyTypes = {
  complete: 'BOOLEAN',
  gaps: 'STRING_LIST',
  read_from: 'TIMESTAMP',
  read_until: 'TIMESTAMP',
};

/**
 * Puts one application together. Whatever is named and was not listed is made, and marked `listed: false`: nothing that is
 * held gets lost because its holder was not read.
 */
export class OaaBuilder {
  readonly #traits: ApplicationTraits;
  readonly #userKeys = new OaaKeys();
  readonly #groupKeys = new OaaKeys();
  readonly #roleKeys = new OaaKeys();
  readonly #permissionKeys = new OaaKeys();
  readonly #resourceKeys = new OaaKeys();
  readonly #users = new Map<string, UserTraits & { readonly name: string; readonly groups: Set<string> }>();
  readonly #groups = new Map<
    string,
    { name: string; readonly groups: Set<string>; custom_properties: OaaProperties }
  >();
  readonly #roles = new Map<
    string,
    { name: string; readonly permissions: Set<string>; custom_properties: OaaProperties }
  >();
  readonly #permissions = new Map<string, { types: readonly OaaCanonicalPermission[]; toSubResources: boolean }>();
  readonly #resources = new Map<string, Resource>();
  readonly #holdings = new Map<string, Holdings>();

  constructor(traits: ApplicationTraits) {
    this.#traits = traits;
  }

  user(id: string, traits: UserTraits): void {
    this.#users.set(id, { ...traits, name: nameOr(id, ...traits.names, ...traits.emails), groups: new Set() });
  }

  group(id: string, name: string, custom: OaaProperties = {}): void {
    this.#groups.set(id, { name: nameOr(id, name), groups: new Set(), custom_properties: custom });
  }

  /** Puts a listed or unlisted user into a group. */
  member(userId: string, groupId: string): void {
    if (!this.#users.has(userId)) this.user(userId, { names: [], emails: [], custom_properties: { listed: false } });
    this.#users.get(userId)?.groups.add(groupId);
  }

  /** Puts a group into another one. */
  nest(groupId: string, intoId: string): void {
    if (groupId === intoId) return;
    this.#requireGroup(groupId);
    this.#groups.get(groupId)?.groups.add(intoId);
  }

  /** A group that stands for a kind of holder, such as everybody. Returns its id. */
  holder(kind: string, name: string): string {
    const id = `atlassian:${kind}`;
    if (!this.#groups.has(id)) this.group(id, name, { holder: kind });
    return id;
  }

  hasHolder(kind: string): boolean {
    return this.#groups.has(`atlassian:${kind}`);
  }

  role(id: string, name: string, custom: OaaProperties = {}): void {
    if (!this.#roles.has(id))
      this.#roles.set(id, { name: nameOr(id, name), permissions: new Set(), custom_properties: custom });
  }

  hasRole(id: string): boolean {
    return this.#roles.has(id);
  }

  /** Adds a permission to a role. */
  include(roleId: string, permission: string): void {
    this.#roles.get(roleId)?.permissions.add(permission);
  }

  /** Names a permission, the first time it comes. Returns its name. */
  permission(name: string, types: readonly OaaCanonicalPermission[], toSubResources = false): string {
    const key = this.#permissionKeys.of(name);
    if (!this.#permissions.has(key)) this.#permissions.set(key, { types, toSubResources });
    return key;
  }

  /** Adds a resource, within another one where that is given. Returns how it is referred to. */
  resource(
    traits: {
      readonly type: string;
      readonly id: string;
      readonly name: string;
      readonly description?: string | undefined;
    },
    custom: OaaProperties,
    parent?: Added,
  ): Added {
    const id = (parent?.resource.children ?? this.#resourceKeys).of(traits.id);
    const resource: Resource = {
      id,
      name: nameOr(id, traits.name),
      resource_type: traits.type,
      description: description(traits.description),
      custom_properties: custom,
      children: new OaaKeys(),
      sub_resources: new Map(),
    };
    (parent?.resource.sub_resources ?? this.#resources).set(id, resource);
    return { key: parent === undefined ? id : `${parent.key}.${id}`, resource };
  }

  /** Gives a permission to a holder. */
  grant(principal: Principal, permission: string, target: Target): void {
    const holdings = this.#holdingsOf(principal);
    if (target === 'application') holdings.onApplication.add(permission);
    else {
      const resources = holdings.permissions.get(permission) ?? new Set();
      holdings.permissions.set(permission, resources.add(target.key));
    }
  }

  /** Gives a role to a holder. */
  assign(principal: Principal, roleId: string, target: Target, obtained: readonly string[] = []): void {
    const { roles } = this.#holdingsOf(principal);
    const assignment = roles.get(roleId) ?? { onApplication: false, resources: new Set(), obtained: new Set() };
    roles.set(roleId, assignment);
    if (target === 'application') assignment.onApplication = true;
    else assignment.resources.add(target.key);
    for (const way of obtained) assignment.obtained.add(way);
  }

  /** Everybody who is listed counts among the holders that mean everybody. */
  #addEverybody(): void {
    for (const kind of ['anonymous', 'authenticated'])
      if (this.hasHolder(kind))
        for (const user of this.#users.values())
          if (user.custom_properties?.listed !== false) user.groups.add(`atlassian:${kind}`);
  }

  build(snapshot: Pick<AccessSnapshot, 'startedAt' | 'completedAt'>, gaps: readonly Gap[]): OaaPayload {
    const { name: application, type, description: about, userProperties, resourceProperties } = this.#traits;
    this.#addEverybody();
    // Groups that only a membership or a nesting names.
    for (const { groups } of [...this.#users.values(), ...this.#groups.values()])
      for (const group of groups) this.#requireGroup(group);

    return {
      custom_property_definition: {
        applications: [
          {
            application_type: type,
            application_properties: APPLICATION_PROPERTIES,
            local_user_properties: { ...USER_PROPERTIES, ...userProperties },
            local_group_properties: GROUP_PROPERTIES,
            local_role_properties: ROLE_PROPERTIES,
            role_assignment_properties: { obtained: 'STRING_LIST' },
            resources: Object.entries(resourceProperties).map(([resource_type, types]) => ({
              resource_type,
              properties: { ...types, gaps: 'STRING_LIST' },
            })),
          },
        ],
      },
      applications: [
        {
          name: application,
          application_type: type,
          description: about,
          local_users: [...this.#users].map(([id, { names: _, emails, groups, ...user }]) =>
            withoutEmpty({
              ...user,
              id: this.#userKeys.of(id),
              identities: uniqueIgnoringCase(emails),
              groups: [...groups].map((group) => this.#groupKeys.of(group)),
            }),
          ),
          local_groups: [...this.#groups].map(([id, { groups, ...group }]) =>
            withoutEmpty({
              ...group,
              id: this.#groupKeys.of(id),
              groups: [...groups].map((other) => this.#groupKeys.of(other)),
            }),
          ),
          local_roles: [...this.#roles].map(([id, { permissions, ...role }]) =>
            withoutEmpty({ ...role, id: this.#roleKeys.of(id), permissions: [...permissions] }),
          ),
          local_access_creds: [],
          tags: [],
          custom_properties: properties({
            complete: gaps.length === 0,
            gaps: gaps.map(gapText),
            read_from: instant(snapshot.startedAt),
            read_until: instant(snapshot.completedAt),
          }),
          resources: [...this.#resources.values()].map(written),
        },
      ],
      permissions: [...this.#permissions].map(([name, { types, toSubResources }]) => ({
        name,
        permission_type: types,
        apply_to_sub_resources: toSubResources,
        resource_types: [],
      })),
      identity_to_permissions: [...this.#holdings].map(([identity, holdings]) =>
        this.#identityPermissions(application, identity.slice(identity.indexOf(' ') + 1), holdings),
      ),
    };
  }

  #identityPermissions(application: string, id: string, holdings: Holdings): OaaIdentityPermissions {
    const keys = holdings.type === 'local_user' ? this.#userKeys : this.#groupKeys;
    return withoutEmpty({
      identity: keys.of(id),
      identity_type: holdings.type,
      application_permissions: [
        ...[...holdings.onApplication].map((permission) => ({ application, permission, apply_to_application: true })),
        ...[...holdings.permissions].map(([permission, resources]) => ({
          application,
          permission,
          resources: [...resources],
        })),
      ],
      role_assignments: [...holdings.roles].map(([role, { onApplication, resources, obtained }]) =>
        withoutEmpty({
          application,
          role: this.#roleKeys.of(role),
          apply_to_application: onApplication,
          resources: [...resources],
          custom_properties: properties({ obtained: [...obtained] }),
        }),
      ),
    });
  }

  #holdingsOf(principal: Principal): Holdings {
    const [type, id] = this.#identityOf(principal);
    const key = `${type} ${id}`;
    const known = this.#holdings.get(key);
    if (known !== undefined) return known;

    const holdings: Holdings = { type, permissions: new Map(), onApplication: new Set(), roles: new Map() };
    this.#holdings.set(key, holdings);
    return holdings;
  }

  #identityOf(principal: Principal): [OaaIdentityType, string] {
    switch (principal.type) {
      case 'account':
        if (!this.#users.has(principal.id))
          this.user(principal.id, { names: [], emails: [], custom_properties: { listed: false } });
        return ['local_user', principal.id];
      case 'group':
      case 'bitbucket.group':
        this.#requireGroup(principal.id);
        return ['local_group', principal.id];
      case 'anonymous':
        return ['local_group', this.holder('anonymous', 'Everybody, without signing in')];
      case 'authenticated':
        return ['local_group', this.holder('authenticated', 'Every signed-in person')];
      case 'licensed':
        return ['local_group', this.holder('licensed', 'Every person with access to the product')];
      case 'product-admins':
        return ['local_group', this.holder('product-admins', 'Administrators of the product')];
      case 'jira.applicationRole':
        return [
          'local_group',
          this.holder(`application:${principal.id}`, `Every person with access to ${principal.id}`),
        ];
      case 'jira.projectRole':
        return [
          'local_group',
          this.holder(`project-role:${principal.id}`, `Whoever has the project role ${principal.id}`),
        ];
      case 'conditional': {
        const condition = principal.parameter === undefined ? principal.id : `${principal.id}:${principal.parameter}`;
        return ['local_group', this.holder(`conditional:${condition}`, `Whoever is ${condition}`)];
      }
      case 'unknown': {
        const kind = principal.id === undefined ? principal.kind : `${principal.kind}:${principal.id}`;
        return ['local_group', this.holder(`unknown:${kind}`, `Holder of an unknown kind: ${kind}`)];
      }
    }
  }

  #requireGroup(id: string): void {
    if (!this.#groups.has(id)) this.group(id, id, { listed: false });
  }
}

/** A gap in one sentence. */
export function gapText({ part, reason, resource, message }: Gap): string {
  const about = resource === undefined ? '' : ` of ${resource.name ?? resource.id}`;
  return `${part}${about}: ${reason} (${message})`;
}

function written({
  children: _,
  sub_resources,
  ...resource
}: Resource): OaaPayload['applications'][number]['resources'][number] {
  return withoutEmpty({ ...resource, sub_resources: [...sub_resources.values()].map(written) }) as never;
}

function uniqueIgnoringCase(texts: readonly (string | undefined)[]): string[] {
  const unique = new Map<string, string>();
  for (const text of texts)
    if (text !== undefined && text !== '' && !unique.has(text.toLowerCase())) unique.set(text.toLowerCase(), text);
  return [...unique.values()];
}
