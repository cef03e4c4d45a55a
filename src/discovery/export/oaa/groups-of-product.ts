import type { OaaBuilder } from './oaa-builder.js';
import { properties } from './oaa-values.js';
import type { PeopleByAccount } from './people-by-account.js';

/** A group of any product. */
interface ProductGroup {
  readonly id: string;
  readonly name: string;
  readonly managedBy?: string;
  readonly memberIds?: readonly string[];
}

/** Adds groups with who is in them. A group whose members were not read says so, and is not taken for an empty one. */
export function addGroups(builder: OaaBuilder, groups: readonly ProductGroup[], people: PeopleByAccount): void {
  for (const { id, name, managedBy, memberIds } of groups)
    builder.group(
      id,
      name,
      properties({ scim_id: people.scimGroupOf(id), managed_by: managedBy, members_read: memberIds !== undefined }),
    );
  for (const { id, memberIds = [] } of groups) for (const member of memberIds) builder.member(member, id);
}
