import type { JsonObject } from '../../model/json.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { AccountType } from './managed-user.js';
import type { AccountStatus } from './org-user.js';
import { toBody, type BodyFields } from './json-body.js';
import { present } from '../../model/present.js';
import { RequestLimits } from './request-limits.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** The profile of a managed account. */
export interface ManagedProfile {
  readonly accountId: AtlassianAccountId;
  readonly accountType: LiteralUnion<AccountType>;
  readonly accountStatus: LiteralUnion<AccountStatus>;
  readonly name: string;
  /** The public name. */
  readonly nickname: string;
  readonly email: string;
  readonly pictureUrl: string;
  /** IANA time zone. */
  readonly timezone?: string;
  /** BCP 47 tag, `en-US`. */
  readonly locale?: string;
  readonly jobTitle?: string;
  readonly organization?: string;
  readonly department?: string;
  readonly location?: string;
  /** Seen, not documented. */
  readonly phoneNumber?: string;
  /** Seen, not documented. */
  readonly teamType?: string;
  readonly notMentionable?: boolean;
  /** Seen, not documented. */
  readonly emailVerified?: boolean;
}

/** The fields of a profile to change; what is left out stays. All are refused when one of them may not be written. */
export interface ManagedProfilePatch {
  /** 1 to 100 characters. */
  readonly name?: string | undefined;
  /** 1 to 30 characters. */
  readonly nickname?: string | undefined;
  /** IANA time zone. */
  readonly timezone?: string | undefined;
  /** BCP 47 tag, `en-US`. */
  readonly locale?: string | undefined;
  readonly jobTitle?: string | undefined;
  readonly organization?: string | undefined;
  readonly department?: string | undefined;
  readonly location?: string | undefined;
  /** Told writable by the permissions, missing from the documented body. */
  readonly phoneNumber?: string | undefined;
  /** Told writable by the permissions, missing from the documented body. */
  readonly teamType?: string | undefined;
}

const accountSchema = lazySchema(() =>
  z
    .looseObject({
      account_id: z.string(),
      account_type: z.string(),
      account_status: z.string(),
      name: z.string(),
      nickname: z.string(),
      email: z.string(),
      picture: z.string(),
      zoneinfo: z.string().nullish(),
      locale: z.string().nullish(),
      extended_profile: z
        .looseObject({
          job_title: z.string().nullish(),
          organization: z.string().nullish(),
          department: z.string().nullish(),
          location: z.string().nullish(),
          phone_number: z.string().nullish(),
          team_type: z.string().nullish(),
        })
        .nullish(),
      characteristics: z.looseObject({ not_mentionable: z.boolean().nullish() }).nullish(),
      email_verified: z.boolean().nullish(),
    })
    .transform((wire): ManagedProfile =>
      present({
        accountId: wire.account_id as AtlassianAccountId,
        accountType: wire.account_type,
        accountStatus: wire.account_status,
        name: wire.name,
        nickname: wire.nickname,
        email: wire.email,
        pictureUrl: wire.picture,
        timezone: wire.zoneinfo,
        locale: wire.locale,
        jobTitle: wire.extended_profile?.job_title,
        organization: wire.extended_profile?.organization,
        department: wire.extended_profile?.department,
        location: wire.extended_profile?.location,
        phoneNumber: wire.extended_profile?.phone_number,
        teamType: wire.extended_profile?.team_type,
        notMentionable: wire.characteristics?.not_mentionable,
        emailVerified: wire.email_verified,
      }),
    ),
);

/** Answer of both profile calls. */
export const managedProfileAnswerSchema = lazySchema(() =>
  z.looseObject({ account: accountSchema() }).transform(({ account }) => account),
);

/** The body of PATCH profile: a plain merge, with the extended fields one level down. */
export function toProfileBody(operation: string, patch: ManagedProfilePatch): JsonObject {
  new RequestLimits(operation).length('name', patch.name, 1, 100).length('nickname', patch.nickname, 1, 30);
  const extended: BodyFields = {
    job_title: patch.jobTitle,
    organization: patch.organization,
    department: patch.department,
    location: patch.location,
    phone_number: patch.phoneNumber,
    team_type: patch.teamType,
  };
  const hasExtended = Object.values(extended).some((value) => value !== undefined);
  return toBody({
    name: patch.name,
    nickname: patch.nickname,
    zoneinfo: patch.timezone,
    locale: patch.locale,
    extended_profile: hasExtended ? toBody(extended) : undefined,
  });
}
