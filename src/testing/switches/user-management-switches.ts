/** Unconfirmed behaviour of the User management API. */
export interface UserManagementSwitches {
  /** Setting an email that another Atlassian account holds. */
  readonly emailTaken: 400 | 409;
  /** The 401: the body of the API (`{"key":"unauthorized"}`, documented), or that of the gateway in front of it. */
  readonly unauthorizedBody: 'key' | 'gateway';
  /** An account whose email is not verified: as any other, or `forbidden.targetUnverified` (seen, said to be fixed). */
  readonly unverifiedAccount: 'allowed' | 'refused';
  /** Whether the owner of the key may not deactivate or delete the own account (`administrative.notMyself`). */
  readonly notMyself: boolean;
  /** The rule for deleting a synced account: without a reason, as Atlassian's example has it, or with one. */
  readonly lockedDeletionReason: 'absent' | 'given';
  /** Scheduling a deletion that is scheduled already. */
  readonly repeatedDeletion: 200 | 409;
  /** Cancelling a deletion that is not scheduled. */
  readonly cancelWithoutDeletion: 403 | 404;
}

/** The likelier settings. */
export const DEFAULT_USER_MANAGEMENT_SWITCHES: UserManagementSwitches = {
  emailTaken: 409,
  unauthorizedBody: 'key',
  unverifiedAccount: 'allowed',
  notMyself: true,
  lockedDeletionReason: 'absent',
  repeatedDeletion: 409,
  cancelWithoutDeletion: 404,
};
