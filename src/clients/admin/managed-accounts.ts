import { z } from 'zod';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import { managedApiTokensSchema, type ManagedApiToken } from './managed-api-token.js';
import {
  managedProfileAnswerSchema,
  toProfileBody,
  type ManagedProfile,
  type ManagedProfilePatch,
} from './managed-profile.js';
import {
  managementPermissionsSchema,
  type ManagementPermissions,
  type ManagementPrivilegeQuery,
} from './management-permissions.js';
import { noContentSchema } from './no-content.js';
import type { OrganizationTransport } from './org-paging.js';
import { RequestLimits } from './request-limits.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** What Atlassian said of a deletion that was scheduled or cancelled. */
export interface DeletionAnswer {
  readonly message?: string;
}

const deletionAnswerSchema = lazySchema(() =>
  z
    .looseObject({ message: z.string().nullish() })
    .optional()
    .transform((wire): DeletionAnswer => (typeof wire?.message === 'string' ? { message: wire.message } : {})),
);

/**
 * The accounts on the domains that the organization has claimed (User management API).
 *
 * Needs a key without scopes. An account of somebody else answers `forbidden`, an unknown one `not_found`. A refusal
 * carries Atlassian's reason in `reasonKey`; {@link ManagedAccounts.permissions} tells the same in advance.
 */
export class ManagedAccounts {
  readonly #transport: OrganizationTransport;

  constructor(transport: OrganizationTransport) {
    this.#transport = transport;
  }

  /** Reads what may be done to an account and why not. Every privilege unless some are named. */
  async permissions(
    accountId: AtlassianAccountId,
    privileges?: readonly ManagementPrivilegeQuery[],
    options: CallOptions = {},
  ): Promise<ManagementPermissions> {
    return this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.permissions',
      method: 'GET',
      path: path`/users/${accountId}/manage`,
      query: { privileges },
      response: managementPermissionsSchema(),
    });
  }

  /** Reads the profile. */
  async getProfile(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<ManagedProfile> {
    return this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.getProfile',
      method: 'GET',
      path: path`/users/${accountId}/manage/profile`,
      response: managedProfileAnswerSchema(),
    });
  }

  /**
   * Changes fields of the profile and gives the whole profile back.
   *
   * Of an account that a directory syncs, only nickname, time zone, locale, location, phone and team type can be written.
   */
  async patchProfile(
    accountId: AtlassianAccountId,
    patch: ManagedProfilePatch,
    options: CallOptions = {},
  ): Promise<ManagedProfile> {
    const operation = 'admin.managedAccounts.patchProfile';
    return this.#transport.send({
      ...options,
      operation,
      method: 'PATCH',
      path: path`/users/${accountId}/manage/profile`,
      body: toProfileBody(operation, patch),
      response: managedProfileAnswerSchema(),
      repeat: 'idempotent',
    });
  }

  /** Changes the email to one on a claimed domain. It counts as verified at once, and every session of the person ends. */
  async setEmail(accountId: AtlassianAccountId, email: string, options: CallOptions = {}): Promise<void> {
    const operation = 'admin.managedAccounts.setEmail';
    if (!email.includes('@')) new RequestLimits(operation).refuse('email', 'must be an email address');
    await this.#transport.send({
      ...options,
      operation,
      method: 'PUT',
      path: path`/users/${accountId}/manage/email`,
      body: { email },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /** Lists the API tokens of the person, never their values. */
  async listApiTokens(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<readonly ManagedApiToken[]> {
    return this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.listApiTokens',
      method: 'GET',
      path: path`/users/${accountId}/manage/api-tokens`,
      response: managedApiTokensSchema(),
    });
  }

  /** Revokes one API token of the person. */
  async revokeApiToken(accountId: AtlassianAccountId, tokenId: string, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.revokeApiToken',
      method: 'DELETE',
      path: path`/users/${accountId}/manage/api-tokens/${tokenId}`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Deactivates the account: no sign-in to any product, no seat, everything kept. `message` is shown to the person.
   *
   * Refused for an account that a directory syncs, and with `conflict` for one that Atlassian needs, such as the last
   * billing administrator.
   */
  async disable(accountId: AtlassianAccountId, message?: string, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.disable',
      method: 'POST',
      path: path`/users/${accountId}/manage/lifecycle/disable`,
      // Documented as required, though its one member is optional.
      body: message === undefined ? {} : { message },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /** Activates the account. One whose deletion is scheduled needs {@link ManagedAccounts.cancelDeletion} instead. */
  async enable(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.enable',
      method: 'POST',
      path: path`/users/${accountId}/manage/lifecycle/enable`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Schedules the permanent deletion: access ends at once, and after 14 days nothing brings the account back.
   *
   * Until then its email stays taken.
   */
  async scheduleDeletion(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<DeletionAnswer> {
    return this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.scheduleDeletion',
      method: 'POST',
      path: path`/users/${accountId}/manage/lifecycle/delete`,
      response: deletionAnswerSchema(),
      repeat: 'once',
    });
  }

  /** Takes a scheduled deletion back within 14 days, and activates the account, even one that was deactivated before. */
  async cancelDeletion(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<DeletionAnswer> {
    return this.#transport.send({
      ...options,
      operation: 'admin.managedAccounts.cancelDeletion',
      method: 'POST',
      path: path`/users/${accountId}/manage/lifecycle/cancel-delete`,
      response: deletionAnswerSchema(),
      repeat: 'once',
    });
  }
}
