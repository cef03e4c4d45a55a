import type { AtlassianAccountId, ScimDirectoryId, ScimUserId } from '../model/ids.js';
import { ProvisionerError } from './provisioner-error.js';

/** Somebody who holds an email address, as far as the configured credentials can see. */
export interface EmailHolder {
  readonly scimUserId?: ScimUserId;
  /** The directory of the record; absent for the directory of this SDK. */
  readonly scimDirectoryId?: ScimDirectoryId;
  readonly accountId?: AtlassianAccountId;
  /** Whether the organization manages the account. */
  readonly managed?: boolean;
  readonly active?: boolean;
}

/**
 * The email belongs to somebody else: a record of the directory, or an Atlassian account inside or outside the
 * organization.
 *
 * No holder means that none of the configured credentials can see one: the account belongs to another organization, or to
 * nobody's directory.
 */
export class EmailInUseError extends ProvisionerError {
  override readonly name = 'EmailInUseError';
  declare readonly code: 'email_in_use';
  readonly email: string;
  readonly holders: readonly EmailHolder[];

  constructor(email: string, holders: readonly EmailHolder[], cause?: ProvisionerError) {
    super('email_in_use', `${email} is held by ${describeHolders(holders)}`, { advice: wayOut(holders), cause });
    this.email = email;
    this.holders = holders;
  }
}

function describeHolders(holders: readonly EmailHolder[]): string {
  if (holders.length === 0) return 'a record or an account that the configured credentials cannot see';
  return holders
    .map(({ scimUserId, scimDirectoryId, accountId, managed }) => {
      const record = scimUserId === undefined ? [] : [`SCIM record ${scimUserId}`];
      const directory = scimDirectoryId === undefined ? [] : [`of directory ${scimDirectoryId}`];
      const kind = managed === undefined ? '' : managed ? 'managed ' : 'external ';
      const account = accountId === undefined ? [] : [`${kind}account ${accountId}`];
      return [...record, ...directory, ...account].join(' ');
    })
    .join(' and ');
}

/** The documented way to move an address from one account to another (Atlassian: "email change" of user provisioning). */
function wayOut(holders: readonly EmailHolder[]): string {
  if (holders.length === 0)
    return 'Ask the holder to change the address, or use another one; an account of another organization is changed there only. Without the organization key fewer holders can be seen.';
  if (holders.some(({ managed }) => managed === false))
    return 'The account is not managed by the organization: its owner must change its email, or its domain be claimed first.';
  if (holders.some(({ scimUserId }) => scimUserId !== undefined))
    return 'If it is the same person, pass its id as `identity`. Otherwise rename or delete that record first (admin.provisioningLinks.deleteRecords keeps the account), give its account another email (admin.managedAccounts.setEmail), then run this again.';
  return 'Give that account another email first (admin.managedAccounts.setEmail), then run this again.';
}
