import { z } from 'zod';
import type { OrganizationId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** An organization that the key can see. */
export interface Organization {
  readonly id: OrganizationId;
  readonly name?: string;
}

/** One organization in the JSON:API shape of version 1. */
export const organizationSchema = lazySchema(() =>
  z
    .looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string().nullish() }).nullish() })
    .transform(({ id, attributes }): Organization => present({ id: id as OrganizationId, name: attributes?.name })),
);

/** Answer of `GET /admin/v1/orgs/{orgId}`. */
export const organizationAnswerSchema = lazySchema(() =>
  z.looseObject({ data: organizationSchema() }).transform(({ data }) => data),
);
