import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** An API token of a managed account, without its value. */
export interface ManagedApiToken {
  readonly id: string;
  readonly label: string;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** ISO 8601 instant; absent when the token was never used. */
  readonly lastUsedAt?: string;
  /** ISO 8601 instant. */
  readonly expiresAt?: string;
}

/** Answer of `GET /users/{accountId}/manage/api-tokens`: a bare array. */
export const managedApiTokensSchema = lazySchema(() =>
  z.array(
    z
      .looseObject({
        id: z.string(),
        label: z.string(),
        createdAt: z.string(),
        lastAccess: z.string().nullish(),
        expiry: z.string().nullish(),
      })
      .transform((wire): ManagedApiToken =>
        present({
          id: wire.id,
          label: wire.label,
          createdAt: wire.createdAt,
          lastUsedAt: wire.lastAccess,
          expiresAt: wire.expiry,
        }),
      ),
  ),
);
