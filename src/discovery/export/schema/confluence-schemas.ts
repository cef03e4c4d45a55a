import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type {
  ConfluenceGrant,
  ConfluenceGroup,
  ConfluenceInstance,
  ConfluenceSpace,
  ConfluenceSpaceRole,
  ConfluenceUser,
} from '../../entities/confluence-entities.js';
import { entityOf, id, many, optional, optionalFlag, optionalText, text, word } from './entity-schema.js';
import { principalSchema } from './principal-schema.js';

const held = lazySchema(
  () =>
    z.discriminatedUnion('kind', [
      z.looseObject({ kind: z.literal('role'), roleId: z.string() }),
      z.looseObject({ kind: z.literal('permission'), operation: z.string(), target: z.string() }),
    ]) as unknown as z.ZodType<ConfluenceGrant['holds']>,
);

/** The kinds of Confluence. */
export const confluenceSchemas = lazySchema(() => ({
  'confluence.instance': entityOf<ConfluenceInstance>('confluence.instance', {
    id: text(),
    baseUrl: optionalText(),
    title: optionalText(),
    edition: optionalText(),
    mode: optional(z.enum(['classic', 'transition', 'roles'])),
    anonymousAccess: optionalFlag(),
  }),
  'confluence.user': entityOf<ConfluenceUser>('confluence.user', {
    id: id(),
    accountType: optional(word('atlassian', 'app', 'customer', 'unknown')),
    email: optionalText(),
    displayName: optionalText(),
    publicName: optionalText(),
    externalCollaborator: optionalFlag(),
    accountStatus: optional(word('active', 'inactive', 'closed', 'unknown')),
  }),
  'confluence.group': entityOf<ConfluenceGroup>('confluence.group', {
    id: id(),
    name: text(),
    managedBy: optionalText(),
    usageType: optionalText(),
    memberIds: optional(many(id())),
    access: optional(z.enum(['user', 'admin'])),
  }),
  'confluence.space': entityOf<ConfluenceSpace>('confluence.space', {
    id: text(),
    key: text(),
    name: text(),
    spaceType: optional(word('global', 'collaboration', 'knowledge_base', 'personal', 'system')),
    status: optional(word('current', 'archived')),
    anonymousAccess: optionalFlag(),
    unlicensedAccess: optionalFlag(),
    authorId: optional(id()),
    ownerId: optional(id()),
    createdAt: optionalText(),
  }),
  'confluence.spaceRole': entityOf<ConfluenceSpaceRole>('confluence.spaceRole', {
    id: text(),
    name: text(),
    roleType: optional(word('SYSTEM', 'CUSTOM')),
    description: optionalText(),
    permissions: optional(many(text())),
  }),
  'confluence.grant': entityOf<ConfluenceGrant>('confluence.grant', {
    id: text(),
    spaceId: text(),
    principal: principalSchema(),
    holds: held(),
  }),
}));
