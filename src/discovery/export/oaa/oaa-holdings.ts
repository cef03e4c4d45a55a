import type { OaaIdentityPermissions, OaaIdentityType } from './oaa-payload.js';
import { properties, withoutEmpty } from './oaa-values.js';

/** Something that access is given to: the whole application, or a resource by its key. */
export type Target = { readonly key: string } | 'application';

/** Where a permission or a role is held. */
interface Places {
  onApplication: boolean;
  readonly resources: Set<string>;
}

/** What one identity holds, permissions by name and roles by id. */
export class OaaHoldings {
  readonly type: OaaIdentityType;
  readonly id: string;
  readonly #permissions = new Map<string, Places>();
  readonly #roles = new Map<string, Places & { readonly obtained: Set<string> }>();

  constructor(type: OaaIdentityType, id: string) {
    this.type = type;
    this.id = id;
  }

  grant(permission: string, target: Target): void {
    const places = this.#permissions.get(permission) ?? { onApplication: false, resources: new Set<string>() };
    this.#permissions.set(permission, places);
    extend(places, target);
  }

  assign(roleId: string, target: Target, obtained: readonly string[]): void {
    const role = this.#roles.get(roleId) ?? { onApplication: false, resources: new Set(), obtained: new Set() };
    this.#roles.set(roleId, role);
    extend(role, target);
    for (const way of obtained) role.obtained.add(way);
  }

  /** A permission on the application and one on resources are two entries, a role has both in one. */
  written(
    application: string,
    keys: { readonly identity: (id: string) => string; readonly role: (id: string) => string },
  ): OaaIdentityPermissions {
    const permissions = [...this.#permissions];
    return withoutEmpty({
      identity: keys.identity(this.id),
      identity_type: this.type,
      application_permissions: [
        ...permissions
          .filter(([, { onApplication }]) => onApplication)
          .map(([permission]) => ({ application, permission, apply_to_application: true })),
        ...permissions
          .filter(([, { resources }]) => resources.size > 0)
          .map(([permission, { resources }]) => ({ application, permission, resources: [...resources] })),
      ],
      role_assignments: [...this.#roles].map(([role, { onApplication, resources, obtained }]) =>
        withoutEmpty({
          application,
          role: keys.role(role),
          apply_to_application: onApplication,
          resources: [...resources],
          custom_properties: properties({ obtained: [...obtained] }),
        }),
      ),
    });
  }
}

function extend(places: Places, target: Target): void {
  if (target === 'application') places.onApplication = true;
  else places.resources.add(target.key);
}
