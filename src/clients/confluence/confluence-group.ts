import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { OrgGroupId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';

/** A group, the same as in Jira and in the organization. */
export interface ConfluenceGroup {
  readonly id: OrgGroupId;
  readonly name: string;
  /** `TEAM_COLLABORATION` is a team; both kinds are in the list. */
  readonly usageType?: LiteralUnion<'USERBASE_GROUP' | 'TEAM_COLLABORATION'>;
  /** `EXTERNAL`: an identity provider syncs it. */
  readonly managedBy?: LiteralUnion<'ADMINS' | 'EXTERNAL' | 'TEAM_MEMBERS' | 'OPEN'>;
}

export const confluenceGroupSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      name: z.string(),
      usageType: z.string().nullish(),
      managedBy: z.string().nullish(),
    })
    .transform((wire): ConfluenceGroup =>
      present({
        id: wire.id as OrgGroupId,
        name: wire.name,
        usageType: wire.usageType,
        managedBy: wire.managedBy,
      }),
    ),
);
