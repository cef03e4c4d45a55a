import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { OrgDomain } from '../clients/admin/org-domain.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { Organization } from '../clients/admin/organization.js';
import type { CallOptions } from '../http/transport.js';
import { atlassianAccountId } from '../model/ids.js';
import { atlassianCodeOf, probe, type Probe } from './probe.js';

/** How far an organization key reaches. `scoped` keys read some things and write nothing that is needed here. */
export type KeyReach = 'unscoped' | 'scoped' | 'unknown';

/** What reading with the organization key showed. */
export interface OrganizationFacts {
  readonly organization: Probe<Organization>;
  /** The organizations the key sees: one, or none for a key with scopes (seen). */
  readonly visible: Probe<readonly Organization[]>;
  readonly directories: Probe<number>;
  /** A few people whose accounts are managed. */
  readonly managedUsers: Probe<readonly OrgUser[]>;
  readonly groups: Probe<number>;
  readonly domains: Probe<readonly OrgDomain[]>;
  readonly products: Probe<number>;
  readonly userManagement: Probe<'read' | 'no-such-account'>;
  readonly reach: KeyReach;
}

/** A well-formed id that no account has. */
const NOBODY = atlassianAccountId('712020:00000000-0000-4000-8000-000000000000');

const SAMPLE_SIZE = 5;

/** Tries every read of the organization that the SDK needs. */
export async function readOrganizationFacts(admin: AdminOrgClient, call: CallOptions): Promise<OrganizationFacts> {
  const managedUsers = probe(call, async (options) => {
    const { items } = await admin.users.searchPage({ claimStatus: 'managed', limit: SAMPLE_SIZE }, undefined, options);
    return items;
  });
  const [organization, visible, directories, groups, domains, products, sample] = await Promise.all([
    probe(call, (options) => admin.organizations.get(options)),
    probe(call, async (options) => (await admin.organizations.listPage(undefined, options)).items),
    probe(call, async (options) => (await admin.directories.listPage({ limit: 1 }, undefined, options)).items.length),
    probe(call, async (options) => (await admin.groups.searchPage({ limit: 1 }, undefined, options)).items.length),
    probe(call, (options) => allOf(admin.domains.list(options))),
    probe(call, async (options) => (await admin.workspaces.searchPage({ limit: 1 }, undefined, options)).items.length),
    managedUsers,
  ]);

  const userManagement = await probe(call, (options) => tryUserManagement(admin, sample, options));
  const facts = { organization, visible, directories, managedUsers: sample, groups, domains, products, userManagement };
  return { ...facts, reach: reachOf(facts) };
}

/** A 404 for nobody's id is proof too: whether the key may ask at all is settled before that. */
async function tryUserManagement(
  admin: AdminOrgClient,
  sample: Probe<readonly OrgUser[]>,
  call: CallOptions,
): Promise<'read' | 'no-such-account'> {
  const [someone] = sample.ok ? sample.value : [];
  try {
    await admin.managedAccounts.permissions(someone?.accountId ?? NOBODY, ['lifecycle.enablement'], call);
    return 'read';
  } catch (error) {
    if (error instanceof Error && 'atlassianCode' in error && error.atlassianCode === 'accountNotFound')
      return 'no-such-account';
    throw error;
  }
}

/** Codes that a key with scopes gets (seen) where its scopes do not reach. */
const SCOPE_CODES: ReadonlySet<string> = new Set(['forbidden.insufficientScope', 'ADMIN-UAM-403-1', 'ADMIN-401-2']);

function reachOf(facts: Omit<OrganizationFacts, 'reach'>): KeyReach {
  const { visible, userManagement } = facts;
  if (userManagement.ok || (visible.ok && visible.value.length > 0)) return 'unscoped';
  const lacksScope = Object.values(facts).some(
    (fact) => !fact.ok && SCOPE_CODES.has(atlassianCodeOf(fact.error) ?? ''),
  );
  return lacksScope ? 'scoped' : 'unknown';
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
