import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';

/** A group by its name and its id. */
export interface JiraGroupName {
  /** Absent where Jira does not say. */
  readonly groupId?: OrgGroupId;
  readonly name: string;
}

/** A person, an app or a portal customer, as Jira shows them to the caller. */
export interface JiraUser {
  readonly accountId: AtlassianAccountId;
  /** An account of `unknown` type is a broken record, with stand-in values everywhere. */
  readonly accountType?: LiteralUnion<'atlassian' | 'app' | 'customer' | 'unknown'>;
  /** Of an app: `service` is a service account. */
  readonly appType?: LiteralUnion<'service' | 'unknown'>;
  /** Absent when the person hides it from the caller. */
  readonly email?: string;
  /** May be a stand-in, for privacy, or for an account that is erased. */
  readonly displayName?: string;
  /** False for deactivated, suspended, removed from the site and deleted alike. */
  readonly active?: boolean;
  readonly guest?: boolean;
  /** The site's own zone where the person hides theirs or has set none. */
  readonly timeZone?: string;
  readonly locale?: string;
  /** Number of groups. Only in the reads of one user. */
  readonly groupCount?: number;
  /** Only with `expand: ['groups']`. */
  readonly groups?: readonly JiraGroupName[];
  /** Keys of the applications of the user. Only with `expand: ['applicationRoles']`. */
  readonly applicationRoles?: readonly string[];
}

/** A group as lists and users name it. */
export const jiraGroupNameSchema = lazySchema(() =>
  z
    .looseObject({ groupId: z.string().nullish(), name: z.string() })
    .transform(({ groupId, name }): JiraGroupName => present({ groupId: groupId as OrgGroupId | null, name })),
);

/** A user of every call: those of lists have fewer members. */
export const jiraUserSchema = lazySchema(() => {
  const text = z.string().nullish();
  const flag = z.boolean().nullish();
  const size = z.number().nullish();
  return z
    .looseObject({
      accountId: z.string(),
      accountType: text,
      appType: text,
      emailAddress: text,
      displayName: text,
      active: flag,
      guest: flag,
      timeZone: text,
      locale: text,
      groups: z.looseObject({ size, items: z.array(jiraGroupNameSchema()).nullish() }).nullish(),
      applicationRoles: z.looseObject({ size, items: z.array(z.looseObject({ key: z.string() })).nullish() }).nullish(),
    })
    .transform((wire): JiraUser =>
      present({
        accountId: wire.accountId as AtlassianAccountId,
        accountType: said(wire.accountType),
        appType: said(wire.appType),
        email: said(wire.emailAddress),
        displayName: said(wire.displayName),
        active: wire.active,
        guest: wire.guest,
        timeZone: said(wire.timeZone),
        locale: said(wire.locale),
        groupCount: wire.groups?.size,
        groups: expanded(wire.groups),
        applicationRoles: expanded(wire.applicationRoles)?.map(({ key }) => key),
      }),
    );
});

/** What is hidden comes as an empty text, as `null`, or not at all. */
export function said(text: string | null | undefined): string | undefined {
  return text === null || text === '' ? undefined : text;
}

/** Unless it was asked for, the list is empty whatever its size is (seen). */
function expanded<Item>(
  list:
    | { readonly size?: number | null | undefined; readonly items?: readonly Item[] | null | undefined }
    | null
    | undefined,
): readonly Item[] | undefined {
  const items = list?.items ?? undefined;
  return items?.length === 0 && (list?.size ?? 0) > 0 ? undefined : items;
}
