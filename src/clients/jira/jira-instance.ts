import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { present } from '../../model/present.js';
import type { SiteTransport } from '../site/site-connection.js';
import { said } from './jira-user.js';

/** What Jira says of itself. */
export interface JiraServerInfo {
  readonly baseUrl?: string;
  readonly serverTitle?: string;
  readonly deploymentType?: string;
  readonly version?: string;
  readonly buildNumber?: number;
  /** As Jira writes it: ISO 8601, with `+0000` for UTC. */
  readonly buildDate?: string;
  readonly serverTime?: string;
  readonly serverTimeZone?: string;
  readonly defaultLocale?: string;
}

/** Whether the caller has a permission. */
export interface JiraMyPermission {
  readonly key: string;
  readonly havePermission: boolean;
}

/** The Jira of a site as a whole. */
export class JiraInstance {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads what Jira says of itself, to anybody. */
  async getServerInfo(options: CallOptions = {}): Promise<JiraServerInfo> {
    return this.#transport.send({
      ...options,
      operation: 'jira.instance.getServerInfo',
      method: 'GET',
      path: path`/rest/api/3/serverInfo`,
      response: serverInfoSchema(),
    });
  }

  /**
   * Tells the id of the site, by which the gateway and the organization know it.
   *
   * A connection through the gateway has it already, and sends nothing.
   */
  async getCloudId(options: CallOptions = {}): Promise<string> {
    const known = /\/ex\/jira\/([^/]+)$/.exec(this.#transport.baseUrl)?.[1];
    if (known !== undefined) return known;
    const { cloudId } = await this.#transport.send({
      ...options,
      operation: 'site.tenantInfo',
      method: 'GET',
      path: path`/_edge/tenant_info`,
      response: z.looseObject({ cloudId: z.string() }),
    });
    return cloudId;
  }

  /**
   * Tells which of these permissions the caller has: `ADMINISTER` for Administer Jira, `USER_PICKER` for Browse users and
   * groups.
   *
   * @throws `rejected` when Jira does not know one of the keys.
   */
  async getMyPermissions(
    permissions: readonly string[],
    options: CallOptions = {},
  ): Promise<readonly JiraMyPermission[]> {
    const answer = await this.#transport.send({
      ...options,
      operation: 'jira.instance.getMyPermissions',
      method: 'GET',
      path: path`/rest/api/3/mypermissions`,
      query: { permissions: permissions.join(',') },
      response: z.looseObject({
        permissions: z.record(z.string(), z.looseObject({ havePermission: z.boolean() })),
      }),
    });
    return Object.entries(answer.permissions).map(([key, { havePermission }]) => ({ key, havePermission }));
  }
}

const serverInfoSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({
      baseUrl: text,
      serverTitle: text,
      deploymentType: text,
      version: text,
      buildNumber: z.number().nullish(),
      buildDate: text,
      serverTime: text,
      serverTimeZone: text,
      defaultLocale: z.looseObject({ locale: text }).nullish(),
    })
    .transform((wire): JiraServerInfo =>
      present({
        baseUrl: said(wire.baseUrl),
        serverTitle: said(wire.serverTitle),
        deploymentType: said(wire.deploymentType),
        version: said(wire.version),
        buildNumber: wire.buildNumber,
        buildDate: said(wire.buildDate),
        serverTime: said(wire.serverTime),
        serverTimeZone: said(wire.serverTimeZone),
        defaultLocale: said(wire.defaultLocale?.locale),
      }),
    );
});
