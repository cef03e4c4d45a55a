import { cancelDeletion } from '../actions/cancel-deletion.js';
import type { DeletionChoices } from '../actions/delete-identity-input.js';
import { deleteIdentity } from '../actions/delete-identity.js';
import { deprovisionIdentity, type DeprovisionChoices } from '../actions/deprovision-identity.js';
import { restoreAccess, suspendAccess } from '../actions/directory-access-actions.js';
import type { ManageRelationshipsInput } from '../actions/manage-relationships-input.js';
import { manageRelationships } from '../actions/manage-relationships.js';
import { grantProductAccess } from '../actions/grant-product-access.js';
import type { ProductAccessInput } from '../actions/product-access-input.js';
import { revokeProductAccess } from '../actions/revoke-product-access.js';
import { reactivateIdentity, type ReactivationChoices } from '../actions/reactivate-identity.js';
import { revokeApiTokens } from '../actions/revoke-api-tokens.js';
import type { SyncIdentityInput } from '../actions/sync-identity-input.js';
import { syncIdentity } from '../actions/sync-identity.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { IdentityRef } from '../model/identity.js';
import type { AnyActionDefinition } from '../plan/action-definition.js';
import { changeRole, type ChangeRoleInput } from '../workflows/change-role.js';
import { offboard, type OffboardInput } from '../workflows/offboard.js';
import { onboard, type OnboardInput } from '../workflows/onboard.js';

/** Whom an action is about, where that is all it needs. */
export interface AboutIdentity {
  readonly identity: IdentityRef;
}

/** The input of each action and workflow, as `plan` takes it. */
export interface ActionInputs {
  readonly syncIdentity: SyncIdentityInput;
  readonly manageRelationships: ManageRelationshipsInput;
  readonly deprovisionIdentity: AboutIdentity & DeprovisionChoices;
  readonly deleteIdentity: AboutIdentity & DeletionChoices;
  readonly reactivateIdentity: AboutIdentity & ReactivationChoices;
  readonly suspendAccess: AboutIdentity;
  readonly restoreAccess: AboutIdentity;
  readonly cancelDeletion: AboutIdentity;
  readonly revokeApiTokens: AboutIdentity;
  readonly grantProductAccess: ProductAccessInput;
  readonly revokeProductAccess: ProductAccessInput;
  readonly onboard: OnboardInput;
  readonly changeRole: ChangeRoleInput;
  readonly offboard: OffboardInput;
}

/** The names of all actions and workflows. */
export type ActionName = keyof ActionInputs;

/** The definition of each; `satisfies` keeps its own types. */
export const ACTIONS = {
  syncIdentity,
  manageRelationships,
  deprovisionIdentity,
  deleteIdentity,
  reactivateIdentity,
  suspendAccess,
  restoreAccess,
  cancelDeletion,
  revokeApiTokens,
  grantProductAccess,
  revokeProductAccess,
  onboard,
  changeRole,
  offboard,
} as const;

const BY_NAME: ReadonlyMap<string, AnyActionDefinition> = new Map(
  // Each parses its own input and sees its own observation only, so the differing types may be forgotten here.
  Object.entries(ACTIONS as unknown as Readonly<Record<ActionName, AnyActionDefinition>>),
);

/** The action of a name. Throws `request_invalid` for a name that there is not. */
export function actionNamed(name: string): AnyActionDefinition {
  const action = BY_NAME.get(name);
  if (action !== undefined) return action;
  throw new ProvisionerError('request_invalid', `There is no action "${name}"`, {
    advice: `Use one of ${[...BY_NAME.keys()].join(', ')}.`,
  });
}
