import type { SiteTransports } from '../checks/product-checks.js';
import { connectSite } from '../clients/site/site-connection.js';
import type { BitbucketAccess, CheckedConfig, SiteAccess } from '../config/check-config.js';
import { createTransport } from '../http/create-transport.js';
import type { Transport } from '../http/transport.js';
import type { AtlassianProvisionerOptions } from './provisioner-options.js';
import { transportOptions } from './transport-options.js';

type Checked = CheckedConfig<AtlassianProvisionerOptions>;

/** The ways to the products that are configured. */
export interface ProductTransports {
  readonly site: SiteTransports | undefined;
  readonly bitbucket: BitbucketPlace | undefined;
}

/** A way to Bitbucket, and the workspace there. */
interface BitbucketPlace {
  readonly transport: Transport<'bitbucket'>;
  /** The slug. */
  readonly workspace: string;
  readonly way: 'oauth' | 'api-token';
}

const BITBUCKET_API_URL = 'https://api.bitbucket.org';

/** Makes the transports of the products. Sends nothing. */
export function productTransports(config: Checked): ProductTransports {
  const { site, bitbucket } = config;
  return {
    site: site && siteTransports(config, site),
    bitbucket: bitbucket && bitbucketPlace(config, bitbucket),
  };
}

function siteTransports(config: Checked, { expiresAt: _told, ...connection }: SiteAccess): SiteTransports {
  const options = { ...transportOptions(config, 'site'), ...connection };
  return { jira: connectSite('jira', options), confluence: connectSite('confluence', options) };
}

function bitbucketPlace(config: Checked, access: BitbucketAccess): BitbucketPlace {
  const { credential, workspace, baseUrl = BITBUCKET_API_URL } = access;
  const options = { ...transportOptions(config, 'bitbucket'), api: 'bitbucket', baseUrl };
  if (credential.kind !== 'oauth')
    return {
      workspace,
      way: 'api-token',
      transport: createTransport({
        ...options,
        credential: { kind: 'bitbucket', user: credential.user, token: credential.token },
      }),
    };
  const { key, secret, tokenUrl } = credential;
  return {
    workspace,
    way: 'oauth',
    transport: createTransport({
      ...options,
      credential: { kind: 'bitbucket', oauthKey: key, oauthSecret: secret, tokenUrl },
    }),
  };
}
