import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { AtlassianAccountId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import type { InviteRoleId } from './org-role-id.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Whom to invite, to what. */
export interface InviteInput {
  /** 1 to 25. */
  readonly emails: readonly string[];
  /** A role on a product each; who is invited joins the directory of that product. */
  readonly permissionRules?: readonly { readonly resource: ResourceAri; readonly role: InviteRoleId }[] | undefined;
  readonly groupIds?: readonly OrgGroupId[] | undefined;
  /** Whether Atlassian mails those invited; it does not unless asked. */
  readonly sendNotification?: boolean | undefined;
  /** Text of that mail. */
  readonly notificationText?: string | undefined;
}

/** What became of one assignment of an invitation. */
export interface InvitationAssignment {
  readonly status: LiteralUnion<'INVITED' | 'ERROR'>;
  /** Why not, in Atlassian's words. */
  readonly reason?: string;
}

/** A role of an invitation, and what became of it. */
export interface InvitationRole extends InvitationAssignment {
  readonly resourceId?: ResourceAri;
  /** An ARI of the role in Atlassian's own example, not the id that was asked for. */
  readonly role?: string;
}

/** A group of an invitation, and what became of it. */
export interface InvitationGroup extends InvitationAssignment {
  readonly groupId?: OrgGroupId;
}

/** One person invited. */
export interface Invitation {
  readonly email?: string;
  readonly accountId?: AtlassianAccountId;
  readonly roles: readonly InvitationRole[];
  readonly groups: readonly InvitationGroup[];
}

/** What became of an invitation. Part of it may have failed: Atlassian then answers 206, which is no error. */
export interface InviteResult {
  readonly invitations: readonly Invitation[];
  /** Whether every assignment in the answer came about. */
  readonly complete: boolean;
}

const assignment = () => ({ status: z.string(), statusReason: z.string().nullish() });

const roleResultSchema = lazySchema(() =>
  z
    .looseObject({ ...assignment(), resource: z.string().nullish(), role: z.string().nullish() })
    .transform((wire): InvitationRole =>
      present({
        resourceId: wire.resource as ResourceAri | null | undefined,
        role: wire.role,
        status: wire.status,
        reason: wire.statusReason,
      }),
    ),
);

const groupResultSchema = lazySchema(() =>
  z.looseObject({ ...assignment(), group: z.string().nullish() }).transform((wire): InvitationGroup =>
    present({
      groupId: wire.group as OrgGroupId | null | undefined,
      status: wire.status,
      reason: wire.statusReason,
    }),
  ),
);

const invitationSchema = lazySchema(() =>
  z
    .looseObject({
      email: z.string().nullish(),
      id: z.string().nullish(),
      results: z
        .array(
          z.looseObject({
            roleAssignmentResult: z.array(roleResultSchema()).nullish(),
            groupAssignmentResult: z.array(groupResultSchema()).nullish(),
          }),
        )
        .nullish(),
    })
    .transform((wire): Invitation => ({
      ...present({ email: wire.email, accountId: wire.id as AtlassianAccountId | null | undefined }),
      roles: (wire.results ?? []).flatMap((result) => result.roleAssignmentResult ?? []),
      groups: (wire.results ?? []).flatMap((result) => result.groupAssignmentResult ?? []),
    })),
);

/** Answer of `POST /admin/v2/orgs/{orgId}/users/invite`, whole (200) or in part (206). */
export const inviteResultSchema = lazySchema(() =>
  z.looseObject({ data: z.array(invitationSchema()).nullish() }).transform(({ data }): InviteResult => {
    const invitations = data ?? [];
    return {
      invitations,
      complete: invitations.every(({ roles, groups }) =>
        [...roles, ...groups].every(({ status }) => status === 'INVITED'),
      ),
    };
  }),
);
