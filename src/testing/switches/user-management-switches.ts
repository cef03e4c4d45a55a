/** Unconfirmed behaviour of the User management API. */
export interface UserManagementSwitches {
  /** Setting an email that another Atlassian account holds. */
  readonly emailTaken: 400 | 409;
}

/** The likelier settings. */
export const DEFAULT_USER_MANAGEMENT_SWITCHES: UserManagementSwitches = {
  emailTaken: 409,
};
