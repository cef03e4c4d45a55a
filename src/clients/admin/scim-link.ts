import { z } from 'zod';
import type { AtlassianAccountId, OrganizationId, ScimDirectoryId, ScimUserId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** The tie between a record of a SCIM directory and an Atlassian account. */
export interface ScimLink {
  readonly scimUserId: ScimUserId;
  readonly scimDirectoryId: ScimDirectoryId;
  readonly organizationId: OrganizationId;
  /** Absent for a record that is linked to no account. */
  readonly accountId?: AtlassianAccountId;
}

/** Answer of both provisioning-link reads. */
export const scimLinksSchema = lazySchema(() =>
  z
    .looseObject({
      scimLinks: z.array(
        z
          .looseObject({
            scimUserId: z.string(),
            directoryId: z.string(),
            orgId: z.string(),
            atlassianAccountId: z.string().nullish(),
          })
          .transform((wire): ScimLink =>
            present({
              scimUserId: wire.scimUserId as ScimUserId,
              scimDirectoryId: wire.directoryId as ScimDirectoryId,
              organizationId: wire.orgId as OrganizationId,
              accountId: (wire.atlassianAccountId === '' ? undefined : wire.atlassianAccountId) as
                AtlassianAccountId | null | undefined,
            }),
          ),
      ),
    })
    .transform(({ scimLinks }): readonly ScimLink[] => scimLinks),
);
