import type { Principal } from '../../entities/principal.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { OaaKeys } from './oaa-keys.js';
import { holderOf } from './oaa-holder.js';
import { OaaHoldings, type Target } from './oaa-holdings.js';
import type {
  OaaCanonicalPermission,
  OaaIdentityType,
  OaaPayload,
  OaaProperties,
  OaaPropertyTypes,
  OaaUser,
} from './oaa-payload.js';
import { OaaResources, type Added, type ResourceTraits } from './oaa-resources.js';
import { instant, nameOr, properties, withoutEmpty } from './oaa-values.js';

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
  readonly #resources = new OaaResources();
  readonly #holdings = new Map<string, OaaHoldings>();

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
    this.#requireUser(userId);
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
  resource(traits: ResourceTraits, custom: OaaProperties, parent?: Added): Added {
    return (parent?.within ?? this.#resources).add(traits, custom);
  }

  /** Gives a permission to a holder. */
  grant(principal: Principal, permission: string, target: Target): void {
    this.#holdingsOf(principal).grant(permission, target);
  }

  /** Gives a role to a holder. */
  assign(principal: Principal, roleId: string, target: Target, obtained: readonly string[] = []): void {
    this.#holdingsOf(principal).assign(roleId, target, obtained);
  }

  /** Everybody who is listed counts among the holders that mean everybody. */
  #addEverybody(): void {
    for (const kind of ['anonymous', 'authenticated'])
      if (this.hasHolder(kind))
        for (const user of this.#users.values())
          if (user.custom_properties?.listed !== false) user.groups.add(`atlassian:${kind}`);
  }

  build(snapshot: Pick<AccessSnapshot, 'startedAt' | 'completedAt'>, gaps: readonly string[]): OaaPayload {
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
            local_access_cred_properties: {},
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
            gaps,
            read_from: instant(snapshot.startedAt),
            read_until: instant(snapshot.completedAt),
          }),
          owners: [],
          resources: this.#resources.written(),
        },
      ],
      permissions: [...this.#permissions].map(([name, { types, toSubResources }]) => ({
        name,
        permission_type: types,
        apply_to_sub_resources: toSubResources,
        resource_types: [],
      })),
      identity_to_permissions: [...this.#holdings.values()].map((holdings) =>
        holdings.written(application, {
          identity: (id) => (holdings.type === 'local_user' ? this.#userKeys : this.#groupKeys).of(id),
          role: (id) => this.#roleKeys.of(id),
        }),
      ),
    };
  }

  #holdingsOf(principal: Principal): OaaHoldings {
    const [type, id] = this.#identityOf(principal);
    const key = `${type} ${id}`;
    const known = this.#holdings.get(key);
    if (known !== undefined) return known;

    const holdings = new OaaHoldings(type, id);
    this.#holdings.set(key, holdings);
    return holdings;
  }

  #identityOf(principal: Principal): [OaaIdentityType, string] {
    const holder = holderOf(principal);
    if (holder.type === 'kind') return ['local_group', this.holder(holder.kind, holder.name)];
    if (holder.type === 'group') {
      this.#requireGroup(holder.id);
      return ['local_group', holder.id];
    }
    this.#requireUser(holder.id);
    return ['local_user', holder.id];
  }

  #requireUser(id: string): void {
    if (!this.#users.has(id)) this.user(id, { names: [], emails: [], custom_properties: { listed: false } });
  }

  #requireGroup(id: string): void {
    if (!this.#groups.has(id)) this.group(id, id, { listed: false });
  }
}

function uniqueIgnoringCase(texts: readonly (string | undefined)[]): string[] {
  const unique = new Map<string, string>();
  for (const text of texts)
    if (text !== undefined && text !== '' && !unique.has(text.toLowerCase())) unique.set(text.toLowerCase(), text);
  return [...unique.values()];
}
