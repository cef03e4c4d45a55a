import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type {
  JiraApplicationRole,
  JiraGroup,
  JiraInstance,
  JiraPermissionGrant,
  JiraPermissionScheme,
  JiraProject,
  JiraProjectRole,
  JiraRoleActor,
  JiraUser,
} from '../../entities/jira-entities.js';
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

const roleActor = lazySchema(() =>
  objectOf<JiraRoleActor>({ principal: principalSchema(), displayName: optionalText() }),
);
const permissionGrant = lazySchema(() =>
  objectOf<JiraPermissionGrant>({ id: text(), permission: text(), principal: principalSchema() }),
);

/** The kinds of Jira. */
export const jiraSchemas = lazySchema(() => ({
  'jira.instance': entityOf<JiraInstance>('jira.instance', {
    id: text(),
    baseUrl: optionalText(),
    title: optionalText(),
    deploymentType: optionalText(),
    version: optionalText(),
    buildNumber: optionalNumber(),
    buildDate: optionalText(),
    timeZone: optionalText(),
    locale: optionalText(),
  }),
  'jira.user': entityOf<JiraUser>('jira.user', {
    id: id(),
    accountType: optional(word('atlassian', 'app', 'customer', 'unknown')),
    appType: optionalText(),
    displayName: optionalText(),
    email: optionalText(),
    active: z.boolean(),
    guest: optionalFlag(),
    timeZone: optionalText(),
    locale: optionalText(),
    createdAt: optionalText(),
    lastLoginAt: optionalText(),
    deactivatedAt: optionalText(),
    changedAt: optionalText(),
  }),
  'jira.group': entityOf<JiraGroup>('jira.group', {
    id: id(),
    name: text(),
    managedBy: optionalText(),
    usageType: optionalText(),
    memberIds: optional(many(id())),
  }),
  'jira.project': entityOf<JiraProject>('jira.project', {
    id: text(),
    key: text(),
    name: text(),
    projectType: optional(word('software', 'service_desk', 'business', 'product_discovery')),
    style: optional(word('classic', 'next-gen')),
    simplified: optionalFlag(),
    private: optionalFlag(),
    leadId: optional(id()),
    category: optionalText(),
    description: optionalText(),
    url: optionalText(),
    archived: optionalFlag(),
    permissionSchemeId: optionalText(),
  }),
  'jira.projectRole': entityOf<JiraProjectRole>('jira.projectRole', {
    id: text(),
    projectId: text(),
    roleId: text(),
    name: text(),
    roleName: text(),
    description: optionalText(),
    admin: optionalFlag(),
    default: optionalFlag(),
    actors: optional(many(roleActor())),
  }),
  'jira.permissionScheme': entityOf<JiraPermissionScheme>('jira.permissionScheme', {
    id: text(),
    name: text(),
    description: optionalText(),
    grants: many(permissionGrant()),
  }),
  'jira.applicationRole': entityOf<JiraApplicationRole>('jira.applicationRole', {
    id: text(),
    name: text(),
    groupIds: many(id()),
    defaultGroupIds: many(id()),
    userCount: optionalNumber(),
    seats: optionalNumber(),
    remainingSeats: optionalNumber(),
  }),
}));
