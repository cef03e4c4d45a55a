import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { JiraProjectId, JiraProjectRoleId } from './jira-ids.js';
import { said } from './jira-user.js';

/** Who holds a role in a project. One of a type that is not known has neither an account nor a group. */
export interface JiraRoleActor {
  /** Of the assignment: the same actor has another one elsewhere. */
  readonly id?: string;
  readonly type?: LiteralUnion<'atlassian-group-role-actor' | 'atlassian-user-role-actor'>;
  readonly displayName?: string;
  readonly accountId?: AtlassianAccountId;
  readonly groupId?: OrgGroupId;
  /** Name of the group. */
  readonly groupName?: string;
}

/** A role of projects, or a role of one project with who holds it. */
export interface JiraProjectRole {
  readonly id: JiraProjectRoleId;
  readonly name: string;
  readonly description?: string;
  /** Whether it administers the project. */
  readonly admin?: boolean;
  readonly default?: boolean;
  /** The project of a role that one team-managed project has for itself. */
  readonly scopeProjectId?: JiraProjectId;
  /** In one project, who holds the role; in the catalogue, who is to hold it in projects created from now on. */
  readonly actors?: readonly JiraRoleActor[];
}

const roleActorSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({
      id: z.number().nullish(),
      type: text,
      displayName: text,
      name: text,
      actorUser: z.looseObject({ accountId: text }).nullish(),
      actorGroup: z.looseObject({ groupId: text, name: text, displayName: text }).nullish(),
    })
    .transform((wire): JiraRoleActor =>
      present({
        id: wire.id?.toString(),
        type: said(wire.type),
        displayName: said(wire.displayName),
        accountId: said(wire.actorUser?.accountId) as AtlassianAccountId | undefined,
        groupId: said(wire.actorGroup?.groupId) as OrgGroupId | undefined,
        groupName: said(wire.actorGroup?.name) ?? said(wire.actorGroup?.displayName) ?? nameOfGroup(wire),
      }),
    );
});

/** A role with its actors, in the catalogue and in a project. */
export const jiraProjectRoleSchema = lazySchema(() => {
  const flag = z.boolean().nullish();
  return z
    .looseObject({
      id: z.number(),
      name: z.string(),
      description: z.string().nullish(),
      admin: flag,
      default: flag,
      scope: z.looseObject({ project: z.looseObject({ id: z.string().nullish() }).nullish() }).nullish(),
      actors: z.array(roleActorSchema()).nullish(),
    })
    .transform((wire): JiraProjectRole =>
      present({
        id: String(wire.id) as JiraProjectRoleId,
        name: wire.name,
        description: said(wire.description),
        admin: wire.admin,
        default: wire.default,
        scopeProjectId: said(wire.scope?.project?.id) as JiraProjectId | undefined,
        actors: wire.actors,
      }),
    );
});

/** The role ids of a project: the last segments of the URLs in a map of names. */
export const projectRoleMapSchema = lazySchema(() =>
  z.record(z.string(), z.string().regex(/\/\d+$/)).transform((urls) =>
    Object.entries(urls).map(([name, url]) => ({
      id: url.slice(url.lastIndexOf('/') + 1) as JiraProjectRoleId,
      name,
    })),
  ),
);

function nameOfGroup(wire: { readonly type?: string | null | undefined; readonly name?: string | null | undefined }) {
  return wire.type === 'atlassian-group-role-actor' ? said(wire.name) : undefined;
}
