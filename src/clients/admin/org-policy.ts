import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Details of a resource that a policy is applied to, by their names on the wire. */
export interface OrgPolicyResourceMeta {
  readonly scheduledDate?: string | undefined;
  readonly migrationStartDateTime?: string | undefined;
  /** Atlassian spells it so. */
  readonly migrationEndDataTime?: string | undefined;
  readonly atlassianAccountId?: string | undefined;
}

/** What can be said of a resource when a policy is applied to it. */
export interface OrgPolicyResourceDetails {
  readonly meta?: OrgPolicyResourceMeta | undefined;
  /** Link to a ticket. */
  readonly ticketUrl?: string | undefined;
}

/** A resource to apply a policy to. */
export interface OrgPolicyResourceInput extends OrgPolicyResourceDetails {
  readonly id: string;
}

/** A resource of a policy, and how far the policy is applied to it. */
export interface OrgPolicyResource {
  readonly id: string;
  readonly applicationStatus?: LiteralUnion<'applying' | 'removing' | 'applied' | 'failed' | 'scheduled'>;
  readonly meta?: OrgPolicyResourceMeta;
  /** Link to a ticket. */
  readonly ticketUrl?: string;
}

/** A policy to create, or to put in the place of another. */
export interface OrgPolicyInput {
  readonly type: 'ip-allowlist' | 'data-residency';
  readonly name: string;
  readonly status: 'enabled' | 'disabled';
  /** What the rule allows: networks, or regions. */
  readonly allowed: readonly string[];
  readonly resources: readonly OrgPolicyResourceInput[];
}

/** A policy of the organization. Authentication policies are not among them. */
export interface OrgPolicy {
  readonly id: string;
  readonly type: LiteralUnion<'ip-allowlist' | 'data-residency' | 'data-security'>;
  readonly name?: string;
  readonly status?: LiteralUnion<'enabled' | 'disabled'>;
  /** What the rule allows: networks, or regions. Absent for a rule of another form. */
  readonly allowed?: readonly string[];
  readonly resources: readonly OrgPolicyResource[];
}

const metaSchema = lazySchema(() =>
  z
    .looseObject({
      scheduledDate: z.string().nullish(),
      migrationStartDateTime: z.string().nullish(),
      migrationEndDataTime: z.string().nullish(),
      atlassianAccountId: z.string().nullish(),
    })
    .transform((wire): OrgPolicyResourceMeta =>
      present({
        scheduledDate: wire.scheduledDate,
        migrationStartDateTime: wire.migrationStartDateTime,
        migrationEndDataTime: wire.migrationEndDataTime,
        atlassianAccountId: wire.atlassianAccountId,
      }),
    ),
);

const resourceSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      applicationStatus: z.string().nullish(),
      meta: metaSchema().nullish(),
      links: z.looseObject({ ticket: z.string().nullish() }).nullish(),
    })
    .transform((wire): OrgPolicyResource =>
      present({
        id: wire.id,
        applicationStatus: wire.applicationStatus,
        meta: wire.meta,
        ticketUrl: wire.links?.ticket,
      }),
    ),
);

/** One policy in the JSON:API shape of version 1. */
export const orgPolicySchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      attributes: z.looseObject({
        type: z.string(),
        name: z.string().nullish(),
        status: z.string().nullish(),
        rule: z.looseObject({ in: z.array(z.string()).nullish() }).nullish(),
        resources: z.array(resourceSchema()).nullish(),
      }),
    })
    .transform(({ id, attributes }): OrgPolicy =>
      present({
        id,
        type: attributes.type,
        name: attributes.name,
        status: attributes.status,
        allowed: attributes.rule?.in,
        resources: attributes.resources ?? [],
      }),
    ),
);

/** Answer of the calls that give one policy back. */
export const orgPolicyAnswerSchema = lazySchema(() =>
  z.looseObject({ data: orgPolicySchema() }).transform(({ data }) => data),
);
