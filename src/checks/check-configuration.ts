import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import type { CallOptions, Transport } from '../http/transport.js';
import type { Capability, CapabilityCheck, ConfigurationReport } from './configuration-report.js';
import { EXPIRY_WARNING_MS, withExpiry } from './expiry.js';
import { notConfigured, toCheck } from './finding.js';
import { organizationChecks } from './organization-checks.js';
import { readOrganizationFacts } from './organization-facts.js';
import { checkBitbucket, checkSite, type SiteTransports } from './product-checks.js';
import { linksCheck, readLinkFacts, readScimFact, scimCheck } from './scim-checks.js';

/** What to check. What is `undefined` is reported as not configured. */
export interface CheckConfigurationInput {
  readonly scim?: ScimDirectoryClient | undefined;
  readonly admin?: AdminOrgClient | undefined;
  readonly site?: SiteTransports | undefined;
  readonly bitbucket?: { readonly transport: Transport<'bitbucket'>; readonly workspace: string } | undefined;
  /** When the credentials end, as ISO 8601 instants. */
  readonly expiresAt?:
    | {
        readonly scim?: string | undefined;
        readonly admin?: string | undefined;
        readonly site?: string | undefined;
        readonly bitbucket?: string | undefined;
      }
    | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** What a caller may set for a check. */
export interface CheckConfigurationOptions extends CallOptions {
  /** How long before its end to warn of a credential, in milliseconds. Default 30 days. */
  readonly warnWithinMs?: number | undefined;
}

/**
 * Tries each credential with reads only, several at a time, and reports what each is good for, and if not, why.
 *
 * About ten calls. It writes nothing, so what only a write could show (whether memberships can be changed) follows from
 * the kind of key. A refused credential is a finding, never an error.
 *
 * @throws `aborted` when the caller's signal ended it, and nothing else.
 */
export async function checkConfiguration(
  input: CheckConfigurationInput,
  options: CheckConfigurationOptions = {},
): Promise<ConfigurationReport> {
  const { warnWithinMs = EXPIRY_WARNING_MS, ...call } = options;
  const { site, bitbucket, expiresAt, now = Date.now } = input;
  const [directoryChecks, siteCheck, bitbucketCheck] = await Promise.all([
    checkDirectoryAndOrganization(input, call),
    site === undefined ? undefined : checkSite(site, call),
    bitbucket === undefined ? undefined : checkBitbucket(bitbucket.transport, bitbucket.workspace, call),
  ]);

  const found = [...directoryChecks, siteCheck, bitbucketCheck].filter((check) => check !== undefined);
  const capabilities = CAPABILITIES.map(([capability, credential]) => {
    const check = found.find((one) => one.capability === capability);
    if (check === undefined) return toCheck(capability, notConfigured(credential));
    if (!SHOWS_EXPIRY.has(capability)) return check;
    return withExpiry(check, expiresAt?.[credential], {
      now: now(),
      setting: `${credential}.expiresAt`,
      warnWithinMs,
    });
  });
  return {
    ok: capabilities.every(({ status }) => status === 'works' || status === 'not-configured'),
    checkedAt: new Date(now()).toISOString(),
    capabilities,
  };
}

/** In the order of the report, each with the credential it needs. */
const CAPABILITIES: readonly (readonly [Capability, 'scim' | 'admin' | 'site' | 'bitbucket'])[] = [
  ['scim.read', 'scim'],
  ['organization.read', 'admin'],
  ['organization.write', 'admin'],
  ['directories.read', 'admin'],
  ['users.search', 'admin'],
  ['groups.search', 'admin'],
  ['user-management', 'admin'],
  ['provisioning-links', 'admin'],
  ['domains.read', 'admin'],
  ['managed-accounts', 'admin'],
  ['products.read', 'admin'],
  ['site.read', 'site'],
  ['bitbucket.read', 'bitbucket'],
];

/** The one capability of each credential at which its end is told. */
const SHOWS_EXPIRY: ReadonlySet<Capability> = new Set([
  'scim.read',
  'organization.read',
  'site.read',
  'bitbucket.read',
]);

async function checkDirectoryAndOrganization(
  { scim, admin }: CheckConfigurationInput,
  call: CallOptions,
): Promise<CapabilityCheck[]> {
  const [scimFact, facts] = await Promise.all([
    scim === undefined ? undefined : readScimFact(scim, call),
    admin === undefined ? undefined : readOrganizationFacts(admin, call),
  ]);
  const links =
    admin === undefined || facts === undefined ? undefined : await readLinkFacts(admin, scimFact, facts, call);

  return [
    ...(scimFact === undefined ? [] : [scimCheck(scimFact, scim?.directoryId, links)]),
    ...(admin === undefined || facts === undefined ? [] : organizationChecks(facts, admin.organizationId)),
    ...(links === undefined ? [] : [linksCheck(links)]),
  ];
}
