import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** How many groups a directory has, by origin and by type. */
export interface OrgGroupStats {
  readonly totals: {
    readonly all?: number;
    /** Managed by an external source. */
    readonly managed?: number;
    readonly synced?: number;
  };
  readonly types: readonly {
    readonly type: LiteralUnion<'TEAM' | 'GROUP' | 'USERBASE_GROUP'>;
    readonly count: number;
  }[];
}

const totalsSchema = lazySchema(() =>
  z.looseObject({
    all: z.number().nullish(),
    managed: z.number().nullish(),
    synced: z.number().nullish(),
  }),
);

/** Answer of `GET …/groups/stats`, which has no wrapper. */
export const orgGroupStatsSchema = lazySchema(() =>
  z
    .looseObject({
      totals: totalsSchema().nullish(),
      types: z.array(z.looseObject({ type: z.string(), count: z.number() })).nullish(),
    })
    .transform(({ totals, types }): OrgGroupStats => ({
      totals: present({ all: totals?.all, managed: totals?.managed, synced: totals?.synced }),
      types: (types ?? []).map(({ type, count }) => ({ type, count })),
    })),
);
