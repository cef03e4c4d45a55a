import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { ResourceAri } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** A product on a site. One site has several, with the same `hostUrl`. */
export interface OrgWorkspace {
  /** What roles name as their resource. */
  readonly id: ResourceAri;
  readonly name?: string;
  /** Key of the product, `jira-software`. Compare by this one: `type` is a name for people. */
  readonly typeKey?: string;
  readonly type?: string;
  readonly status?: LiteralUnion<'online' | 'offline' | 'deprecated'>;
  readonly statusDetails?: readonly string[];
  readonly hostUrl?: string;
  /** Seats; only where Atlassian has data of the licence. */
  readonly capacity?: number;
  /** Seats taken; Bitbucket only. */
  readonly usage?: number;
  readonly sandboxType?: LiteralUnion<'CHILD' | 'NONE'>;
  readonly realm?: string;
  readonly regions?: readonly string[];
  readonly labels?: readonly string[];
  readonly ownerId?: string;
  /** ISO 8601 instant. */
  readonly createdAt?: string;
  readonly createdBy?: string;
}

/** One workspace of the search. */
export const orgWorkspaceSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      attributes: z
        .looseObject({
          name: z.string().nullish(),
          typeKey: z.string().nullish(),
          type: z.string().nullish(),
          status: z.string().nullish(),
          statusDetails: z.array(z.string()).nullish(),
          hostUrl: z.string().nullish(),
          capacity: z.number().nullish(),
          usage: z.number().nullish(),
          sandbox: z.looseObject({ type: z.string().nullish() }).nullish(),
          realm: z.string().nullish(),
          regions: z.array(z.string()).nullish(),
          labels: z.array(z.string()).nullish(),
          owner: z.string().nullish(),
          createdAt: z.string().nullish(),
          createdBy: z.string().nullish(),
        })
        .nullish(),
    })
    .transform(({ id, attributes }): OrgWorkspace =>
      present({
        id: id as ResourceAri,
        name: attributes?.name,
        typeKey: attributes?.typeKey,
        type: attributes?.type,
        status: attributes?.status,
        statusDetails: attributes?.statusDetails,
        hostUrl: attributes?.hostUrl,
        capacity: attributes?.capacity,
        usage: attributes?.usage,
        sandboxType: attributes?.sandbox?.type,
        realm: attributes?.realm,
        regions: attributes?.regions,
        labels: attributes?.labels,
        ownerId: attributes?.owner,
        createdAt: attributes?.createdAt,
        createdBy: attributes?.createdBy,
      }),
    ),
);
