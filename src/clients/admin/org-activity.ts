import { z } from 'zod';
import type { ResourceAri } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** When a person last used one product on one site. */
export interface LastActiveDate {
  readonly resourceId: ResourceAri;
  readonly key: string;
  /** Calendar date, `2026-08-19`. */
  readonly lastActiveOn?: string;
  /** ISO 8601 instant, up to 24 hours late. */
  readonly lastActiveAt?: string;
}

/** When a person joined, and what they have used since. Products they never used are missing. */
export interface LastActiveDates {
  /** Calendar date. */
  readonly addedToOrgOn?: string;
  /** ISO 8601 instant. */
  readonly addedToOrgAt?: string;
  readonly products: readonly LastActiveDate[];
}

const lastActiveDateSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      key: z.string(),
      last_active: z.string().nullish(),
      last_active_timestamp: z.string().nullish(),
    })
    .transform((wire): LastActiveDate =>
      present({
        resourceId: wire.id as ResourceAri,
        key: wire.key,
        lastActiveOn: wire.last_active,
        lastActiveAt: wire.last_active_timestamp,
      }),
    ),
);

/** One part of the last active dates of a person. */
export const lastActiveDatesSchema = lazySchema(() =>
  z
    .looseObject({
      product_access: z.array(lastActiveDateSchema()),
      added_to_org: z.string().nullish(),
      added_to_org_timestamp: z.string().nullish(),
    })
    .transform((wire): LastActiveDates => ({
      ...present({ addedToOrgOn: wire.added_to_org, addedToOrgAt: wire.added_to_org_timestamp }),
      products: wire.product_access,
    })),
);
