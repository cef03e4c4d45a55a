import { z } from 'zod';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import { lazySchema } from '../../model/lazy-schema.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import { noContentSchema } from '../admin/no-content.js';
import { present } from '../../model/present.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';

/** What Confluence says of itself. */
export interface ConfluenceSystemInfo {
  readonly cloudId: string;
  readonly commitHash?: string;
  /** Ends in `/wiki`. */
  readonly baseUrl?: string;
  readonly edition?: string;
  readonly siteTitle?: string;
  readonly defaultLocale?: string;
  readonly defaultTimeZone?: string;
}

/** Leave to read past the permissions of spaces and pages, for a time. */
export interface ConfluenceAdminKey {
  readonly accountId?: AtlassianAccountId;
  /** ISO 8601 instant. */
  readonly expirationTime?: string;
}

/** The Confluence of a site as a whole. */
export class ConfluenceInstance {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads what Confluence says of itself. */
  async getSystemInfo(options: CallOptions = {}): Promise<ConfluenceSystemInfo> {
    return this.#transport.send({
      ...options,
      operation: 'confluence.instance.getSystemInfo',
      method: 'GET',
      path: path`/wiki/rest/api/settings/systemInfo`,
      response: systemInfoSchema(),
    });
  }

  /**
   * Tells whether people without an account may use Confluence at all, from whether it shows the anonymous user.
   *
   * That Confluence refuses it with 403 otherwise is documented in the words of the error only. A caller who may not use
   * Confluence gets the same 403.
   *
   * @throws `response_invalid` when the answer is about no user.
   */
  async allowsAnonymous(options: CallOptions = {}): Promise<boolean> {
    try {
      await this.#transport.send({
        ...options,
        operation: 'confluence.instance.allowsAnonymous',
        method: 'GET',
        path: path`/wiki/rest/api/user/anonymous`,
        response: z.looseObject({ type: z.string() }),
      });
      return true;
    } catch (error) {
      if (isProvisionerError(error, 'forbidden')) return false;
      throw error;
    }
  }

  /** Reads the admin key of the caller; `undefined` when there is none. */
  async findAdminKey(options: CallOptions = {}): Promise<ConfluenceAdminKey | undefined> {
    try {
      return await this.#transport.send({
        ...options,
        operation: 'confluence.instance.findAdminKey',
        method: 'GET',
        path: path`/wiki/api/v2/admin-key`,
        response: adminKeySchema(),
      });
    } catch (error) {
      if (isProvisionerError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  /**
   * Turns the admin key of the caller on, for 10 minutes unless given, 60 at most. Every use is in the audit log.
   *
   * For admins of a Premium or Enterprise site, with an API token; apps cannot have one. Reads use it through
   * `ConfluenceClient.withAdminKey` — on the host of the site: through the gateway it was seen to do nothing.
   *
   * @throws `not_found` when the caller cannot have one.
   */
  async enableAdminKey(durationMinutes?: number, options: CallOptions = {}): Promise<ConfluenceAdminKey> {
    const operation = 'confluence.instance.enableAdminKey';
    new RequestLimits(operation).range('durationMinutes', durationMinutes, 1, 60);
    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/wiki/api/v2/admin-key`,
      body: durationMinutes === undefined ? {} : { durationInMinutes: durationMinutes },
      response: adminKeySchema(),
      repeat: 'idempotent',
    });
  }

  /** Turns the admin key of the caller off. */
  async disableAdminKey(options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'confluence.instance.disableAdminKey',
      method: 'DELETE',
      path: path`/wiki/api/v2/admin-key`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }
}

const systemInfoSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({
      cloudId: z.string(),
      commitHash: text,
      baseUrl: text,
      edition: text,
      siteTitle: text,
      defaultLocale: text,
      defaultTimeZone: text,
    })
    .transform((wire): ConfluenceSystemInfo =>
      present({
        cloudId: wire.cloudId,
        commitHash: wire.commitHash,
        baseUrl: wire.baseUrl,
        edition: wire.edition,
        siteTitle: wire.siteTitle,
        defaultLocale: wire.defaultLocale,
        defaultTimeZone: wire.defaultTimeZone,
      }),
    );
});

const adminKeySchema = lazySchema(() =>
  z
    .looseObject({ accountId: z.string().nullish(), expirationTime: z.string().nullish() })
    .transform(({ accountId, expirationTime }): ConfluenceAdminKey =>
      present({ accountId: accountId as AtlassianAccountId | null | undefined, expirationTime }),
    ),
);
