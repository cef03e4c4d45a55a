import type { OrgDirectoryId, OrgGroupId, ScimGroupId } from '../model/ids.js';

/** A membership that was taken away. */
export type RemovedGroup =
  | { readonly route: 'scim'; readonly name: string; readonly scimGroupId: ScimGroupId }
  | {
      readonly route: 'organization';
      readonly name: string;
      readonly orgGroupId: OrgGroupId;
      readonly orgDirectoryId: OrgDirectoryId;
    };

/** What a deprovisioning took away, in the form in which reactivateIdentity gives it back. JSON throughout. */
export interface RestorePoint {
  /** The states that were ended: only those are restored. */
  readonly deactivated: readonly ('record' | 'account' | 'directory-access')[];
  /** Directories of the organization in which access was suspended. Every one unless given. */
  readonly directories?: readonly OrgDirectoryId[] | undefined;
  readonly groups: readonly RemovedGroup[];
}
