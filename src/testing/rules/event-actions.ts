/** One kind of entry in the audit log. */
export interface EventActionFacts {
  readonly displayName: string;
  readonly groupDisplayName: string;
}

/**
 * The actions that the fake writes to the audit log.
 *
 * Their names are those that the operation which lists them was seen to give, in the lower case that events have them in.
 */
export const EVENT_ACTIONS = {
  user_added_to_group: { displayName: 'Added user to group', groupDisplayName: 'Groups' },
  user_removed_from_group: { displayName: 'Removed user from group', groupDisplayName: 'Groups' },
  group_created: { displayName: 'Created group', groupDisplayName: 'Groups' },
  group_deleted: { displayName: 'Deleted group', groupDisplayName: 'Groups' },
  group_granted_role: { displayName: 'Granted role to group', groupDisplayName: 'Roles' },
  group_revoked_role: { displayName: 'Revoked role from group', groupDisplayName: 'Roles' },
  user_granted_role: { displayName: 'Granted role to user', groupDisplayName: 'Roles' },
  user_revoked_role: { displayName: 'Revoked role from user', groupDisplayName: 'Roles' },
  user_invited: { displayName: 'Invited user', groupDisplayName: 'Users' },
  user_disabled_org_access: { displayName: 'Suspended user', groupDisplayName: 'Users' },
  user_enabled_org_access: { displayName: 'Restored user', groupDisplayName: 'Users' },
  user_removed_from_org: { displayName: 'Removed user from directory', groupDisplayName: 'Users' },
  managed_account_deactivated: { displayName: 'Deactivated account', groupDisplayName: 'Managed accounts' },
  managed_account_reactivated: { displayName: 'Activated account', groupDisplayName: 'Managed accounts' },
  managed_account_deletion_scheduled: {
    displayName: 'Scheduled deletion of account',
    groupDisplayName: 'Managed accounts',
  },
  managed_account_deletion_cancelled: {
    displayName: 'Cancelled deletion of account',
    groupDisplayName: 'Managed accounts',
  },
  email_change: { displayName: 'Changed email of account', groupDisplayName: 'Managed accounts' },
  user_detail_change: { displayName: 'Changed profile of account', groupDisplayName: 'Managed accounts' },
  api_token_revoked: { displayName: 'Revoked API token', groupDisplayName: 'Managed accounts' },
  scim_user_create: { displayName: 'Created user from the directory', groupDisplayName: 'User provisioning' },
  scim_user_update: { displayName: 'Updated user from the directory', groupDisplayName: 'User provisioning' },
  scim_user_delete: { displayName: 'Deleted user from the directory', groupDisplayName: 'User provisioning' },
  scim_group_create: { displayName: 'Created group from the directory', groupDisplayName: 'User provisioning' },
  scim_group_delete: { displayName: 'Deleted group from the directory', groupDisplayName: 'User provisioning' },
  scim_group_add_member: { displayName: 'Added user to synced group', groupDisplayName: 'User provisioning' },
  scim_group_remove_member: { displayName: 'Removed user from synced group', groupDisplayName: 'User provisioning' },
  policy_created: { displayName: 'Created policy', groupDisplayName: 'Policies' },
  policy_updated: { displayName: 'Updated policy', groupDisplayName: 'Policies' },
  policy_deleted: { displayName: 'Deleted policy', groupDisplayName: 'Policies' },
} as const satisfies Readonly<Record<string, EventActionFacts>>;

/** Name of an action in the audit log. */
export type EventAction = keyof typeof EVENT_ACTIONS;
