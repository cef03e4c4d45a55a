import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';

/**
 * Who holds something, as the product says it. Account and group ids are the same in every product, but for the groups of
 * Bitbucket, which have slugs.
 */
export type Principal =
  | { readonly type: 'account'; readonly id: AtlassianAccountId }
  | { readonly type: 'group'; readonly id: OrgGroupId }
  /** By slug. In workspaces that are managed at admin.atlassian.com the slug may be the id of the group. */
  | { readonly type: 'bitbucket.group'; readonly id: string }
  /** Whoever holds this role in the project that uses the permission scheme. `id` is the role's, without the project. */
  | { readonly type: 'jira.projectRole'; readonly id: string }
  /** Whoever has access to the application `id`. */
  | { readonly type: 'jira.applicationRole'; readonly id: string }
  /** Everybody, without signing in. */
  | { readonly type: 'anonymous' }
  /** Every signed-in person, with a licence or without one. */
  | { readonly type: 'authenticated' }
  /** Every person with access to the product. */
  | { readonly type: 'licensed' }
  | { readonly type: 'product-admins' }
  /** Who meets a condition that differs from issue to issue: `reporter`, `assignee`, a field. `id` names the condition. */
  | { readonly type: 'conditional'; readonly id: string; readonly parameter?: string }
  /** A kind of holder that this version does not know. It is never left out: `kind` is what the product called it. */
  | { readonly type: 'unknown'; readonly kind: string; readonly id?: string };
