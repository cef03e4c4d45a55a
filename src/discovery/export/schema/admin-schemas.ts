import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type {
  AdminGroup,
  AdminRoleAssignment,
  AdminTenant,
  AdminUser,
  ProductAccess,
  ScimRecord,
} from '../../entities/admin-entities.js';
import {
  entityOf,
  id,
  many,
  objectOf,
  optional,
  optionalFlag,
  optionalNumber,
  optionalText,
  text,
  word,
} from './entity-schema.js';
import { principalSchema } from './principal-schema.js';

const productAccess = lazySchema(() =>
  objectOf<ProductAccess>({ product: optionalText(), resourceId: optional(id()), lastActiveAt: optionalText() }),
);

const directoryGroup = lazySchema(() => objectOf<ScimRecord['groups'][number]>({ id: id(), name: optionalText() }));

/** The kinds of the organization. */
export const adminSchemas = lazySchema(() => ({
  'admin.tenant': entityOf<AdminTenant>('admin.tenant', { id: id(), name: optionalText() }),
  'admin.user': entityOf<AdminUser>('admin.user', {
    id: id(),
    email: optionalText(),
    name: optionalText(),
    nickname: optionalText(),
    accountType: optional(word('atlassian', 'app', 'customer')),
    accountStatus: optional(word('active', 'inactive', 'closed')),
    userType: optional(word('managed', 'unmanaged')),
    membershipStatus: optional(word('active', 'suspended', 'no_membership')),
    status: optionalText(),
    managementSource: optional(word('invited', 'synced')),
    mfaEnabled: optionalFlag(),
    emailVerified: optionalFlag(),
    jobTitle: optionalText(),
    department: optionalText(),
    organization: optionalText(),
    location: optionalText(),
    timezone: optionalText(),
    addedAt: optionalText(),
    deactivatedAt: optionalText(),
    platformRoles: optional(many(text())),
    billable: optionalFlag(),
    productAccess: optional(many(productAccess())),
    groupIds: optional(many(id())),
  }),
  'admin.group': entityOf<AdminGroup>('admin.group', {
    id: id(),
    name: text(),
    description: optionalText(),
    directoryId: optional(id()),
    origin: z.enum(['synced', 'local', 'unknown']),
    writableBy: z.enum(['scim', 'organization', 'nobody', 'unknown']),
    managedBy: optionalText(),
    memberCount: optionalNumber(),
    scimGroupId: optional(id()),
  }),
  'admin.roleAssignment': entityOf<AdminRoleAssignment>('admin.roleAssignment', {
    id: text(),
    principal: principalSchema(),
    role: text(),
    resourceId: optional(id()),
    resourceOwner: optionalText(),
    obtained: many(word('direct', 'group', 'inferred')),
  }),
  'scim.user': entityOf<ScimRecord>('scim.user', {
    id: id(),
    userName: text(),
    externalId: optionalText(),
    email: optionalText(),
    displayName: optionalText(),
    active: z.boolean(),
    accountId: optional(id()),
    groups: many(directoryGroup()),
    createdAt: optionalText(),
    changedAt: optionalText(),
  }),
}));
