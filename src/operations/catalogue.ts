import { ProvisionerError } from '../errors/provisioner-error.js';
import { cancelAccountDeletion, disableAccount, enableAccount, scheduleAccountDeletion } from './account-lifecycle.js';
import { createScimUser } from './create-scim-user.js';
import { deleteProvisioningRecords } from './delete-provisioning-records.js';
import { deleteScimUser } from './delete-scim-user.js';
import { restoreInDirectory, suspendInDirectory } from './directory-access.js';
import type { OperationDefinition } from './operation.js';
import { addToOrgGroup, removeFromOrgGroup } from './org-group-membership.js';
import { grantProductRole, revokeProductRole } from './product-role.js';
import { revokeApiToken } from './revoke-api-token.js';
import { addToScimGroup, removeFromScimGroup } from './scim-group-membership.js';
import { activateScimUser, deactivateScimUser } from './set-scim-user-active.js';
import { updateScimUser } from './update-scim-user.js';

/**
 * Every write the SDK can make.
 *
 * The input of each is checked by its own schema before it is used, so the differing input types may be forgotten here.
 */
const DEFINITIONS = [
  createScimUser,
  updateScimUser,
  deactivateScimUser,
  activateScimUser,
  deleteScimUser,
  addToScimGroup,
  removeFromScimGroup,
  addToOrgGroup,
  removeFromOrgGroup,
  suspendInDirectory,
  restoreInDirectory,
  disableAccount,
  enableAccount,
  scheduleAccountDeletion,
  cancelAccountDeletion,
  revokeApiToken,
  deleteProvisioningRecords,
  grantProductRole,
  revokeProductRole,
] as unknown as readonly OperationDefinition[];

const BY_KIND = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));

/** The definition of a kind. Throws `plan_altered` for a kind that this version does not know. */
export function operationOfKind(kind: string): OperationDefinition {
  const definition = BY_KIND.get(kind);
  if (definition !== undefined) return definition;
  throw new ProvisionerError('plan_altered', `The plan holds an operation "${kind}" that this version does not know`, {
    advice: 'Make the plan again with this version.',
  });
}

/** The input of a planned operation, checked. Throws `plan_altered` naming the field that does not fit. */
export function checkedInput(definition: OperationDefinition, input: object): object {
  const parsed = definition.input().safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => (path.length === 0 ? 'input' : path.join('.'))).join(', ');
  throw new ProvisionerError('plan_altered', `The input of ${definition.kind} does not fit: ${fields}`, {
    advice: 'Make the plan again.',
  });
}
