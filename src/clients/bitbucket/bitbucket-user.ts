import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { BitbucketUuid } from './bitbucket-ids.js';

/** A person or an app as Bitbucket shows it: without an email, unless one was asked about by itself. */
export interface BitbucketUser {
  /** The same as in every other product. Some entries have none (seen). */
  readonly accountId?: AtlassianAccountId;
  readonly uuid?: BitbucketUuid;
  readonly displayName?: string;
  /** Neither unique nor an address. */
  readonly nickname?: string;
  /** Only where it was asked for; only `active` is documented. */
  readonly accountStatus?: LiteralUnion<'active' | 'inactive' | 'closed'>;
  /** `user` for people; `app_user` for access tokens and OAuth consumers. */
  readonly type?: LiteralUnion<'user' | 'app_user' | 'team'>;
  /** Of an `app_user`: what it stands for. */
  readonly kind?: string;
  /** Only in the members that were looked up by email. */
  readonly email?: string;
  /** Only among the members of groups, and not in every answer. */
  readonly active?: boolean;
}

/** A user of the 2.0 API, embedded in something or alone. */
export const bitbucketUserSchema = lazySchema(() =>
  z
    .looseObject({
      account_id: z.string().nullish(),
      uuid: z.string().nullish(),
      display_name: z.string().nullish(),
      nickname: z.string().nullish(),
      account_status: z.string().nullish(),
      type: z.string().nullish(),
      kind: z.string().nullish(),
      email: z.string().nullish(),
      is_active: z.boolean().nullish(),
    })
    .transform((wire): BitbucketUser =>
      present({
        // An empty text says nothing: two who have it are not one.
        accountId: (wire.account_id === '' ? undefined : wire.account_id) as AtlassianAccountId | null | undefined,
        uuid: wire.uuid as BitbucketUuid | null | undefined,
        displayName: wire.display_name,
        nickname: wire.nickname,
        accountStatus: wire.account_status,
        type: wire.type,
        kind: wire.kind,
        email: wire.email,
        active: wire.is_active,
      }),
    ),
);
