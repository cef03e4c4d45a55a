export { ProvisionerError, type ErrorCode, type ProvisionerErrorOptions } from './errors/provisioner-error.js';
export type * from './model/group.js';
export type * from './model/identity.js';
export * from './model/ids.js';
export type * from './model/outcome.js';
