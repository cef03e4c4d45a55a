/** What a permission allows, in the words that every application of Veza shares. */
export type OaaCanonicalPermission =
  | 'DataRead'
  | 'DataWrite'
  | 'DataCreate'
  | 'DataDelete'
  | 'MetadataRead'
  | 'MetadataWrite'
  | 'MetadataCreate'
  | 'MetadataDelete'
  | 'NonData'
  | 'Uncategorized';

/** The type of a property. A timestamp is RFC 3339. */
export type OaaPropertyType = 'BOOLEAN' | 'NUMBER' | 'STRING' | 'STRING_LIST' | 'TIMESTAMP';

/** Names of properties, with their types. */
export type OaaPropertyTypes = Readonly<Record<string, OaaPropertyType>>;

/** Values of properties. `false` is a value; what is absent is left out. */
export type OaaProperties = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Who a permission or role is given to. */
export type OaaIdentityType = 'local_user' | 'local_group';

/** Somebody with an account of the application. */
export interface OaaUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** Email addresses, by which Veza finds the identity of the identity provider. */
  readonly identities?: readonly string[];
  /** Ids of groups. */
  readonly groups?: readonly string[];
  readonly is_active?: boolean;
  readonly created_at?: string;
  readonly last_login_at?: string;
  readonly deactivated_at?: string;
  readonly user_type?: 'human' | 'service_account';
  readonly custom_properties?: OaaProperties;
}

/** A group, or a holder such as everybody. */
export interface OaaGroup {
  readonly id: string;
  readonly name: string;
  /** Ids of groups that this one is in. */
  readonly groups?: readonly string[];
  readonly custom_properties?: OaaProperties;
}

/** A role: names of permissions under one name. */
export interface OaaRole {
  readonly id: string;
  readonly name: string;
  readonly permissions?: readonly string[];
  readonly custom_properties?: OaaProperties;
}

/** Something that access is given to. */
export interface OaaResource {
  readonly id: string;
  readonly name: string;
  readonly resource_type: string;
  /** At most 256 characters. */
  readonly description?: string;
  readonly sub_resources?: readonly OaaResource[];
  readonly custom_properties?: OaaProperties;
}

/** One application, with who is in it and what is in it. */
export interface OaaApplication {
  readonly name: string;
  readonly application_type: string;
  readonly description?: string;
  readonly local_users: readonly OaaUser[];
  readonly local_groups: readonly OaaGroup[];
  readonly local_roles: readonly OaaRole[];
  readonly local_access_creds: readonly [];
  readonly tags: readonly [];
  readonly custom_properties: OaaProperties;
  readonly owners: readonly [];
  readonly resources: readonly OaaResource[];
}

/** A permission by the name that the product has for it. */
export interface OaaPermission {
  readonly name: string;
  readonly permission_type: readonly OaaCanonicalPermission[];
  readonly apply_to_sub_resources: boolean;
  readonly resource_types: readonly string[];
}

/** What one identity holds. A resource is named by its id, one within another by `<key of the other>.<id>`. */
export interface OaaIdentityPermissions {
  readonly identity: string;
  readonly identity_type: OaaIdentityType;
  readonly application_permissions?: readonly {
    readonly application: string;
    readonly permission: string;
    readonly resources?: readonly string[];
    readonly apply_to_application?: boolean;
  }[];
  readonly role_assignments?: readonly {
    readonly application: string;
    readonly role: string;
    readonly apply_to_application: boolean;
    readonly resources?: readonly string[];
    readonly custom_properties?: OaaProperties;
  }[];
}

/** The names and types of all properties that an application uses. */
export interface OaaPropertyDefinitions {
  readonly application_type: string;
  readonly application_properties?: OaaPropertyTypes;
  readonly local_user_properties?: OaaPropertyTypes;
  readonly local_group_properties?: OaaPropertyTypes;
  readonly local_role_properties?: OaaPropertyTypes;
  /** No credentials are exported; Veza's client always writes the member. */
  readonly local_access_cred_properties: Readonly<Record<string, never>>;
  readonly role_assignment_properties?: OaaPropertyTypes;
  readonly resources?: readonly { readonly resource_type: string; readonly properties: OaaPropertyTypes }[];
}

/** A payload of the Open Authorization API, in the shape of Veza's own client. */
export interface OaaPayload {
  readonly custom_property_definition: { readonly applications: readonly OaaPropertyDefinitions[] };
  readonly applications: readonly OaaApplication[];
  readonly permissions: readonly OaaPermission[];
  readonly identity_to_permissions: readonly OaaIdentityPermissions[];
}
