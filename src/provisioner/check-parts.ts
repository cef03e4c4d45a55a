import { checkConfiguration, type CheckConfigurationOptions } from '../checks/check-configuration.js';
import type { ConfigurationReport } from '../checks/configuration-report.js';
import { systemClock } from '../http/clock.js';
import type { ProvisionerParts } from './compose.js';

/** Checks every credential of a provisioner. */
export async function checkParts(
  { config, clients, transports }: ProvisionerParts,
  options: CheckConfigurationOptions,
): Promise<ConfigurationReport> {
  const { scim, admin, site, bitbucket, given } = config;
  const clock = given.clock ?? systemClock;
  return checkConfiguration(
    {
      ...clients,
      site: transports.site,
      bitbucket: transports.bitbucket,
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
