import type { EntityType } from './entity-type.js';

/** That two entities of different services are the same person, and how that is known. */
export interface Connection {
  readonly type: 'connection';
  readonly id: string;
  readonly from: { readonly type: EntityType; readonly id: string };
  readonly to: { readonly type: EntityType; readonly id: string };
  /**
   * - `scim-extension`: the SCIM record names the account
   * - `account-id`: both carry the same Atlassian account id
   */
  readonly evidence: 'scim-extension' | 'account-id';
}
