export { isProvisionerError } from './errors/is-provisioner-error.js';
export { ProvisionerError, type ErrorCode, type ProvisionerErrorOptions } from './errors/provisioner-error.js';
export type * from './model/group.js';
export type * from './model/identity.js';
export * from './model/ids.js';
export type * from './model/json.js';
export type * from './model/literal-union.js';
export type * from './model/outcome.js';
export type * from './model/tagged.js';
