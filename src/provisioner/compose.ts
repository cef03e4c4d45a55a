import { AuditRecorder } from '../audit/audit-recorder.js';
import { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import { checkConfig, type CheckedConfig } from '../config/check-config.js';
import { systemClock } from '../http/clock.js';
import { ClaimedDomains } from '../identity/claimed-domains.js';
import { IdMapper } from '../identity/id-mapper.js';
import { MemoryLinkCache } from '../identity/memory-link-cache.js';
import { Discovery } from '../discovery/discovery.js';
import type { Clients } from '../operations/capabilities.js';
import { ActionRunner } from '../plan/action-runner.js';
import type { PlanScope } from '../plan/build-plan.js';
import { GuardLedger } from '../plan/guard-ledger.js';
import { Guard } from '../plan/guard.js';
import { joinsOf, productClients, readersOf, type ProductClients } from './compose-discovery.js';
import { productTransports, type ProductTransports } from './product-transports.js';
import type { AtlassianProvisionerOptions } from './provisioner-options.js';
import { transportOptions } from './transport-options.js';

type Checked = CheckedConfig<AtlassianProvisionerOptions>;

/** Everything an `AtlassianProvisioner` is made of. */
export interface ProvisionerParts {
  readonly config: Checked;
  readonly clients: Clients;
  readonly transports: ProductTransports;
  readonly products: ProductClients;
  readonly discovery: Discovery;
  /** `undefined` when neither SCIM nor the organization is configured. */
  readonly mapper: IdMapper | undefined;
  readonly recorder: AuditRecorder;
  readonly runner: ActionRunner | undefined;
}

const DEFAULT_PLAN_LIFETIME_MS = 3_600_000;
const DEFAULT_LINK_MS = 60_000;
const DEFAULT_READ_BACK_MS = 30_000;
/** Reads of roles were seen to trail by tens of seconds. */
const DEFAULT_VERIFY_MS = 90_000;

/** Checks the options and makes the parts. Sends nothing. */
export function compose(options: AtlassianProvisionerOptions): ProvisionerParts {
  const config = checkConfig(options);
  const clients: Clients = { scim: scimClient(config), admin: adminClient(config) };
  const clock = config.given.clock ?? systemClock;
  const recorder = new AuditRecorder({ ...config.given.audit, secrets: config.secrets, now: () => clock.now() });
  const mapper = mapperOf(config, clients, () => clock.now());
  const transports = productTransports(config);
  const products = productClients(transports);
  const discovery = new Discovery(readersOf(clients, products, config.given.discovery), clock, joinsOf(clients));
  return {
    config,
    clients,
    transports,
    products,
    discovery,
    mapper,
    recorder,
    runner: runnerOf({ config, clients, mapper, recorder }),
  };
}

/** Where and for how long plans of this configuration hold. */
export function planScope({ organizationId, scim, given }: Checked): PlanScope {
  return {
    organizationId,
    scimDirectoryId: scim?.directoryId,
    lifetimeMs: given.planLifetimeMs ?? DEFAULT_PLAN_LIFETIME_MS,
  };
}

function scimClient(config: Checked): ScimDirectoryClient | undefined {
  if (config.scim === undefined) return undefined;
  const { url, token, directoryId } = config.scim;
  return ScimDirectoryClient.connect({ ...transportOptions(config, 'scim'), url, token, directoryId });
}

function adminClient(config: Checked): AdminOrgClient | undefined {
  if (config.admin === undefined) return undefined;
  const { organizationId, apiKey, baseUrl } = config.admin;
  return AdminOrgClient.connect({ ...transportOptions(config, 'admin'), organizationId, apiKey, baseUrl });
}

function mapperOf({ given }: Checked, clients: Clients, now: () => number): IdMapper | undefined {
  if (clients.scim === undefined && clients.admin === undefined) return undefined;
  const { cache = {} } = given;
  return new IdMapper({
    scim: clients.scim,
    admin: clients.admin,
    cache: cache.store ?? new MemoryLinkCache({ maxEntries: cache.maxEntries }),
    cacheMaxAgeMs: cache.maxAgeMs,
    now,
  });
}

function runnerOf({
  config,
  clients,
  mapper,
  recorder,
}: Pick<ProvisionerParts, 'config' | 'clients' | 'mapper' | 'recorder'>): ActionRunner | undefined {
  if (mapper === undefined) return undefined;
  const { given, guard } = config;
  const clock = given.clock ?? systemClock;
  return new ActionRunner({
    clients,
    mapper,
    clock,
    recorder,
    domains: new ClaimedDomains({
      admin: clients.admin,
      domains: given.domains?.claimed,
      maxAgeMs: given.domains?.maxAgeMs,
      clock,
    }),
    guard: new Guard(guard, {
      removals: new GuardLedger(clock, guard.maxRemovals.windowMs),
      people: new GuardLedger(clock, guard.maxDeprovisions.windowMs),
    }),
    approve: given.approve,
    scope: planScope(config),
    waits: {
      linkMs: given.waits?.linkMs ?? DEFAULT_LINK_MS,
      readBackMs: given.waits?.readBackMs ?? DEFAULT_READ_BACK_MS,
      verifyMs: given.waits?.verifyMs ?? DEFAULT_VERIFY_MS,
    },
  });
}
