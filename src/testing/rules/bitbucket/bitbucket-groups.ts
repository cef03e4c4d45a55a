import type { OrgGroup } from '../../state/account-rows.js';
import type { BitbucketGroupRow } from '../../state/bitbucket-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import type { FakeSwitches } from '../../switches/fake-switches.js';

/** How the workspace names a group: by its id where admin.atlassian.com manages the workspace, else by a slug. */
export function groupSlug(
  { switches }: { readonly switches: FakeSwitches },
  { groupId, slug }: BitbucketGroupRow,
): string {
  return switches.bitbucketManaged ? groupId : slug;
}

/** The group that a path names. */
export function groupOfSlug(
  context: { readonly switches: FakeSwitches; readonly state: FakeState },
  slug: string,
): { readonly row: BitbucketGroupRow; readonly group: OrgGroup } | undefined {
  const { groups } = context.state.bitbucket;
  const row = context.switches.bitbucketManaged ? groups.get(slug) : groups.find('slug', slug);
  const group = row === undefined ? undefined : context.state.groups.get(row.groupId);
  return row === undefined || group === undefined ? undefined : { row, group };
}

/** The name of a group. */
export function nameOfGroup(state: FakeState, { groupId, slug }: BitbucketGroupRow): string {
  return state.groups.get(groupId)?.name ?? slug;
}
