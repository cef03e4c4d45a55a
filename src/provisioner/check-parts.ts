import { checkConfiguration, type CheckConfigurationOptions } from '../checks/check-configuration.js';
import type { ConfigurationReport } from '../checks/configuration-report.js';
import type { BitbucketAccess, SiteAccess } from '../config/check-config.js';
import { systemClock } from '../http/clock.js';
import { createTransport } from '../http/create-transport.js';
import type { Transport } from '../http/transport.js';
import { transportOptions, type ProvisionerParts } from './compose.js';

const BITBUCKET_API_URL = 'https://api.bitbucket.org';

/** Checks every credential of a provisioner. */
export async function checkParts(
  { config, clients }: ProvisionerParts,
  options: CheckConfigurationOptions,
): Promise<ConfigurationReport> {
  const { scim, admin, site, bitbucket, given } = config;
  const clock = given.clock ?? systemClock;
  return checkConfiguration(
    {
      ...clients,
      site: site && siteTransport(config, site),
      bitbucket: bitbucket && {
        transport: bitbucketTransport(config, bitbucket),
        workspace: bitbucket.workspace,
      },
      expiresAt: {
        scim: scim?.expiresAt,
        admin: admin?.expiresAt,
        site: site?.expiresAt,
        bitbucket: bitbucket?.expiresAt,
      },
      now: () => clock.now(),
    },
    options,
  );
}

function siteTransport(config: ProvisionerParts['config'], { url, user, token }: SiteAccess): Transport<'site-token'> {
  return createTransport({
    ...transportOptions(config, 'site'),
    api: 'site',
    baseUrl: url,
    credential: { kind: 'site-token', user, token },
  });
}

function bitbucketTransport(
  config: ProvisionerParts['config'],
  { credential, baseUrl = BITBUCKET_API_URL }: BitbucketAccess,
): Transport<'bitbucket'> {
  return createTransport({
    ...transportOptions(config, 'bitbucket'),
    api: 'bitbucket',
    baseUrl,
    credential:
      credential.kind === 'oauth'
        ? {
            kind: 'bitbucket',
            oauthKey: credential.key,
            oauthSecret: credential.secret,
            tokenUrl: credential.tokenUrl,
          }
        : { kind: 'bitbucket', user: credential.user, token: credential.token },
  });
}
