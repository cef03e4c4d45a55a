import type { ConfluenceGrant, ConfluenceSpace } from '../../entities/confluence-entities.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { canonicalOfConfluence, canonicalOfUse } from './canonical-permissions.js';
import { addDirectLicences } from './direct-licences.js';
import { ProductGaps } from './gaps-of-resource.js';
import { addGroups } from './groups-of-product.js';
import { kindOf, optionalEmail } from './jira-to-oaa.js';
import { OaaBuilder } from './oaa-builder.js';
import type { Added } from './oaa-resources.js';
import type { OaaPayload } from './oaa-payload.js';
import { properties } from './oaa-values.js';
import type { PeopleByAccount } from './people-by-account.js';

const READ_SPACE = 'read/space';

/** Confluence: spaces as resources, space roles, and single permissions named `<operation>/<target>`. */
export function confluenceToOaa(snapshot: AccessSnapshot, name: string, people: PeopleByAccount): OaaPayload {
  const { entities } = snapshot;
  const gaps = new ProductGaps(snapshot, 'confluence');
  const [instance] = entities['confluence.instance'];
  const builder = new OaaBuilder({
    name,
    type: 'Confluence',
    description: `Atlassian Confluence${instance?.baseUrl === undefined ? '' : ` at ${instance.baseUrl}`}`,
    userProperties: { account_type: 'STRING', public_name: 'STRING', external_collaborator: 'BOOLEAN' },
    resourceProperties: {
      Space: {
        space_key: 'STRING',
        space_type: 'STRING',
        status: 'STRING',
        anonymous_access: 'BOOLEAN',
        unlicensed_access: 'BOOLEAN',
        created_at: 'STRING',
        author: 'STRING',
        space_owner: 'STRING',
      },
    },
  });

  for (const user of entities['confluence.user'])
    builder.user(user.id, {
      names: [user.displayName, user.publicName],
      emails: [user.email, ...people.emailsOf(user.id)],
      ...optionalEmail(user.email ?? people.emailsOf(user.id)[0]),
      ...(user.accountStatus !== undefined && { is_active: user.accountStatus === 'active' }),
      ...kindOf(user.accountType),
      custom_properties: properties({
        ...people.scimOf(user.id),
        account_type: user.accountType,
        public_name: user.publicName,
        external_collaborator: user.externalCollaborator,
      }),
    });
  addGroups(builder, entities['confluence.group'], people);
  for (const role of entities['confluence.spaceRole']) {
    builder.role(role.id, role.name);
    const { permissions = [] } = role;
    for (const permission of permissions) builder.include(role.id, permissionNamed(builder, permission));
    if (permissions.length === 0) builder.include(role.id, holdsRole(builder));
  }
  // The switch of the site is over what spaces give to everybody.
  const siteIsOpen = instance?.anonymousAccess !== false;
  const spaces = new Map(
    entities['confluence.space'].map((space) => [space.id, addSpace(builder, space, gaps, siteIsOpen)]),
  );
  for (const grant of entities['confluence.grant'])
    if (siteIsOpen || grant.principal.type !== 'anonymous') addGrant(builder, grant, spaces);
  addUse(builder, snapshot);
  return builder.build(snapshot, gaps.all);
}

function permissionNamed(builder: OaaBuilder, name: string): string {
  return builder.permission(name, canonicalOfConfluence(name));
}

/** A role without a permission would vanish in Veza. */
function holdsRole(builder: OaaBuilder): string {
  return builder.permission('SPACE_ROLE', ['Uncategorized']);
}

function addSpace(builder: OaaBuilder, space: ConfluenceSpace, gaps: ProductGaps, siteIsOpen: boolean): Added {
  const added = builder.resource(
    { type: 'Space', id: space.id, name: space.name },
    properties({
      space_key: space.key,
      space_type: space.spaceType,
      status: space.status,
      anonymous_access: space.anonymousAccess,
      unlicensed_access: space.unlicensedAccess,
      created_at: space.createdAt,
      author: space.authorId,
      space_owner: space.ownerId,
      gaps: gaps.about('confluence.space', space.id),
    }),
  );
  // The space says so even where no single grant does.
  const read = permissionNamed(builder, READ_SPACE);
  if (siteIsOpen && space.anonymousAccess === true) builder.grant({ type: 'anonymous' }, read, added);
  if (space.unlicensedAccess === true) builder.grant({ type: 'authenticated' }, read, added);
  return added;
}

function addGrant(
  builder: OaaBuilder,
  { spaceId, principal, holds }: ConfluenceGrant,
  spaces: Map<string, Added>,
): void {
  const space = spaces.get(spaceId) ?? builder.resource({ type: 'Space', id: spaceId, name: spaceId }, {});
  spaces.set(spaceId, space);

  if (holds.kind === 'permission') {
    builder.grant(principal, permissionNamed(builder, `${holds.operation}/${holds.target}`), space);
    return;
  }
  if (!builder.hasRole(holds.roleId)) {
    builder.role(holds.roleId, holds.roleId, { listed: false });
    builder.include(holds.roleId, holdsRole(builder));
  }
  builder.assign(principal, holds.roleId, space);
}

function addUse(builder: OaaBuilder, { entities }: AccessSnapshot): void {
  for (const { id, access } of entities['confluence.group']) {
    if (access === undefined) continue;
    const name = access === 'admin' ? 'Administer Confluence' : 'Use Confluence';
    builder.grant({ type: 'group', id }, builder.permission(name, canonicalOfUse[access]), 'application');
    if (builder.hasHolder('licensed')) builder.nest(id, 'atlassian:licensed');
    if (access === 'admin' && builder.hasHolder('product-admins')) builder.nest(id, 'atlassian:product-admins');
  }
  addDirectLicences(builder, entities, 'confluence');
}
