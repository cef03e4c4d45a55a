import { ALL_DIRECTORIES } from '../clients/admin/org-directory-scope.js';
import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { UserRoleId } from '../clients/admin/org-role-id.js';
import type { HeldRole } from '../clients/admin/role-assignment.js';
import type { CallOptions } from '../http/transport.js';
import type { AtlassianAccountId, ResourceAri } from '../model/ids.js';

/** A role on one product. */
export interface RoleOnProduct {
  readonly resource: ResourceAri;
  readonly role: UserRoleId;
}

/**
 * How an account holds a role on a product; empty when it does not.
 *
 * `undisclosed` stands for a role that is held in a way which the answer does not tell, as before August 2026.
 */
export async function readHeldMethods(
  { users }: AdminOrgClient,
  accountId: AtlassianAccountId,
  { resource, role }: RoleOnProduct,
  call: CallOptions,
): Promise<HeldRole['methods']> {
  const methods = new Set<HeldRole['methods'][number]>();
  for await (const row of users.listRoleAssignments(ALL_DIRECTORIES, accountId, { resourceIds: [resource] }, call)) {
    if (row.resourceId !== resource) continue;
    for (const held of row.roleAssignments ?? []) {
      if (held.role !== role) continue;
      for (const method of held.methods.length === 0 ? ['undisclosed'] : held.methods) methods.add(method);
    }
  }
  return [...methods];
}
