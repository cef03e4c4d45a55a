import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Something that an administrator may or may not do to a managed account. */
export type ManagementPrivilege =
  'profile.read' | 'email.set' | 'lifecycle.enablement' | 'lifecycle.delete' | 'apiToken.read' | 'apiToken.delete';

/** A privilege to ask about; `profile.write` is answered field by field. */
export type ManagementPrivilegeQuery = ManagementPrivilege | 'profile.write';

/** Why something is not allowed, as Atlassian says it in answers and in refusals. */
export type ManagementReasonKey =
  | 'administrative'
  | 'administrative.notMyself'
  | 'authPolicy.saml'
  | 'blocked.exportControl'
  | 'externalDirectory.scim'
  | 'externalDirectory.google'
  | 'myselfOnly'
  | 'managedAccount';

/** A field of the profile, by its path on the wire. */
export type ProfilePath =
  | 'name'
  | 'nickname'
  | 'zoneinfo'
  | 'locale'
  | 'extended_profile.job_title'
  | 'extended_profile.organization'
  | 'extended_profile.department'
  | 'extended_profile.location'
  | 'extended_profile.phone_number'
  | 'extended_profile.team_type';

/** Whether something is allowed, and if not, mostly why: a reason is documented, and one answer seen has none. */
export interface ManagementRule {
  readonly allowed: boolean;
  readonly reason?: LiteralUnion<ManagementReasonKey>;
}

/** What may be done to one managed account. A privilege that is in neither map was not told of. */
export interface ManagementPermissions {
  /** By privilege. Live answers have more of them than are documented. */
  readonly privileges: ReadonlyMap<LiteralUnion<ManagementPrivilege>, ManagementRule>;
  /** Whether each field of the profile can be written, by its path. */
  readonly profilePaths: ReadonlyMap<LiteralUnion<ProfilePath>, ManagementRule>;
}

const ruleSchema = lazySchema(() =>
  z.looseObject({ allowed: z.boolean(), reason: z.looseObject({ key: z.string() }).nullish() }),
);
const pathsSchema = lazySchema(() => z.record(z.string(), ruleSchema()));

function toRule({ allowed, reason }: z.infer<ReturnType<typeof ruleSchema>>): ManagementRule {
  return present({ allowed, reason: reason?.key });
}

/** Answer of `GET /users/{accountId}/manage`. A privilege that is not documented is kept when it reads as a rule. */
export const managementPermissionsSchema = lazySchema(() =>
  z
    .looseObject({
      profile: pathsSchema().optional(),
      'profile.write': pathsSchema().optional(),
      'profile.read': ruleSchema().optional(),
      'email.set': ruleSchema().optional(),
      'lifecycle.enablement': ruleSchema().optional(),
      'lifecycle.delete': ruleSchema().optional(),
      'apiToken.read': ruleSchema().optional(),
      'apiToken.delete': ruleSchema().optional(),
    })
    .transform(({ profile, 'profile.write': profileWrite, ...others }): ManagementPermissions => {
      const privileges = new Map<string, ManagementRule>();
      for (const [privilege, value] of Object.entries(others)) {
        const rule = ruleSchema().safeParse(value);
        if (rule.success) privileges.set(privilege, toRule(rule.data));
      }
      // `profile` is the former name of `profile.write`.
      const paths = Object.entries(profileWrite ?? profile ?? {});
      return { privileges, profilePaths: new Map(paths.map(([fieldPath, rule]) => [fieldPath, toRule(rule)])) };
    }),
);
