import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { OrgDirectoryId, OrgGroupId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** What this key may do with a group. `modifiable: false` says that its members are read-only here. */
export interface GroupManagementAccess {
  readonly readable?: boolean;
  readonly modifiable?: boolean;
  readonly deletable?: boolean;
}

/** A group of the organization. */
export interface OrgGroup {
  /** Bare id, never an ARI. Not the id of the same group in a SCIM directory. */
  readonly id: OrgGroupId;
  readonly name: string;
  readonly description?: string;
  readonly directoryId?: OrgDirectoryId;
  /** An identity provider syncs it, so its members cannot be written here. */
  readonly externalSynced?: boolean;
  readonly managedBy?: LiteralUnion<'external' | 'admins' | 'team-members' | 'open'>;
  readonly managementAccess?: GroupManagementAccess;
  /** Only with `expand: ['counts.users']` in a search. */
  readonly userCount?: number;
  /** Only with `expand: ['counts.resources']` in a search. */
  readonly resourceCount?: number;
}

const managementAccessSchema = lazySchema(() =>
  z
    .looseObject({
      readable: z.boolean().nullish(),
      modifiable: z.boolean().nullish(),
      deletable: z.boolean().nullish(),
    })
    .transform((wire): GroupManagementAccess =>
      present({ readable: wire.readable, modifiable: wire.modifiable, deletable: wire.deletable }),
    ),
);

/** A group of the searches, lists and details of version 2. */
export const orgGroupSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      name: z.string(),
      description: z.string().nullish(),
      directoryId: z.string().nullish(),
      externalSynced: z.boolean().nullish(),
      managedBy: z.string().nullish(),
      managementAccess: managementAccessSchema().nullish(),
      counts: z.looseObject({ users: z.number().nullish(), resources: z.number().nullish() }).nullish(),
    })
    .transform((wire): OrgGroup =>
      present({
        id: wire.id as OrgGroupId,
        name: wire.name,
        description: wire.description,
        directoryId: wire.directoryId as OrgDirectoryId | null | undefined,
        externalSynced: wire.externalSynced,
        managedBy: wire.managedBy,
        managementAccess: wire.managementAccess,
        userCount: wire.counts?.users,
        resourceCount: wire.counts?.resources,
      }),
    ),
);

/** Answer of `GET …/directories/{directoryId}/groups/{groupId}`. */
export const orgGroupAnswerSchema = lazySchema(() =>
  z.looseObject({ data: orgGroupSchema() }).transform(({ data }) => data),
);
