import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { JiraPermissionGrantId, JiraPermissionSchemeId, JiraProjectId } from './jira-ids.js';
import { said } from './jira-user.js';

/** To whom a permission is granted. */
export interface JiraPermissionHolder {
  /**
   * - `anyone`: everybody, logged in or not
   * - `applicationRole`: whoever has the application of `value`; without a value, any logged-in user
   * - `group`, `user`, `projectRole`, `userCustomField`, `groupCustomField`: the one of `value`
   * - `projectLead`, `reporter`, `assignee`, `sd.customer.portal.only`: as they say
   */
  readonly type: LiteralUnion<
    | 'anyone'
    | 'applicationRole'
    | 'assignee'
    | 'group'
    | 'groupCustomField'
    | 'projectLead'
    | 'projectRole'
    | 'reporter'
    | 'sd.customer.portal.only'
    | 'user'
    | 'userCustomField'
  >;
  /** Of a group its name, of everything else as `value`. */
  readonly parameter?: string;
  /** Id of a group, an account, a role or a field; key of an application. */
  readonly value?: string;
}

/** That somebody has a permission in each project of a scheme. */
export interface JiraPermissionGrant {
  readonly id: JiraPermissionGrantId;
  /** `BROWSE_PROJECTS`, `ADMINISTER_PROJECTS`; apps add their own. */
  readonly permission: string;
  readonly holder: JiraPermissionHolder;
}

/** Who may do what in the projects that use it. */
export interface JiraPermissionScheme {
  readonly id: JiraPermissionSchemeId;
  readonly name: string;
  readonly description?: string;
  /** The project of a scheme that one team-managed project has for itself. */
  readonly scopeProjectId?: JiraProjectId;
  /** Absent where they were not asked for. */
  readonly grants?: readonly JiraPermissionGrant[];
}

/** A permission to grant. */
export interface JiraPermissionGrantInput {
  readonly permission: string;
  readonly holder: JiraPermissionHolder;
}

/** One grant. */
export const jiraPermissionGrantSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({
      id: z.number(),
      permission: z.string(),
      holder: z.looseObject({ type: z.string(), parameter: text, value: text }),
    })
    .transform(({ id, permission, holder }): JiraPermissionGrant => ({
      id: String(id) as JiraPermissionGrantId,
      permission,
      holder: present({ type: holder.type, parameter: said(holder.parameter), value: said(holder.value) }),
    }));
});

/** One scheme, with its grants or without. */
export const jiraPermissionSchemeSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.number(),
      name: z.string(),
      description: z.string().nullish(),
      scope: z.looseObject({ project: z.looseObject({ id: z.string().nullish() }).nullish() }).nullish(),
      permissions: z.array(jiraPermissionGrantSchema()).nullish(),
    })
    .transform((wire): JiraPermissionScheme =>
      present({
        id: String(wire.id) as JiraPermissionSchemeId,
        name: wire.name,
        description: said(wire.description),
        scopeProjectId: said(wire.scope?.project?.id) as JiraProjectId | undefined,
        grants: wire.permissions,
      }),
    ),
);
