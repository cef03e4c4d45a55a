import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** A domain of the organization, and how far it is claimed. Accounts on a `verified` one are managed. */
export interface OrgDomain {
  readonly id: string;
  readonly name: string;
  readonly claimType?: LiteralUnion<'http' | 'dns'>;
  readonly claimStatus?: LiteralUnion<'verified' | 'deleted' | 'unverified' | 'superseded' | 'missing_token'>;
}

/** One domain in the JSON:API shape of version 1. */
export const orgDomainSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      attributes: z.looseObject({
        name: z.string(),
        claim: z.looseObject({ type: z.string().nullish(), status: z.string().nullish() }).nullish(),
      }),
    })
    .transform(({ id, attributes }): OrgDomain =>
      present({
        id,
        name: attributes.name,
        claimType: attributes.claim?.type,
        claimStatus: attributes.claim?.status,
      }),
    ),
);

/** Answer of `GET /admin/v1/orgs/{orgId}/domains/{domainId}`. */
export const orgDomainAnswerSchema = lazySchema(() =>
  z.looseObject({ data: orgDomainSchema() }).transform(({ data }) => data),
);
