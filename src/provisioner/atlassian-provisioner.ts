import type { DeletionChoices } from '../actions/delete-identity-input.js';
import type { DeletionOutcome } from '../actions/delete-identity.js';
import type { DeprovisionChoices, DeprovisionExtra, DeprovisionOutcome } from '../actions/deprovision-identity.js';
import type { ManageRelationshipsInput } from '../actions/manage-relationships-input.js';
import type { RelationshipsOutcome } from '../actions/manage-relationships.js';
import type { ProductExtra } from '../actions/observe-product-access.js';
import type { ProductAccessInput } from '../actions/product-access-input.js';
import type { ReactivationChoices, ReactivationOutcome } from '../actions/reactivate-identity.js';
import type { RelationshipsExtra } from '../actions/relationship-outcomes.js';
import type { SyncIdentityInput, SyncOutcome } from '../actions/sync-identity-input.js';
import type { CheckConfigurationOptions } from '../checks/check-configuration.js';
import type { ConfigurationReport } from '../checks/configuration-report.js';
import { mergedWithEnvironment } from '../config/environment.js';
import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { BitbucketClient } from '../clients/bitbucket/bitbucket-client.js';
import type { ConfluenceClient } from '../clients/confluence/confluence-client.js';
import type { JiraClient } from '../clients/jira/jira-client.js';
import type { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import type { DiscoverOptions } from '../discovery/discover-options.js';
import type { Discovery } from '../discovery/discovery.js';
import type { AccessSnapshot } from '../discovery/snapshot/access-snapshot.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { systemClock } from '../http/clock.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { IdentityRef } from '../model/identity.js';
import { needAdmin, needScim } from '../operations/capabilities.js';
import type { ActionRunner } from '../plan/action-runner.js';
import type { Plan } from '../plan/plan.js';
import type { ActionOptions, ActionResult } from '../plan/run-types.js';
import type { ChangeRoleInput } from '../workflows/change-role.js';
import type { OffboardInput } from '../workflows/offboard.js';
import type { OnboardInput } from '../workflows/onboard.js';
import { ACTIONS, actionNamed, type ActionInputs, type ActionName } from './action-catalogue.js';
import { applyPlan, type ApplyOptions } from './apply-plan.js';
import { checkParts } from './check-parts.js';
import { separate } from './separate-choices.js';
import { compose, planScope, type ProvisionerParts } from './compose.js';
import type { ProductClients } from './compose-discovery.js';
import type { AtlassianProvisionerOptions, ProvisionerSettings } from './provisioner-options.js';

/**
 * Makes people's access in Atlassian Cloud what it should be, and tells what it did.
 *
 * Each action observes, plans, guards, asks for approval, applies and verifies. What it is given is checked first; a fault
 * throws, and nothing was sent. Once writing has begun, nothing throws: the result has the outcome of every operation.
 *
 * @example
 * ```ts
 * const atlassian = new AtlassianProvisioner({
 *   organizationId: 'b2c1…',
 *   scim: { url: 'https://api.atlassian.com/scim/directory/7c1f…', token },
 *   admin: { apiKey },
 * });
 *
 * const { outcome } = await atlassian.syncIdentity({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
 * ```
 */
export class AtlassianProvisioner {
  readonly #parts: ProvisionerParts;

  /**
   * Checks the configuration and sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the configuration at once, by path and without values.
   */
  constructor(options: AtlassianProvisionerOptions) {
    this.#parts = compose(options);
  }

  /**
   * Makes a provisioner from `ATLASSIAN_…` variables; see {@link environmentVariables} for all of them.
   *
   * @param options - Settings that go before the variables: `scim`, say, as a whole. They are checked together.
   * @throws {@link ConfigError} with every fault at once, by the name of the variable and without values.
   */
  static fromEnvironment(
    options: ProvisionerSettings = {},
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ): AtlassianProvisioner {
    return new AtlassianProvisioner(mergedWithEnvironment(options, environment) as AtlassianProvisionerOptions); // checked
  }

  /** The SCIM directory. Throws `capability_missing` where `scim` is not configured. */
  get scim(): ScimDirectoryClient {
    return needScim(this.#parts.clients, 'The SCIM client');
  }

  /** The APIs of the organization. Throws `capability_missing` where `admin` is not configured. */
  get admin(): AdminOrgClient {
    return needAdmin(this.#parts.clients, 'The organization client');
  }

  /** The ids of people and groups on both sides. Throws `capability_missing` where neither side is configured. */
  get ids(): IdMapper {
    const { mapper } = this.#parts;
    if (mapper === undefined) throw neitherConfigured('The id mapper');
    return mapper;
  }

  /** The Jira of the site. Throws `capability_missing` where `site` is not configured. */
  get jira(): JiraClient {
    return this.#product('jira', 'site');
  }

  /** The Confluence of the site. Throws `capability_missing` where `site` is not configured. */
  get confluence(): ConfluenceClient {
    return this.#product('confluence', 'site');
  }

  /** The Bitbucket workspace. Throws `capability_missing` where `bitbucket` is not configured. */
  get bitbucket(): BitbucketClient {
    return this.#product('bitbucket', 'bitbucket');
  }

  /** Reads back who can reach what: a stream for each product. {@link AtlassianProvisioner.discover} takes all at once. */
  get discovery(): Discovery {
    return this.#parts.discovery;
  }

  /**
   * Reads who can reach what in everything that is configured, and puts it together to one snapshot. Reads only.
   *
   * What cannot be read is a gap of the snapshot, and the rest goes on.
   *
   * @throws `request_invalid` for an option or a product that there is not, before anything is read; `aborted` when it is
   * cancelled: `onInterrupted` was told how to go on.
   */
  async discover(options: DiscoverOptions = {}): Promise<AccessSnapshot> {
    return this.#parts.discovery.snapshot(options);
  }

  /**
   * Brings a person's record to what is said of them: creates, links, renames, updates, reactivates it, or does nothing.
   *
   * Attributes that are not given are left as they are; `null` clears one.
   *
   * @throws `request_invalid`, `create_not_allowed`, `domain_not_claimed`, `identity_conflict`, `identity_ambiguous`, and
   * what its reads end in. An email that is taken is the failed operation's `email_in_use`, with who holds it.
   */
  async syncIdentity(input: SyncIdentityInput, options: ActionOptions = {}): Promise<ActionResult<SyncOutcome>> {
    return this.#runner('syncIdentity').run(ACTIONS.syncIdentity, input, options);
  }

  /**
   * Puts a person into groups and takes them out of others, each group by the route that its origin asks for.
   *
   * One group that fails does not stop the others; `relationships` has the outcome of each.
   *
   * @throws `request_invalid`, `identity_not_found`, `identity_ambiguous`, and what its reads end in.
   */
  async manageRelationships(
    input: ManageRelationshipsInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<RelationshipsOutcome> & RelationshipsExtra> {
    return this.#runner('manageRelationships').run(ACTIONS.manageRelationships, input, options);
  }

  /**
   * Ends a person's access and keeps the identity: inactive and in no group; account, history and links stay.
   *
   * `removed` of the result gives all of it back through {@link AtlassianProvisioner.reactivateIdentity}.
   *
   * @throws `request_invalid`, `identity_not_found`, `identity_ambiguous`, and what its reads end in.
   */
  async deprovisionIdentity(
    identity: IdentityRef,
    options: ActionOptions & DeprovisionChoices = {},
  ): Promise<ActionResult<DeprovisionOutcome> & DeprovisionExtra> {
    const { choices, run } = separate(options, 'revokeApiTokens');
    return this.#runner('deprovisionIdentity').run(ACTIONS.deprovisionIdentity, { identity, ...choices }, run);
  }

  /**
   * Deletes a person's SCIM record (`directory`), or the Atlassian account with it (`account`).
   *
   * The record does not come back. The account does, within 14 days, by {@link AtlassianProvisioner.cancelDeletion}.
   *
   * @throws `confirmation_mismatch` unless `confirm` is the person's email; `action_blocked` with Atlassian's reason key
   * when it does not allow a step, before anything is written; `request_invalid`, `identity_ambiguous`, and what its reads
   * end in.
   */
  async deleteIdentity(
    identity: IdentityRef,
    options: ActionOptions & DeletionChoices,
  ): Promise<ActionResult<DeletionOutcome>> {
    const { choices, run } = separate(options, 'scope', 'confirm', 'otherDirectories');
    return this.#runner('deleteIdentity').run(ACTIONS.deleteIdentity, { identity, ...choices }, run);
  }

  /** Makes a person active again; with `restore`, gives the memberships of an earlier deprovisioning back. */
  async reactivateIdentity(
    identity: IdentityRef,
    options: ActionOptions & ReactivationChoices = {},
  ): Promise<ActionResult<ReactivationOutcome>> {
    const { choices, run } = separate(options, 'restore');
    return this.#runner('reactivateIdentity').run(ACTIONS.reactivateIdentity, { identity, ...choices }, run);
  }

  /** Suspends a person in every directory of the organization they are in; roles and groups are kept. */
  async suspendAccess(
    identity: IdentityRef,
    options: ActionOptions = {},
  ): Promise<ActionResult<'suspended' | 'unchanged'>> {
    return this.#runner('suspendAccess').run(ACTIONS.suspendAccess, { identity }, options);
  }

  /** Ends a suspension, with the roles and groups of before. */
  async restoreAccess(
    identity: IdentityRef,
    options: ActionOptions = {},
  ): Promise<ActionResult<'restored' | 'unchanged'>> {
    return this.#runner('restoreAccess').run(ACTIONS.restoreAccess, { identity }, options);
  }

  /** Undoes a scheduled deletion of an account within its 14 days; Atlassian activates it. */
  async cancelDeletion(
    identity: IdentityRef,
    options: ActionOptions = {},
  ): Promise<ActionResult<'deletion-cancelled' | 'unchanged'>> {
    return this.#runner('cancelDeletion').run(ACTIONS.cancelDeletion, { identity }, options);
  }

  /** Revokes every API token of a managed account. They cannot be given back. */
  async revokeApiTokens(
    identity: IdentityRef,
    options: ActionOptions = {},
  ): Promise<ActionResult<'revoked' | 'unchanged'>> {
    return this.#runner('revokeApiTokens').run(ACTIONS.revokeApiTokens, { identity }, options);
  }

  /** Gives a person a role on one product of one site, unless they hold it already; `alsoGrantedBy` names groups that do. */
  async grantProductAccess(
    input: ProductAccessInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<'granted' | 'unchanged'> & ProductExtra> {
    return this.#runner('grantProductAccess').run(ACTIONS.grantProductAccess, input, options);
  }

  /** Takes a direct role on one product of one site away; `alsoGrantedBy` names groups that give the access still. */
  async revokeProductAccess(
    input: ProductAccessInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<'revoked' | 'unchanged'> & ProductExtra> {
    return this.#runner('revokeProductAccess').run(ACTIONS.revokeProductAccess, input, options);
  }

  /** Creates or updates a person and puts them into their groups, as one plan. Resumed by calling it again. */
  async onboard(
    input: OnboardInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<'onboarded' | 'unchanged'> & RelationshipsExtra> {
    return this.#runner('onboard').run(ACTIONS.onboard, input, options);
  }

  /** Changes a person's attributes and groups, as one plan. Resumed by calling it again. */
  async changeRole(
    input: ChangeRoleInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<'changed' | 'unchanged'> & RelationshipsExtra> {
    return this.#runner('changeRole').run(ACTIONS.changeRole, input, options);
  }

  /** Ends a person's access, revokes their API tokens and, where asked to, deletes them, as one plan. */
  async offboard(
    input: OffboardInput,
    options: ActionOptions = {},
  ): Promise<ActionResult<'offboarded' | 'unchanged'> & DeprovisionExtra> {
    return this.#runner('offboard').run(ACTIONS.offboard, input, options);
  }

  /**
   * Makes the plan of an action or workflow, with reads only. The plan is JSON: store it, have it approved, apply it later.
   *
   * @throws what the action itself throws.
   */
  async plan<Name extends ActionName>(
    action: Name,
    input: ActionInputs[Name],
    options: Omit<ActionOptions, 'dryRun'> = {},
  ): Promise<Plan> {
    const { plan } = await this.#runner('plan').run(actionNamed(action), input, { ...options, dryRun: true });
    return plan;
  }

  /**
   * Applies a plan that was made before, here or elsewhere. The input is read as JSON from outside.
   *
   * What is applied, judged by the guard and shown to an approver is the plan as it is made now; of the stored one only its
   * id, dates and digest are kept.
   *
   * @throws `request_invalid` for options that do not fit (an `approval` needs the `digest` that was approved),
   * `plan_altered` (not as it was made, or of another organization), `plan_expired`, or `plan_stale` when observing again
   * leads to another plan. Nothing is written then.
   */
  async apply(plan: unknown, options: ApplyOptions = {}): Promise<ActionResult> {
    const { config } = this.#parts;
    return applyPlan(plan, options, {
      runner: this.#runner('apply'),
      clock: config.given.clock ?? systemClock,
      scope: planScope(config),
    });
  }

  /**
   * Tries each configured credential with reads only and reports what each is good for, and if not, why.
   *
   * A refused credential is a finding, never an error. An entry of `guard.protect` that is found nowhere is a warning.
   *
   * @throws `aborted` when the signal ended it, and nothing else.
   */
  async checkConfiguration(options: CheckConfigurationOptions = {}): Promise<ConfigurationReport> {
    return checkParts(this.#parts, options);
  }

  /**
   * Writes what the audit sink missed and closes it. The provisioner is not to be used after.
   *
   * @throws `audit_failed` when the sink still does not keep what it missed: its `unrecorded` has that, and
   * it is lost unless written elsewhere. What the sink itself throws when it cannot be closed.
   */
  async close(): Promise<void> {
    await this.#parts.recorder.close();
  }

  #product<Name extends keyof ProductClients>(
    name: Name,
    setting: 'site' | 'bitbucket',
  ): NonNullable<ProductClients[Name]> {
    const client = this.#parts.products[name];
    if (client !== undefined) return client;
    throw new ProvisionerError('capability_missing', `The client of ${name} needs \`${setting}\` in the configuration`);
  }

  #runner(purpose: string): ActionRunner {
    const { runner } = this.#parts;
    if (runner === undefined) throw neitherConfigured(purpose);
    return runner;
  }
}

function neitherConfigured(purpose: string): ProvisionerError {
  return new ProvisionerError('capability_missing', `${purpose} needs a SCIM directory or an organization`, {
    advice: 'Configure `scim`, or `organizationId` and `admin`.',
  });
}
