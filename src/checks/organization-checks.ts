import type { OrganizationId } from '../model/ids.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { Capability, CapabilityCheck } from './configuration-report.js';
import { generalFinding, toCheck, type Finding } from './finding.js';
import type { KeyReach, OrganizationFacts } from './organization-facts.js';
import type { Probe } from './probe.js';

const NEW_KEY = 'Make an organization API key without scopes: admin.atlassian.com, Organization settings, API keys.';
const API_SETTING = 'admin.baseUrl';

/** What each capability of the organization key comes to. */
export function organizationChecks(facts: OrganizationFacts, id: OrganizationId): CapabilityCheck[] {
  const { reach, organization, visible, directories, managedUsers, groups, domains, products, userManagement } = facts;
  const read = <Value>(
    capability: Capability,
    fact: Probe<Value>,
    words: { readonly what: string; readonly scope?: string; readonly works: (value: Value) => Finding },
  ): CapabilityCheck =>
    toCheck(capability, fact.ok ? words.works(fact.value) : refusal(fact.error, reach, words), fact.evidence);

  return [
    toCheck('organization.read', organizationFinding(facts, id), [...organization.evidence, ...visible.evidence]),
    toCheck('organization.write', writeFinding(facts), [...visible.evidence, ...userManagement.evidence]),
    read('directories.read', directories, {
      what: 'list the directories',
      scope: 'read:directories:admin',
      works: () => works('The directories of the organization can be read.'),
    }),
    read('users.search', managedUsers, {
      what: 'search people',
      scope: 'read:directories:admin',
      works: () => works('People can be searched.'),
    }),
    read('groups.search', groups, {
      what: 'search groups',
      scope: 'read:groups:admin',
      works: () => works('Groups can be searched.'),
    }),
    read('user-management', userManagement, {
      what: 'manage accounts',
      works: (seen) =>
        works(
          seen === 'read'
            ? 'What may be done to a managed account can be read.'
            : 'Accounts can be managed; none is there to try it on.',
        ),
    }),
    read('domains.read', domains, {
      what: 'list the domains',
      scope: 'read:domains:admin',
      works: (all) => works(`The domains of the organization can be read: ${String(all.length)}.`),
    }),
    toCheck('managed-accounts', managedAccountsFinding(facts), [...domains.evidence, ...managedUsers.evidence]),
    read('products.read', products, {
      what: 'list the products',
      scope: 'read:workspaces:admin',
      works: (count) => ({
        ...works('The products of the organization can be read.'),
        ...(count === 0 && { warnings: ['The key sees no product, so there is none to grant access to.'] }),
      }),
    }),
  ];
}

function works(summary: string): Finding {
  return { status: 'works', summary };
}

function organizationFinding({ organization, visible, reach }: OrganizationFacts, id: OrganizationId): Finding {
  if (organization.ok) return works('Key and organization id belong together.');
  const { error } = organization;
  const other = visible.ok ? visible.value.find((seen) => seen.id !== id) : undefined;
  if (other !== undefined)
    return {
      status: 'refused',
      summary: `The key belongs to the organization "${other.name ?? ''}" (${other.id}), not to the configured one.`,
      advice: 'Correct `organizationId`, or configure a key of that organization.',
    };
  if (error.code === 'not_found')
    return {
      status: 'refused',
      summary:
        'The key sees no organization with the configured id: it is of another organization, or the id is wrong.',
      advice:
        '`organizationId` is the segment after /o/ in the URL of admin.atlassian.com, and is shown beside a new key.',
    };
  return refusal(error, reach, { what: 'read the organization', scope: 'read:orgs:admin' });
}

function writeFinding({ reach, visible, organization }: OrganizationFacts): Finding {
  if (reach === 'unscoped')
    return works(
      'The key has no scopes, so it may change memberships, roles and accounts. Nothing was written to try it.',
    );
  if (reach === 'scoped') {
    const seesNone = visible.ok ? ' and sees no organization in its list' : '';
    return {
      status: 'refused',
      summary: `The key was made with scopes${seesNone}: it may read some things, and change no membership, role or account.`,
      advice: NEW_KEY,
    };
  }
  if (!organization.ok && organization.error.code === 'unauthenticated') return unknownKey();
  return {
    status: 'unknown',
    summary: 'Whether the key has scopes could not be told; changes need one without.',
    advice: NEW_KEY,
  };
}

function managedAccountsFinding({ domains, managedUsers, reach }: OrganizationFacts): Finding {
  if (!domains.ok) return refusal(domains.error, reach, { what: 'list the domains', scope: 'read:domains:admin' });
  const verified = domains.value.filter(({ claimStatus }) => claimStatus === 'verified');
  const warnings = domains.value
    .filter(({ claimStatus }) => claimStatus !== 'verified' && claimStatus !== 'deleted')
    .map(
      ({ name, claimStatus }) =>
        `The domain ${name} is ${claimStatus ?? 'not verified'}: accounts on it are not managed, and SCIM links none to them.`,
    );
  if (verified.length === 0)
    return {
      status: 'refused',
      summary:
        'The organization has no verified domain, so no account is managed and SCIM records stay without an account.',
      advice: 'Verify the domain of your people at admin.atlassian.com, Directory, Domains, and claim its accounts.',
      warnings,
    };
  if (managedUsers.ok && managedUsers.value.length === 0)
    warnings.push('No managed account was found: after a domain is verified, its accounts have to be claimed too.');
  return { ...works(`Accounts on ${String(verified.length)} verified domain(s) can be managed.`), warnings };
}

function unknownKey(): Finding {
  return {
    status: 'refused',
    summary:
      "Atlassian does not take this key: it was revoked, has expired, or is no organization API key. A user's API token and a key of a SCIM directory open nothing here.",
    advice: NEW_KEY,
  };
}

function refusal(
  error: ProvisionerError,
  reach: KeyReach,
  { what, scope }: { readonly what: string; readonly scope?: string },
): Finding {
  if (error.code === 'unauthenticated') return unknownKey();
  if (error.code === 'not_found')
    return {
      status: 'refused',
      summary: `The organization was not found when trying to ${what}.`,
      advice: 'See `organization.read`.',
    };
  if (error.code !== 'forbidden') return generalFinding(error, API_SETTING);
  if (reach === 'unscoped')
    return {
      status: 'refused',
      summary: `The key has no scopes, yet may not ${what}: whoever made it may be no organization admin any more.`,
      advice: 'Have an organization admin make a new key without scopes.',
    };
  const lacks = scope === undefined ? 'only a key without scopes may' : `it lacks the scope ${scope}`;
  return { status: 'refused', summary: `The key may not ${what}: ${lacks}.`, advice: NEW_KEY };
}
