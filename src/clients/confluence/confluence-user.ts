import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { ConfluenceSpaceId } from './confluence-ids.js';

/** Something that a person may do: `use` on `application` is access to Confluence. */
export interface ConfluenceOperation {
  readonly operation: string;
  readonly targetType: string;
}

/** A person or an app, as Confluence shows them to the caller. */
export interface ConfluenceUser {
  /** Absent for the anonymous user. */
  readonly accountId?: AtlassianAccountId;
  /** Absent where Confluence leaves it empty. */
  readonly accountType?: LiteralUnion<'atlassian' | 'app' | 'customer' | 'unknown'>;
  /** Only from {@link ConfluenceUsers.bulk}. */
  readonly accountStatus?: LiteralUnion<'active' | 'inactive' | 'closed' | 'unknown'>;
  /** Absent when the person hides it from the caller. */
  readonly email?: string;
  /** Shown to everybody. */
  readonly publicName?: string;
  /** Absent when the person hides it. May end in `(Unlicensed)`. */
  readonly displayName?: string;
  readonly timeZone?: string;
  /** A guest, who reaches single spaces only. From `isGuest`, or else from the two older names of it. */
  readonly externalCollaborator?: boolean;
  /** Only where it was expanded. An empty list: the person cannot use Confluence (seen). */
  readonly operations?: readonly ConfluenceOperation[];
  readonly personalSpaceId?: ConfluenceSpaceId;
}

const operationSchema = lazySchema(() =>
  z
    .looseObject({ operation: z.string(), targetType: z.string() })
    .transform(({ operation, targetType }): ConfluenceOperation => ({ operation, targetType })),
);

/** A user of version 1 and of version 2, which have most names in common. */
export const confluenceUserSchema = lazySchema(() => {
  const text = z.string().nullish();
  const flag = z.boolean().nullish();
  return z
    .looseObject({
      accountId: text,
      accountType: text,
      accountStatus: text,
      email: text,
      publicName: text,
      displayName: text,
      timeZone: text,
      isGuest: flag,
      isExternalCollaborator: flag,
      externalCollaborator: flag,
      operations: z.array(operationSchema()).nullish(),
      personalSpaceId: text,
      personalSpace: z.looseObject({ id: z.union([z.string(), z.number()]).nullish() }).nullish(),
    })
    .transform((wire): ConfluenceUser =>
      present({
        accountId: said(wire.accountId) as AtlassianAccountId | undefined,
        accountType: said(wire.accountType),
        accountStatus: said(wire.accountStatus),
        email: said(wire.email),
        publicName: said(wire.publicName),
        displayName: said(wire.displayName),
        timeZone: said(wire.timeZone),
        externalCollaborator: wire.isGuest ?? wire.isExternalCollaborator ?? wire.externalCollaborator,
        operations: wire.operations,
        personalSpaceId: personalSpaceId(wire.personalSpaceId ?? wire.personalSpace?.id),
      }),
    );
});

/** An item of the user search. Items of other kinds have no `user`. */
export const searchedUserSchema = lazySchema(() =>
  z.looseObject({ user: confluenceUserSchema() }).transform(({ user }) => user),
);

/** What is hidden comes as an empty text. */
function said(text: string | null | undefined): string | undefined {
  return text === null || text === '' ? undefined : text;
}

function personalSpaceId(id: string | number | null | undefined): ConfluenceSpaceId | undefined {
  return id === null || id === undefined || id === '' ? undefined : (String(id) as ConfluenceSpaceId);
}

/** What is to be added to users, as one value with commas. */
export function joined(expand: readonly string[]): string | undefined {
  return expand.length === 0 ? undefined : expand.join(',');
}
