/**
 * What Veza's client and its service ask of a payload, checked without any of the code that writes one. Each fault is a
 * sentence; a good payload has none.
 */
export function faultsOfOaa(payload: unknown): string[] {
  const faults: string[] = [];
  const check = (good: boolean, fault: () => string) => {
    if (!good) faults.push(fault());
  };
  const root = payload as Json;
  const [definition] = list(object(root.custom_property_definition).applications);
  const [application, ...others] = list(root.applications);
  check(others.length === 0 && application !== undefined, () => 'There is not exactly one application');
  if (application === undefined || definition === undefined) return [...faults, 'There are no definitions'];

  check(
    Object.keys(root).toSorted().join() ===
      'applications,custom_property_definition,identity_to_permissions,permissions',
    () => 'The payload has other members',
  );
  check(definition.application_type === application.application_type, () => 'The definitions are of another type');

  // Property names, types and values.
  const declared = {
    application: types(definition.application_properties),
    user: types(definition.local_user_properties),
    group: types(definition.local_group_properties),
    role: types(definition.local_role_properties),
    assignment: types(definition.role_assignment_properties),
  };
  const byResourceType = new Map(list(definition.resources).map((one) => [one.resource_type, types(one.properties)]));
  const allTypes = [...Object.values(declared), ...byResourceType.values()];
  for (const [name, type] of allTypes.flatMap((map) => [...map])) {
    check(/^[a-z][a-z_]*$/.test(name.toLowerCase()), () => `The property name ${name} is not allowed`);
    check(PROPERTY_TYPES.has(type), () => `${type} is no type of a property`);
  }
  for (const name of declared.assignment.keys())
    check(!declared.role.has(name), () => `${name} is of roles and of assignments`);

  const properties = (owner: Json, known: ReadonlyMap<string, string> | undefined, what: string) => {
    for (const [name, value] of Object.entries(object(owner.custom_properties ?? {}))) {
      const type = known?.get(name);
      check(type !== undefined, () => `${what} has the property ${name}, which is not declared`);
      check(type === undefined || isOf(type, value), () => `${what} has ${name} of another type than ${String(type)}`);
    }
  };
  const noEmpty = (value: Json, what: string) => {
    for (const [name, member] of Object.entries(value))
      check(!isEmpty(member), () => `${what} has ${name} without a value`);
  };
  const members = (value: Json, allowed: ReadonlySet<string>, what: string) => {
    for (const name of Object.keys(value)) check(allowed.has(name), () => `${what} has the member ${name}`);
  };

  // Keys are looked up without regard to case.
  const keysOf = (items: readonly Json[], what: string, key = 'id') => {
    const keys = new Set<string>();
    for (const item of items) {
      const text = String(item[key]);
      check(typeof item[key] === 'string' && text !== '', () => `${what} without ${key}`);
      check(!keys.has(text.toLowerCase()), () => `${what} ${text} is there twice`);
      check(typeof item.name === 'string' && item.name !== '', () => `${what} ${text} has no name`);
      keys.add(text.toLowerCase());
    }
    const exact = new Set(items.map((item) => item[key]));
    return (reference: unknown) => exact.has(reference);
  };

  const users = list(application.local_users);
  const groups = list(application.local_groups);
  const roles = list(application.local_roles);
  const permissions = list(root.permissions);
  const isUser = keysOf(users, 'user');
  const isGroup = keysOf(groups, 'group');
  const isRole = keysOf(roles, 'role');
  const isPermission = keysOf(permissions, 'permission', 'name');
  properties(application, declared.application, 'The application');

  for (const user of users) {
    const what = `The user ${String(user.id)}`;
    members(user, USER_MEMBERS, what);
    noEmpty(user, what);
    properties(user, declared.user, what);
    for (const group of strings(user.groups)) check(isGroup(group), () => `${what} is in ${group}, which is not there`);
    for (const name of ['created_at', 'last_login_at', 'deactivated_at'])
      check(user[name] === undefined || isOf('TIMESTAMP', user[name]), () => `${what} has a bad ${name}`);
    check(user.is_active === undefined || typeof user.is_active === 'boolean', () => `${what} has a bad is_active`);
    check(
      user.user_type === undefined || ['human', 'service_account'].includes(user.user_type as string),
      () => `${what} has a bad user_type`,
    );
  }
  for (const group of groups) {
    const what = `The group ${String(group.id)}`;
    members(group, GROUP_MEMBERS, what);
    noEmpty(group, what);
    properties(group, declared.group, what);
    for (const other of strings(group.groups)) {
      check(isGroup(other), () => `${what} is in ${other}, which is not there`);
      check(other !== group.id, () => `${what} is in itself`);
    }
  }
  for (const role of roles) {
    const what = `The role ${String(role.id)}`;
    members(role, ROLE_MEMBERS, what);
    noEmpty(role, what);
    properties(role, declared.role, what);
    for (const permission of strings(role.permissions))
      check(isPermission(permission), () => `${what} has ${permission}, which is not there`);
    check(strings(role.permissions).length > 0, () => `${what} allows nothing`);
  }
  for (const permission of permissions) {
    const what = `The permission ${String(permission.name)}`;
    members(permission, PERMISSION_MEMBERS, what);
    check(typeof permission.apply_to_sub_resources === 'boolean', () => `${what} has no apply_to_sub_resources`);
    check(Array.isArray(permission.resource_types), () => `${what} has no resource_types`);
    check(strings(permission.permission_type).length > 0, () => `${what} has no canonical permission`);
    for (const type of strings(permission.permission_type))
      check(CANONICAL.has(type), () => `${what} is ${type}, which is not canonical`);
  }

  // Resources: within another one, by the key of that one.
  const resourceKeys = new Set<string>();
  const visit = (resources: readonly Json[], parentKey: string | undefined) => {
    const lowerCase = new Set<string>();
    for (const resource of resources) {
      const id = String(resource.id ?? resource.name);
      const what = `The resource ${id}`;
      check(!lowerCase.has(id.toLowerCase()), () => `${what} is there twice`);
      lowerCase.add(id.toLowerCase());
      members(resource, RESOURCE_MEMBERS, what);
      noEmpty(resource, what);
      properties(resource, byResourceType.get(resource.resource_type), what);
      check(typeof resource.resource_type === 'string', () => `${what} has no type`);
      check(typeof resource.name === 'string', () => `${what} has no name`);
      check(
        resource.description === undefined || (resource.description as string).length <= 256,
        () => `${what} has a long description`,
      );
      const key = parentKey === undefined ? id : `${parentKey}.${id}`;
      resourceKeys.add(key);
      visit(list(resource.sub_resources), key);
    }
  };
  visit(list(application.resources), undefined);

  // Who holds what.
  const identities = new Set<string>();
  for (const entry of list(root.identity_to_permissions)) {
    const what = `${String(entry.identity_type)} ${String(entry.identity)}`;
    check(!identities.has(what.toLowerCase()), () => `${what} is there twice`);
    identities.add(what.toLowerCase());
    noEmpty(entry, what);
    const isThere = { local_user: isUser, local_group: isGroup }[entry.identity_type as string];
    check(isThere?.(entry.identity) === true, () => `${what} is not there`);
    check(
      entry.application_permissions !== undefined || entry.role_assignments !== undefined,
      () => `${what} holds nothing`,
    );
    for (const held of [...list(entry.application_permissions), ...list(entry.role_assignments)]) {
      check(held.application === application.name, () => `${what} holds something of another application`);
      check(
        'role' in held ? isRole(held.role) : isPermission(held.permission),
        () => `${what} holds ${String(held.role ?? held.permission)}, which is not there`,
      );
      check(
        held.apply_to_application === true || strings(held.resources).length > 0,
        () => `${what} holds something on nothing`,
      );
      for (const key of strings(held.resources))
        check(resourceKeys.has(key), () => `${what} holds something on ${key}, which is not there`);
      properties(held, declared.assignment, what);
    }
  }
  return faults;
}

type Json = Readonly<Record<string, unknown>>;

const PROPERTY_TYPES = new Set(['BOOLEAN', 'NUMBER', 'STRING', 'STRING_LIST', 'TIMESTAMP']);
const CANONICAL = new Set([
  'DataRead',
  'DataWrite',
  'DataCreate',
  'DataDelete',
  'MetadataRead',
  'MetadataWrite',
  'MetadataCreate',
  'MetadataDelete',
  'NonData',
  'Uncategorized',
]);
const NODE = ['id', 'name', 'tags', 'custom_properties', 'owners'];
const USER_MEMBERS = new Set([
  ...NODE,
  'email',
  'identities',
  'groups',
  'access_creds',
  'is_active',
  'created_at',
  'last_login_at',
  'deactivated_at',
  'password_last_changed_at',
  'user_type',
]);
const GROUP_MEMBERS = new Set([...NODE, 'identities', 'groups', 'created_at']);
const ROLE_MEMBERS = new Set([...NODE, 'permissions', 'roles']);
const RESOURCE_MEMBERS = new Set([...NODE, 'resource_type', 'description', 'sub_resources', 'connections']);
const PERMISSION_MEMBERS = new Set(['name', 'permission_type', 'apply_to_sub_resources', 'resource_types']);

const object = (value: unknown) => value as Json;
const list = (value: unknown) => (value ?? []) as readonly Json[];
const strings = (value: unknown) => (value ?? []) as readonly string[];
const types = (value: unknown): ReadonlyMap<string, string> =>
  new Map(Object.entries((value ?? {}) as Record<string, string>));

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'NUMBER':
      return typeof value === 'number';
    case 'STRING':
      return typeof value === 'string';
    case 'STRING_LIST':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'TIMESTAMP':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(value);
    default:
      return false;
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
