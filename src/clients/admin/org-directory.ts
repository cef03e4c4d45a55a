import { z } from 'zod';
import type { OrgDirectoryId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** A directory of the organization: one in a centralized organization, else one for each userbase. */
export interface OrgDirectory {
  readonly id: OrgDirectoryId;
  readonly name?: string;
  readonly iconUrl?: string;
}

/** One directory of `GET /admin/v2/orgs/{orgId}/directories`. */
export const orgDirectorySchema = lazySchema(() =>
  z
    .looseObject({ directoryId: z.string(), name: z.string().nullish(), icon: z.string().nullish() })
    .transform((wire): OrgDirectory =>
      present({ id: wire.directoryId as OrgDirectoryId, name: wire.name, iconUrl: wire.icon }),
    ),
);
