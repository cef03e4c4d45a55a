import { checkConfiguration, type CheckConfigurationOptions } from '../checks/check-configuration.js';
import type { ConfigurationReport } from '../checks/configuration-report.js';
import type { BitbucketAccess, SiteAccess } from '../config/check-config.js';
import { systemClock } from '../http/clock.js';
import type { SiteTransports } from '../checks/product-checks.js';
import { connectSite } from '../clients/site/site-connection.js';
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
      site: site && siteTransports(config, site),
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

function siteTransports(config: ProvisionerParts['config'], access: SiteAccess): SiteTransports {
  const { expiresAt: _told, ...connection } = access;
  const options = { ...transportOptions(config, 'site'), ...connection };
  return { jira: connectSite('jira', options), confluence: connectSite('confluence', options) };
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
