import { BitbucketClient } from '../clients/bitbucket/bitbucket-client.js';
import { ConfluenceClient } from '../clients/confluence/confluence-client.js';
import { JiraClient } from '../clients/jira/jira-client.js';
import type { DiscoveryConfig } from '../config/provisioner-config.js';
import type { Joins } from '../discovery/discovery.js';
import { AdminReader } from '../discovery/admin/admin-reader.js';
import { BitbucketReader } from '../discovery/bitbucket/bitbucket-reader.js';
import { ConfluenceReader } from '../discovery/confluence/confluence-reader.js';
import type { Readers } from '../discovery/discover-options.js';
import { JiraReader } from '../discovery/jira/jira-reader.js';
import type { Clients } from '../operations/capabilities.js';
import type { ProductTransports } from './product-transports.js';

/** The clients of the products; each is there only when its credential is configured. */
export interface ProductClients {
  readonly jira: JiraClient | undefined;
  readonly confluence: ConfluenceClient | undefined;
  readonly bitbucket: BitbucketClient | undefined;
}

/** Makes the clients of the products. Sends nothing. */
export function productClients({ site, bitbucket }: ProductTransports): ProductClients {
  return {
    jira: site && new JiraClient(site.jira),
    confluence: site && new ConfluenceClient(site.confluence),
    bitbucket: bitbucket && new BitbucketClient(bitbucket.transport, bitbucket.workspace, bitbucket.way),
  };
}

/** The readers of everything that is configured. */
export function readersOf(
  { scim, admin }: Clients,
  { jira, confluence, bitbucket }: ProductClients,
  { roles, skipBranchProtection, confluenceAdminKey = false }: DiscoveryConfig = {},
): Readers {
  return {
    admin: scim === undefined && admin === undefined ? undefined : new AdminReader({ scim, admin }, { roles }),
    jira: jira && new JiraReader(jira),
    confluence: confluence && new ConfluenceReader(confluenceAdminKey ? confluence.withAdminKey() : confluence),
    bitbucket: bitbucket && new BitbucketReader(bitbucket, { skipBranchProtection }),
  };
}

/** The readers of the organization for the products that lack something of their users. */
export function joinsOf({ scim, admin }: Clients): Joins {
  if (scim === undefined && admin === undefined) return {};
  return {
    jira: new AdminReader({ scim, admin }, { people: 'dates' }),
    bitbucket: new AdminReader({ admin }, { people: 'listed' }),
  };
}
