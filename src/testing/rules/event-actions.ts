/** One kind of entry in the audit log. */
export interface EventActionFacts {
  readonly displayName: string;
  readonly groupDisplayName: string;
}

/**
 * The actions that the fake writes to the audit log.
 *
 * `user_added_to_group` is documented; the others follow its pattern, because Atlassian publishes them only through the
 * operation that lists them.
 */
export const EVENT_ACTIONS = {
  user_added_to_group: { displayName: 'Added user to group', groupDisplayName: 'Groups' },
  user_removed_from_group: { displayName: 'Removed user from group', groupDisplayName: 'Groups' },
  group_created: { displayName: 'Created group', groupDisplayName: 'Groups' },
  group_deleted: { displayName: 'Deleted group', groupDisplayName: 'Groups' },
  group_role_granted: { displayName: 'Granted role to group', groupDisplayName: 'Roles' },
  group_role_revoked: { displayName: 'Revoked role from group', groupDisplayName: 'Roles' },
  user_role_granted: { displayName: 'Granted role to user', groupDisplayName: 'Roles' },
  user_role_revoked: { displayName: 'Revoked role from user', groupDisplayName: 'Roles' },
  user_invited: { displayName: 'Invited user', groupDisplayName: 'Users' },
  user_suspended: { displayName: 'Suspended user', groupDisplayName: 'Users' },
  user_restored: { displayName: 'Restored user', groupDisplayName: 'Users' },
  user_removed_from_directory: { displayName: 'Removed user from directory', groupDisplayName: 'Users' },
  account_deactivated: { displayName: 'Deactivated account', groupDisplayName: 'Managed accounts' },
  account_activated: { displayName: 'Activated account', groupDisplayName: 'Managed accounts' },
  account_deletion_scheduled: { displayName: 'Scheduled deletion of account', groupDisplayName: 'Managed accounts' },
  account_deletion_cancelled: { displayName: 'Cancelled deletion of account', groupDisplayName: 'Managed accounts' },
  account_email_changed: { displayName: 'Changed email of account', groupDisplayName: 'Managed accounts' },
  account_profile_changed: { displayName: 'Changed profile of account', groupDisplayName: 'Managed accounts' },
  api_token_revoked: { displayName: 'Revoked API token', groupDisplayName: 'Managed accounts' },
  policy_created: { displayName: 'Created policy', groupDisplayName: 'Policies' },
  policy_updated: { displayName: 'Updated policy', groupDisplayName: 'Policies' },
  policy_deleted: { displayName: 'Deleted policy', groupDisplayName: 'Policies' },
} as const satisfies Readonly<Record<string, EventActionFacts>>;

/** Name of an action in the audit log. */
export type EventAction = keyof typeof EVENT_ACTIONS;
