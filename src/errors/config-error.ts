import { ProvisionerError } from './provisioner-error.js';

/** One fault of a configuration. */
export interface ConfigFault {
  /** Where: `scim.token`, `admin.baseUrl`. Empty for the configuration as a whole. */
  readonly path: string;
  /** What is wrong and what belongs there. Never the value. */
  readonly message: string;
}

/** The configuration cannot be used. Lists every fault at once, by path, never with a value. */
export class ConfigError extends ProvisionerError {
  override readonly name = 'ConfigError';
  declare readonly code: 'config_invalid';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super('config_invalid', `The configuration is not valid: ${lines.join('; ')}`);
    this.faults = faults;
  }
}
