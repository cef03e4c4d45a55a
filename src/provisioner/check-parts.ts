import { checkConfiguration, type CheckConfigurationOptions } from '../checks/check-configuration.js';
import { withProtectionWarnings } from '../checks/protection-warnings.js';
import type { ConfigurationReport } from '../checks/configuration-report.js';
import { systemClock } from '../http/clock.js';
import type { ProvisionerParts } from './compose.js';

/** Checks every credential of a provisioner. */
export async function checkParts(
  { config, clients, transports, mapper }: ProvisionerParts,
  options: CheckConfigurationOptions,
): Promise<ConfigurationReport> {
  const { scim, admin, site, bitbucket, guard, given } = config;
  const clock = given.clock ?? systemClock;
  const report = await checkConfiguration(
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
  if (mapper === undefined) return report;
  const { warnWithinMs: _, ...call } = options;
  return withProtectionWarnings(report, guard.protect, mapper, call);
}
