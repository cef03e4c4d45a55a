import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { AccountStatus } from './org-user.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Kind of an Atlassian account. */
export type AccountType = 'atlassian' | 'customer' | 'app';

/** A product that a managed account can reach. */
export interface ManagedUserProduct {
  readonly key: string;
  readonly name: string;
  readonly url?: string;
  /** ISO 8601 instant. */
  readonly lastActiveAt?: string;
}

/** An account on a domain that the organization has verified and claimed. */
export interface ManagedUser {
  readonly accountId: AtlassianAccountId;
  readonly accountType: LiteralUnion<AccountType>;
  readonly accountStatus: LiteralUnion<AccountStatus>;
  readonly name: string;
  readonly pictureUrl: string;
  /** Absent when it is hidden. */
  readonly email?: string;
  /** Billable in Guard Standard. */
  readonly billable?: boolean;
  /** ISO 8601 instant. */
  readonly lastActiveAt?: string;
  readonly products: readonly ManagedUserProduct[];
}

const productSchema = lazySchema(() =>
  z
    .looseObject({ key: z.string(), name: z.string(), url: z.string().nullish(), last_active: z.string().nullish() })
    .transform((wire): ManagedUserProduct =>
      present({ key: wire.key, name: wire.name, url: wire.url, lastActiveAt: wire.last_active }),
    ),
);

/** One account of `GET /admin/v1/orgs/{orgId}/users`, the list with names in snake case. */
export const managedUserSchema = lazySchema(() =>
  z
    .looseObject({
      account_id: z.string(),
      account_type: z.string(),
      account_status: z.string(),
      name: z.string(),
      picture: z.string(),
      email: z.string().nullish(),
      access_billable: z.boolean().nullish(),
      last_active: z.string().nullish(),
      product_access: z.array(productSchema()).nullish(),
    })
    .transform((wire): ManagedUser =>
      present({
        accountId: wire.account_id as AtlassianAccountId,
        accountType: wire.account_type,
        accountStatus: wire.account_status,
        name: wire.name,
        pictureUrl: wire.picture,
        email: wire.email,
        billable: wire.access_billable,
        lastActiveAt: wire.last_active,
        products: wire.product_access ?? [],
      }),
    ),
);
