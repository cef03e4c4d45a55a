// The facade: every action in one object.
export { AtlassianProvisioner } from './provisioner/atlassian-provisioner.js';
export type { AboutIdentity, ActionInputs, ActionName } from './provisioner/action-catalogue.js';
export type { ApplyOptions, WithApproval, WithoutApproval } from './provisioner/apply-plan.js';
export type {
  HttpOptions,
  AuditOptions,
  CacheOptions,
  AtlassianProvisionerOptions,
  ProvisionerSettings,
  WithOrganization,
  WithoutOrganization,
} from './provisioner/provisioner-options.js';

// Workflows: actions put together for one event in a working life.
export type { ChangeRoleInput } from './workflows/change-role.js';
export type { OffboardInput } from './workflows/offboard.js';
export type { OnboardInput } from './workflows/onboard.js';

// Actions: what they are asked, and how they end.
export type { DeletionScope, DeletionChoices } from './actions/delete-identity-input.js';
export type { DeletionOutcome } from './actions/delete-identity.js';
export type { DeprovisionChoices, DeprovisionOutcome, DeprovisionExtra } from './actions/deprovision-identity.js';
export type { GroupChoice } from './actions/input-schemas.js';
export type { ManageRelationshipsInput } from './actions/manage-relationships-input.js';
export type { RelationshipsOutcome } from './actions/manage-relationships.js';
export type { GrantingGroup, ProductExtra } from './actions/observe-product-access.js';
export type { PersonAttributes } from './actions/person-attributes.js';
export type { ProductAccessInput, ProductRef } from './actions/product-access-input.js';
export type { ReactivationChoices, ReactivationOutcome } from './actions/reactivate-identity.js';
export type { RelationshipOutcome, RelationshipsExtra } from './actions/relationship-outcomes.js';
export {
  mergeRestorePoints,
  type RemovedGroup,
  type RestorePoint,
  type RestoreSubject,
} from './actions/restore-point.js';
export type { SyncIdentityInput, SyncOutcome } from './actions/sync-identity-input.js';

// Plans: previewing, approving, guarding and applying them.
export type { ApprovalRequest, ApprovalAnswer, Approve, GivenApproval, RecordedApproval } from './plan/approval.js';
export { describePlan, describeChange } from './plan/describe-plan.js';
export type { PlanSubject, SatisfiedStep, BlockedStep, Plan, StagedOperation } from './plan/plan.js';
export { ActionFailedError, requireSuccess } from './plan/require-success.js';
export type {
  OperationResult,
  ProgressEvent,
  ActionOptions,
  RunOutcome,
  Verification,
  ActionResult,
} from './plan/run-types.js';

// Operations: the single writes that a plan is made of.
export type { OperationTarget, InverseOperation, LeftGroup, PlannedOperation } from './operations/operation.js';

// Discovery: who can reach what.
export type { DiscoverOptions, DiscoveryCheckpoint, Readers } from './discovery/discover-options.js';
export { Discovery, type Joins } from './discovery/discovery.js';
export { ProductDiscovery, type OfTypes, type TypesOf } from './discovery/product-discovery.js';
export type {
  DiscoveryReader,
  Outdated,
  PartState,
  ReadCheckpoint,
  ReadOptions,
  ReadProgress,
} from './discovery/reading/discovery-reader.js';
export { AdminReader, type AdminReaderOptions } from './discovery/admin/admin-reader.js';
export { JiraReader } from './discovery/jira/jira-reader.js';
export { ConfluenceReader } from './discovery/confluence/confluence-reader.js';
export { BitbucketReader, type BitbucketReaderOptions } from './discovery/bitbucket/bitbucket-reader.js';

// Discovery: the snapshot and the entities in it.
export { SNAPSHOT_VERSION, type AccessSnapshot, type EntitiesByType } from './discovery/snapshot/access-snapshot.js';
export type {
  AdminEntity,
  AdminGroup,
  AdminRoleAssignment,
  AdminTenant,
  AdminUser,
  ProductAccess,
  ScimRecord,
} from './discovery/entities/admin-entities.js';
export type {
  BitbucketEntity,
  BitbucketGrant as BitbucketGrantEntity,
  BitbucketGroup as BitbucketGroupEntity,
  BitbucketProject as BitbucketProjectEntity,
  BitbucketRepository as BitbucketRepositoryEntity,
  BitbucketUser as BitbucketUserEntity,
  BitbucketWorkspace as BitbucketWorkspaceEntity,
  BranchProtection,
} from './discovery/entities/bitbucket-entities.js';
export type {
  ConfluenceEntity,
  ConfluenceGrant as ConfluenceGrantEntity,
  ConfluenceGroup as ConfluenceGroupEntity,
  ConfluenceInstance as ConfluenceInstanceEntity,
  ConfluenceSpace as ConfluenceSpaceEntity,
  ConfluenceSpaceRole as ConfluenceSpaceRoleEntity,
  ConfluenceUser as ConfluenceUserEntity,
  SpaceAccessMode,
} from './discovery/entities/confluence-entities.js';
export type { Connection } from './discovery/entities/connection.js';
export { ENTITY_TYPES, type EntityType, type Product } from './discovery/entities/entity-type.js';
export type { Discovered, EntitiesOfProduct, Entity, EntityOf } from './discovery/entities/entity.js';
export type { Gap, GapReason } from './discovery/entities/gap.js';
export type {
  JiraApplicationRole as JiraApplicationRoleEntity,
  JiraEntity,
  JiraGroup as JiraGroupEntity,
  JiraInstance as JiraInstanceEntity,
  JiraPermissionGrant as JiraPermissionGrantEntity,
  JiraPermissionScheme as JiraPermissionSchemeEntity,
  JiraProject as JiraProjectEntity,
  JiraProjectRole as JiraProjectRoleEntity,
  JiraRoleActor as JiraRoleActorEntity,
  JiraUser as JiraUserEntity,
} from './discovery/entities/jira-entities.js';
export type { Principal } from './discovery/entities/principal.js';

// Discovery: questions to a snapshot, what stands out in it, and what changed between two.
export { AccessGraph } from './discovery/graph/access-graph.js';
export { ACCESS_LEVELS, type AccessLevel } from './discovery/graph/access-level.js';
export type {
  Verdict,
  EntityRef,
  WildcardType,
  PathNode,
  StepRelation,
  PathStep,
  GrantedName,
  AccessRoute,
  AccessPath,
  OpenQuestion,
} from './discovery/graph/access-path.js';
export type {
  AccessQuestion,
  LazyList,
  PersonWithAccess,
  WhoCanAccess,
  HolderWithAccess,
  ReachedResource,
  AccessOfIdentity,
  Explanation,
} from './discovery/graph/answers.js';
export type { AuditCoverage } from './discovery/graph/diff/audit-trail.js';
export { diffSnapshots, type DiffOptions } from './discovery/graph/diff/diff-snapshots.js';
export type {
  SnapshotDiff,
  EntityChange,
  EntityDifference,
  AttributeDifference,
  MembershipChange,
  ProvisioningChange,
  ProvisioningChangeKind,
  AccessChange,
  ChangeOrigin,
} from './discovery/graph/diff/snapshot-diff.js';
export type { Finding, FindingKind, FindingOptions, Severity } from './discovery/graph/findings/finding.js';
export { findings } from './discovery/graph/findings/findings.js';
export type { IdentityRef as GraphIdentityRef, Identity, BlockedIn } from './discovery/graph/people.js';
export type { ResourceType, ResourceRef, Resource } from './discovery/graph/resources.js';

// Discovery: a snapshot in other formats.
export { csvColumns, CSV_TABLES, type CsvPart, type CsvTable } from './discovery/export/csv/csv-tables.js';
export { toCsv } from './discovery/export/csv/csv.js';
export type { Chunks } from './discovery/export/lines-of.js';
export {
  discoveredToNdjson,
  readNdjson,
  snapshotFromNdjson,
  toNdjson,
  type NdjsonOptions,
  type NdjsonSummary,
  type NdjsonFooter,
  type NdjsonHeader,
} from './discovery/export/ndjson.js';
export type {
  OaaCanonicalPermission,
  OaaPropertyType,
  OaaPropertyTypes,
  OaaProperties,
  OaaIdentityType,
  OaaUser,
  OaaGroup,
  OaaRole,
  OaaResource,
  OaaApplication,
  OaaPermission,
  OaaIdentityPermissions,
  OaaPropertyDefinitions,
  OaaPayload,
} from './discovery/export/oaa/oaa-payload.js';
export { toOaa, type OaaExport, type OaaOptions } from './discovery/export/oaa/to-oaa.js';
export { toHtmlReport, type HtmlReportOptions } from './discovery/export/report/to-html-report.js';
export { parseSnapshot, snapshotJsonSchema, toJson } from './discovery/export/snapshot-json.js';

// The audit log.
export type { AuditLogHead } from './audit/audit-chain.js';
export type {
  AuditActor,
  AuditSubject,
  AuditTargetType,
  AuditTarget,
  AuditError,
  AuditApproval,
  AuditEvent,
} from './audit/audit-event.js';
export { AuditFailedError } from './audit/audit-failed-error.js';
export type { AuditSink } from './audit/audit-sink.js';
export { combineSinks } from './audit/combined-sink.js';
export { functionSink } from './audit/function-sink.js';
export { JsonlSink, type JsonlSinkOptions } from './audit/jsonl-sink.js';
export { MemorySink } from './audit/memory-sink.js';
export {
  verifyAuditLog,
  type AuditLogProblem,
  type AuditLogVerification,
  type VerifyAuditLogOptions,
} from './audit/verify-audit-log.js';

// Checks of a configuration.
export {
  checkConfiguration,
  type CheckConfigurationInput,
  type CheckConfigurationOptions,
} from './checks/check-configuration.js';
export type { Capability, CheckEvidence, CapabilityCheck, ConfigurationReport } from './checks/configuration-report.js';
export type { SiteTransports } from './checks/product-checks.js';

// Identities: the ids of people and groups, and how they were found.
export type { OrgUserExpansion } from './identity/account-reads.js';
export type { BulkPlan } from './identity/bulk-plan.js';
export type {
  DirectoryClass,
  AuditFinding,
  AuditEvidence,
  DirectoryAuditEntry,
  DirectoryAuditReport,
} from './identity/directory-audit-entry.js';
export type { DirectoryAuditOptions } from './identity/directory-audit.js';
export type { GroupOptions, GroupResolution } from './identity/group-resolver.js';
export {
  IdMapper,
  type IdMapperOptions,
  type ObserveOptions,
  type ResolveManyOptions,
  type ObserveManyOptions,
} from './identity/id-mapper.js';
export type { ScimReads, OrganizationReads } from './identity/identity-clients.js';
export type { IdentityNeed, IdentityObservation } from './identity/identity-observation.js';
export type { CachedLink, LinkCache } from './identity/link-cache.js';
export { MemoryLinkCache, type MemoryLinkCacheOptions } from './identity/memory-link-cache.js';
export type { PersonOutcome, IdentityOutcome } from './identity/person-outcome.js';

// The client of a SCIM directory.
export type { ScimSelection } from './clients/scim/scim-attributes.js';
export { ScimDirectoryClient, type ScimConnectOptions } from './clients/scim/scim-directory-client.js';
export type {
  ScimServiceProviderConfig,
  ScimAuthenticationScheme,
  ScimSchema,
  ScimSchemaAttribute,
  ScimResourceType,
} from './clients/scim/scim-discovery.js';
export type { ScimUserFilter, ScimGroupFilter } from './clients/scim/scim-filter.js';
export type { ScimGroupMember, ScimNestedGroup, ScimGroup, ScimGroupInput } from './clients/scim/scim-group.js';
export { SCIM_MEMBERS_PER_PATCH, ScimGroups } from './clients/scim/scim-groups.js';
export type { ScimListQuery, ScimPageQuery, ScimPage } from './clients/scim/scim-list.js';
export type { ScimPatchOperation, ScimAttributeWrite } from './clients/scim/scim-patch.js';
export { ScimServiceProvider } from './clients/scim/scim-service-provider.js';
export {
  SCIM_USER_SCHEMA,
  SCIM_GROUP_SCHEMA,
  SCIM_ENTERPRISE_SCHEMA,
  SCIM_ATLASSIAN_SCHEMA,
  SCIM_PATCH_MESSAGE,
  SCIM_MEDIA_TYPE,
  type ScimDialect,
} from './clients/scim/scim-urns.js';
export type {
  ScimEmail,
  ScimPhoneNumber,
  ScimName,
  ScimGroupMembership,
  ScimUser,
  ScimUserInput,
  ScimUserReplacement,
} from './clients/scim/scim-user.js';
export { ScimUsers, type ScimUserCallOptions } from './clients/scim/scim-users.js';

// The client of the Organizations, User management and provisioning-link APIs.
export { ATLASSIAN_API_URL, AdminOrgClient, type AdminOrgConnection } from './clients/admin/admin-org-client.js';
export { ManagedAccounts, type DeletionAnswer } from './clients/admin/managed-accounts.js';
export type { ManagedApiToken } from './clients/admin/managed-api-token.js';
export type { ManagedProfile, ManagedProfilePatch } from './clients/admin/managed-profile.js';
export type { AccountType, ManagedUserProduct, ManagedUser } from './clients/admin/managed-user.js';
export type {
  ManagementPrivilege,
  ManagementPrivilegeQuery,
  ManagementReasonKey,
  ProfilePath,
  ManagementRule,
  ManagementPermissions,
} from './clients/admin/management-permissions.js';
export type { LastActiveDate, LastActiveDates } from './clients/admin/org-activity.js';
export { OrgDirectories, type OrgDirectoryQuery } from './clients/admin/org-directories.js';
export { ALL_DIRECTORIES, type OrgDirectoryScope } from './clients/admin/org-directory-scope.js';
export type { OrgDirectory } from './clients/admin/org-directory.js';
export type { OrgDomain } from './clients/admin/org-domain.js';
export { OrgDomains } from './clients/admin/org-domains.js';
export type {
  OrgEventActor,
  OrgEventObject,
  OrgEventLocation,
  OrgEvent,
  OrgEventAction,
} from './clients/admin/org-event.js';
export {
  OrgEvents,
  type OrgEventQuery,
  type OrgEventPollQuery,
  type OrgEventBatch,
} from './clients/admin/org-events.js';
export type { OrgGroupFilter, OrgGroupListQuery, OrgGroupQuery } from './clients/admin/org-group-query.js';
export type { OrgGroupStats } from './clients/admin/org-group-stats.js';
export type { GroupManagementAccess, OrgGroup } from './clients/admin/org-group.js';
export { OrgGroupReader } from './clients/admin/org-group-reader.js';
export { OrgGroups, type OrgGroupInput, type GroupRoleInput } from './clients/admin/org-groups.js';
export type {
  InviteInput,
  InvitationAssignment,
  InvitationRole,
  InvitationGroup,
  Invitation,
  InviteResult,
} from './clients/admin/org-invitation.js';
export type { OrganizationTransport, ResourcePart } from './clients/admin/org-paging.js';
export { OrgPolicies, type OrgPolicyQuery } from './clients/admin/org-policies.js';
export type {
  OrgPolicyResourceMeta,
  OrgPolicyResourceDetails,
  OrgPolicyResourceInput,
  OrgPolicyResource,
  OrgPolicyInput,
  OrgPolicy,
} from './clients/admin/org-policy.js';
export type {
  UserRoleId,
  ProductRoleId,
  GroupRoleId,
  InviteRoleId,
  OrganizationRoleId,
  FilterRoleId,
  OrgRoleId,
} from './clients/admin/org-role-id.js';
export type { OrgUserFilter, OrgUserListQuery, OrgUserQuery } from './clients/admin/org-user-query.js';
export { OrgUserReader } from './clients/admin/org-user-reader.js';
export type { OrgUserStats } from './clients/admin/org-user-stats.js';
export type {
  AccountStatus,
  MembershipStatus,
  OrgUserStatus,
  ClaimStatus,
  ProductUse,
  OrgUserGroup,
  OrgUser,
} from './clients/admin/org-user.js';
export { OrgUsers, type UserRoleInput } from './clients/admin/org-users.js';
export type { OrgWorkspace } from './clients/admin/org-workspace.js';
export { OrgWorkspaces, type OrgWorkspaceCondition, type OrgWorkspaceQuery } from './clients/admin/org-workspaces.js';
export type { Organization } from './clients/admin/organization.js';
export { Organizations } from './clients/admin/organizations.js';
export { ProvisioningLinks } from './clients/admin/provisioning-links.js';
export type {
  RoleAssignmentFilter,
  RoleAssignmentMethod,
  HeldRole,
  UserRoleAssignment,
  GroupRoleAssignment,
} from './clients/admin/role-assignment.js';
export type { ScimLink } from './clients/admin/scim-link.js';

// What the clients of one site share.
export type { SiteConnection, SiteTransport } from './clients/site/site-connection.js';

// The client of Jira.
export { JiraApplicationRoles, type JiraApplicationRole } from './clients/jira/jira-application-roles.js';
export { JiraClient } from './clients/jira/jira-client.js';
export { JiraGroups, type JiraGroupQuery, type JiraGroupMemberQuery } from './clients/jira/jira-groups.js';
export type {
  JiraProjectId,
  JiraProjectRoleId,
  JiraPermissionSchemeId,
  JiraPermissionGrantId,
} from './clients/jira/jira-ids.js';
export { JiraInstance, type JiraServerInfo, type JiraMyPermission } from './clients/jira/jira-instance.js';
export type {
  JiraPermissionHolder,
  JiraPermissionGrant,
  JiraPermissionScheme,
  JiraPermissionGrantInput,
} from './clients/jira/jira-permission-scheme.js';
export { JiraPermissionSchemes } from './clients/jira/jira-permission-schemes.js';
export type { JiraRoleActor, JiraProjectRole } from './clients/jira/jira-project-role.js';
export {
  JiraProjectRoles,
  type JiraRoleActors,
  type JiraRoleHolder,
  type JiraRoleHolders,
  type JiraProjectRoleName,
} from './clients/jira/jira-project-roles.js';
export type { JiraProject } from './clients/jira/jira-project.js';
export { JiraProjects, type JiraProjectQuery } from './clients/jira/jira-projects.js';
export type { JiraGroupName, JiraUser } from './clients/jira/jira-user.js';
export { JiraUsers, type JiraUserExpansion } from './clients/jira/jira-users.js';

// The client of Confluence.
export { ConfluenceClient } from './clients/confluence/confluence-client.js';
export type { ConfluenceGroup } from './clients/confluence/confluence-group.js';
export { ConfluenceGroups, type ConfluenceGroupQuery } from './clients/confluence/confluence-groups.js';
export type {
  ConfluenceSpaceId,
  ConfluenceSpaceKey,
  ConfluenceSpaceRoleId,
  ConfluencePermissionId,
} from './clients/confluence/confluence-ids.js';
export {
  ConfluenceInstance,
  type ConfluenceSystemInfo,
  type ConfluenceAdminKey,
} from './clients/confluence/confluence-instance.js';
export type {
  ConfluenceAccessClass,
  ConfluencePrincipal,
  ConfluenceGrantee,
} from './clients/confluence/confluence-principal.js';
export {
  ConfluenceSpacePermissions,
  type ConfluenceSpacePermission,
  type ConfluencePermissionOperation,
  type ConfluencePermissionInput,
} from './clients/confluence/confluence-space-permissions.js';
export type {
  ConfluenceSpaceRoleMode,
  ConfluenceSpaceRole,
  ConfluenceSpaceRoleAssignment,
  ConfluenceRolePermission,
} from './clients/confluence/confluence-space-role.js';
export {
  ConfluenceSpaceRoles,
  type ConfluenceAssignmentQuery,
  type ConfluenceAssignmentChange,
} from './clients/confluence/confluence-space-roles.js';
export type {
  ConfluenceSpaceType,
  ConfluenceSpace,
  ConfluenceOpenAccess,
} from './clients/confluence/confluence-space.js';
export { ConfluenceSpaces, type ConfluenceSpaceQuery } from './clients/confluence/confluence-spaces.js';
export type { ConfluenceOperation, ConfluenceUser } from './clients/confluence/confluence-user.js';
export {
  ConfluenceUsers,
  type ConfluenceUserExpansion,
  type ConfluenceUserQuery,
} from './clients/confluence/confluence-users.js';

// The client of Bitbucket.
export type {
  BranchRestrictionKind,
  BranchType,
  BitbucketBranchRestriction,
  ModelledBranch,
  BitbucketBranchingModel,
} from './clients/bitbucket/bitbucket-branch-restriction.js';
export { BitbucketBranchRestrictions } from './clients/bitbucket/bitbucket-branch-restrictions.js';
export {
  BitbucketClient,
  type BitbucketConsumer,
  type BitbucketApiToken,
  type BitbucketAccessToken,
  type BitbucketConnection,
} from './clients/bitbucket/bitbucket-client.js';
export type {
  RepositoryLevel,
  ProjectLevel,
  GrantedLevel,
  BitbucketUserGrant,
  BitbucketGroupGrant,
  BitbucketEffectivePermission,
} from './clients/bitbucket/bitbucket-grant.js';
export { BitbucketGroups, type BitbucketGroup } from './clients/bitbucket/bitbucket-groups.js';
export { bitbucketUuid, type BitbucketUuid, type BitbucketUserRef } from './clients/bitbucket/bitbucket-ids.js';
export { BITBUCKET_API_URL, type BitbucketTransport } from './clients/bitbucket/bitbucket-paging.js';
export { BitbucketPermissions, type BitbucketCredentialWay } from './clients/bitbucket/bitbucket-permissions.js';
export { BitbucketProjects, type BitbucketProject } from './clients/bitbucket/bitbucket-projects.js';
export {
  BitbucketRepositories,
  type BitbucketRepository,
  type BitbucketRepositoryQuery,
} from './clients/bitbucket/bitbucket-repositories.js';
export type { BitbucketUser } from './clients/bitbucket/bitbucket-user.js';
export { BitbucketUsers } from './clients/bitbucket/bitbucket-users.js';
export {
  BitbucketWorkspaces,
  type BitbucketWorkspace,
  type BitbucketWorkspaceRole,
  type BitbucketWorkspacePermission,
} from './clients/bitbucket/bitbucket-workspaces.js';
export type { RepositoryPlace, ProjectPlace, GrantPlace, LevelOf } from './clients/bitbucket/grant-place.js';

// Calls over HTTP: transport, retries, rate limits, diagnostics.
export type { Clock } from './http/clock.js';
export {
  ATTEMPT_CHANNEL,
  INVALID_RESPONSE_CHANNEL,
  type InvalidResponseEvent,
  type AttemptListener,
} from './http/diagnostics.js';
export type { FetchFunction } from './http/ky-transport.js';
export type { Page } from './http/paginate.js';
export { path, type EncodedPath } from './http/path.js';
export type { AnswerReport, CallBudget } from './http/rate-budget.js';
export {
  BlockedTooLong,
  RateLimiter,
  type NamedBudget,
  type Permit,
  type RateLimiterOptions,
  type RateLimitOptions,
} from './http/rate-limiter.js';
export type { RetryOptions } from './http/retry-policy.js';
export type { TimeoutOptions, TransportOptions } from './http/transport-settings.js';
export type {
  CredentialKind,
  RateLimitState,
  AttemptEvent,
  CallOptions,
  HttpMethod,
  RepeatSafety,
  QueryValue,
  ApiRequest,
  Transport,
  RequestHeaders,
} from './http/transport.js';

// The configuration.
export {
  environmentVariables,
  configFromEnvironment,
  type EnvironmentVariable,
  type EnvironmentConfig,
} from './config/environment.js';
export type {
  ScimConfig,
  AdminConfig,
  SiteConfig,
  BitbucketConfig,
  BitbucketConsumerConfig,
  BitbucketUserConfig,
  BitbucketWorkspaceConfig,
  BudgetConfig,
  RateLimitConfig,
  HttpConfig,
  AuditConfig,
  DiscoveryConfig,
  GuardConfig,
  CacheConfig,
  DomainsConfig,
  WaitsConfig,
  ProvisionerConfig,
} from './config/provisioner-config.js';
export { Secret } from './config/secret.js';

// Errors.
export {
  ApiError,
  UnauthenticatedError,
  PaymentRequiredError,
  ForbiddenError,
  NotFoundError,
  ConflictError,
  LicenseLimitError,
  GoneError,
  RejectedError,
  RateLimitError,
  ServerError,
  ResponseInvalidError,
  ResponseTooLargeError,
  RedirectRefusedError,
  type ErrorReason,
  type ApiErrorDetails,
  type ResponseFault,
} from './errors/api-errors.js';
export { ConfigError, type ConfigFault } from './errors/config-error.js';
export { EmailInUseError, type EmailHolder } from './errors/email-in-use-error.js';
export { IdentityConflictError } from './errors/identity-conflict-error.js';
export {
  IdentityNotFoundError,
  IdentityAmbiguousError,
  GroupNotFoundError,
  GroupAmbiguousError,
  type IdentityCandidate,
  type GroupCandidate,
  type IdentityRefKind,
} from './errors/identity-errors.js';
export { IdentityUnlinkedError } from './errors/identity-unlinked-error.js';
export { isProvisionerError, type ErrorClasses, type ErrorOfCode } from './errors/is-provisioner-error.js';
export {
  UnansweredError,
  NetworkError,
  TimeoutError,
  AbortedError,
  type UnansweredDetails,
} from './errors/network-errors.js';
export type { ErrorCode } from './errors/error-code.js';
export { ERROR_BRAND, ProvisionerError, type ProvisionerErrorOptions } from './errors/provisioner-error.js';

// The vocabulary: ids, people, groups, outcomes.
export type { GroupRef, GroupOrigin, GroupRoute, ResolvedGroup } from './model/group.js';
export type { IdentityRef, IdSource, Sourced, LinkState, ResolvedIdentity } from './model/identity.js';
export {
  organizationId,
  scimDirectoryId,
  scimUserId,
  scimGroupId,
  atlassianAccountId,
  orgDirectoryId,
  orgGroupId,
  resourceAri,
  type OrganizationId,
  type ScimDirectoryId,
  type ScimUserId,
  type ScimGroupId,
  type AtlassianAccountId,
  type OrgDirectoryId,
  type OrgGroupId,
  type ResourceAri,
} from './model/ids.js';
export type { JsonValue, JsonObject } from './model/json.js';
export type { LiteralUnion } from './model/literal-union.js';
export type { OperationOutcome, Risk, AttributeChange } from './model/outcome.js';
export type { Tagged } from './model/tagged.js';
