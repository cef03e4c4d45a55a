import type { EntityType } from '../../entities/entity-type.js';

/** The lists within entities that have a table of their own, one row for each item. */
export type CsvPart =
  'admin.user.productAccess' | 'scim.user.groups' | 'jira.projectRole.actors' | 'jira.permissionScheme.grants';

/** What there is a table of: each kind of entity, the lists within them, and the gaps. */
export type CsvTable = EntityType | CsvPart | 'gap';

const PRINCIPAL = 'principal.type principal.id principal.parameter principal.kind';

/** The columns of each table: the paths of attributes. A later version may add some at the end; none is moved or renamed. */
const COLUMNS: Readonly<Record<CsvTable, string>> = {
  'admin.tenant': 'id name',
  'admin.user':
    'id email name nickname accountType accountStatus userType membershipStatus status managementSource mfaEnabled ' +
    'emailVerified jobTitle department organization location timezone addedAt deactivatedAt platformRoles billable groupIds',
  'admin.user.productAccess': 'product resourceId lastActiveAt',
  'admin.group': 'id name description directoryId origin writableBy managedBy memberCount scimGroupId',
  'admin.roleAssignment': `id ${PRINCIPAL} role resourceId resourceOwner obtained`,
  'scim.user': 'id userName externalId email displayName active accountId createdAt changedAt',
  'scim.user.groups': 'id name',
  'jira.instance': 'id baseUrl title deploymentType version buildNumber buildDate timeZone locale',
  'jira.user':
    'id accountType appType displayName email active guest timeZone locale createdAt lastLoginAt deactivatedAt changedAt',
  'jira.group': 'id name managedBy usageType memberIds',
  'jira.project':
    'id key name projectType style simplified private leadId category description url archived permissionSchemeId',
  'jira.projectRole': 'id projectId roleId name roleName description admin default',
  'jira.projectRole.actors': `${PRINCIPAL} displayName`,
  'jira.permissionScheme': 'id name description',
  'jira.permissionScheme.grants': `id permission ${PRINCIPAL}`,
  'jira.applicationRole': 'id name groupIds defaultGroupIds userCount seats remainingSeats',
  'confluence.instance': 'id baseUrl title edition mode anonymousAccess',
  'confluence.user': 'id accountType email displayName publicName externalCollaborator accountStatus',
  'confluence.group': 'id name managedBy usageType memberIds access',
  'confluence.space': 'id key name spaceType status anonymousAccess unlicensedAccess authorId ownerId createdAt',
  'confluence.spaceRole': 'id name roleType description permissions',
  'confluence.grant': `id spaceId ${PRINCIPAL} holds.kind holds.roleId holds.operation holds.target`,
  'bitbucket.workspace': 'id slug name private forkingMode',
  'bitbucket.user': 'id key uuid email name displayName active deleted addedAt lastAccessedAt',
  'bitbucket.group': 'id name defaultPermission memberIds',
  'bitbucket.project': 'id key name description private hasPubliclyVisibleRepositories',
  'bitbucket.repository':
    'id slug fullName name description private projectKey forkPolicy mainBranch inheritsRules grants ' +
    'defaultBranchProtected allowAutoMergeWhenBuildsPass requirePassingBuildsToMerge enforceMergeChecks ' +
    'requireApprovalsToMerge requireDefaultReviewerApprovalsToMerge requireTasksToBeCompleted',
  'bitbucket.grant': `id ${PRINCIPAL} on resourceId level basis projectKey`,
  connection: 'id from.type from.id to.type to.id evidence',
  gap: 'id product part reason hides resource.type resource.id resource.name message advice code',
};

/** The tables there are, each a file of its own. */
export const CSV_TABLES = Object.keys(COLUMNS) as readonly CsvTable[];

/** Names of the columns. The first column of a list within an entity is `of`, the id of the entity. */
export function csvColumns(table: CsvTable): readonly string[] {
  const columns = COLUMNS[table].split(' ');
  return partOf(table) === undefined ? columns : ['of', ...columns];
}

/** Where the rows of a list within an entity are. */
export function partOf(table: CsvTable): { readonly type: EntityType; readonly list: string } | undefined {
  const [product, kind, list] = table.split('.');
  return list === undefined ? undefined : { type: `${product ?? ''}.${kind ?? ''}` as EntityType, list };
}
