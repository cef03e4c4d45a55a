import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { ConfluenceSpaceId, ConfluenceSpaceKey } from './confluence-ids.js';

/** Kind of a space. */
export type ConfluenceSpaceType = LiteralUnion<
  'global' | 'collaboration' | 'knowledge_base' | 'personal' | 'system' | 'onboarding' | 'xflow_sample_space'
>;

/** A space. */
export interface ConfluenceSpace {
  readonly id: ConfluenceSpaceId;
  readonly key: ConfluenceSpaceKey;
  readonly name: string;
  readonly type?: ConfluenceSpaceType;
  readonly status?: LiteralUnion<'current' | 'archived'>;
  readonly authorId?: AtlassianAccountId;
  readonly ownerId?: AtlassianAccountId;
  /** The word that its pages' addresses have now. */
  readonly currentActiveAlias?: string;
  /** ISO 8601 instant. */
  readonly createdAt?: string;
  readonly homepageId?: string;
}

export const confluenceSpaceSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      type: text,
      status: text,
      authorId: text,
      spaceOwnerId: text,
      currentActiveAlias: text,
      createdAt: text,
      homepageId: text,
    })
    .transform((wire): ConfluenceSpace =>
      present({
        id: wire.id as ConfluenceSpaceId,
        key: wire.key as ConfluenceSpaceKey,
        name: wire.name,
        type: wire.type,
        status: wire.status,
        authorId: wire.authorId as AtlassianAccountId | null | undefined,
        ownerId: wire.spaceOwnerId as AtlassianAccountId | null | undefined,
        currentActiveAlias: wire.currentActiveAlias,
        createdAt: wire.createdAt,
        homepageId: wire.homepageId,
      }),
    );
});

/** Whether a space can be seen without an account, and without a licence. */
export interface ConfluenceOpenAccess {
  readonly anonymous: boolean;
  /** People who are signed in and have no licence, such as customers of Jira Service Management. */
  readonly unlicensed: boolean;
}

/** A space of version 1 with its permissions expanded. */
export const openAccessSchema = lazySchema(() =>
  z
    .looseObject({
      permissions: z.array(
        z.looseObject({
          operation: z.looseObject({ operation: z.string(), targetType: z.string() }),
          anonymousAccess: z.boolean().nullish(),
          unlicensedAccess: z.boolean().nullish(),
        }),
      ),
    })
    .transform(({ permissions }): ConfluenceOpenAccess => {
      const views = permissions.filter(
        ({ operation }) => operation.operation === 'read' && operation.targetType === 'space',
      );
      return {
        anonymous: views.some(({ anonymousAccess }) => anonymousAccess === true),
        unlicensed: views.some(({ unlicensedAccess }) => unlicensedAccess === true),
      };
    }),
);
