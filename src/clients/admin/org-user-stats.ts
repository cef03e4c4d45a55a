import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { OrgRoleId } from './org-role-id.js';
import type { AccountStatus } from './org-user.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** How many people a directory has, by account status and by role. */
export interface OrgUserStats {
  readonly accountStatus: readonly {
    readonly status: LiteralUnion<AccountStatus>;
    readonly count: number;
  }[];
  readonly roles: readonly { readonly roleId: OrgRoleId; readonly count: number }[];
}

/** Answer of `GET …/users/stats`, which has no wrapper. */
export const orgUserStatsSchema = lazySchema(() =>
  z
    .looseObject({
      accountStatus: z.array(z.looseObject({ status: z.string(), count: z.number() })).nullish(),
      roles: z.array(z.looseObject({ roleId: z.string(), count: z.number() })).nullish(),
    })
    .transform((wire): OrgUserStats => ({
      accountStatus: (wire.accountStatus ?? []).map(({ status, count }) => ({ status, count })),
      roles: (wire.roles ?? []).map(({ roleId, count }) => ({ roleId, count })),
    })),
);
