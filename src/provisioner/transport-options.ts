import type { CheckedConfig } from '../config/check-config.js';
import type { TransportOptions } from '../http/create-transport.js';
import type { AtlassianProvisionerOptions } from './provisioner-options.js';

/** The settings of the HTTP layer for one API. */
export function transportOptions(
  { given }: CheckedConfig<AtlassianProvisionerOptions>,
  api: 'scim' | 'admin' | 'site' | 'bitbucket',
): TransportOptions {
  const { http = {}, fetch, clock } = given;
  const { rateLimit, ...rest } = http;
  return { ...rest, rateLimit: rateLimit?.[api], fetch, clock };
}
