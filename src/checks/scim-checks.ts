import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { CallOptions } from '../http/transport.js';
import type { ScimDirectoryId } from '../model/ids.js';
import type { CapabilityCheck } from './configuration-report.js';
import { generalFinding, toCheck, type Finding } from './finding.js';
import type { OrganizationFacts } from './organization-facts.js';
import { probe, type Probe } from './probe.js';

/** What reading the SCIM directory showed: one of its users, if it has any. */
export type ScimFact = Probe<ScimUser | undefined>;

/** What the provisioning links of the organization showed. */
export interface LinkFacts {
  readonly links: Probe<readonly ScimLink[]>;
  /** Whether the email that was asked for is that of a user of the directory, so that a link must be there. */
  readonly isOfDirectory: boolean;
}

/** An address that nobody has (RFC 6761 section 6.4). */
const NOBODY = 'configuration-check@example.invalid';

const SAMPLE_SIZE = 3;

/** Reads the first user of the directory: the smallest read there is. */
export async function readScimFact(scim: ScimDirectoryClient, call: CallOptions): Promise<ScimFact> {
  return probe(call, async (options) => (await scim.users.listPage({ count: 1 }, options)).items[0]);
}

/** Reads the links of somebody: of the directory if possible, else of the organization, else of nobody. */
export async function readLinkFacts(
  admin: AdminOrgClient,
  scim: ScimFact | undefined,
  { managedUsers }: OrganizationFacts,
  call: CallOptions,
): Promise<LinkFacts> {
  const inDirectory = scim?.ok === true ? scim.value?.primaryEmail : undefined;
  const inOrganization = managedUsers.ok ? managedUsers.value.flatMap(({ email }) => email ?? []) : [];
  // Several only where a refusal of the directory is to be explained.
  const few = inOrganization.slice(0, scim?.ok === false ? SAMPLE_SIZE : 1);
  const emails = inDirectory === undefined ? few : [inDirectory];

  const links = await probe(call, async (options) => {
    const found: ScimLink[] = [];
    for (const email of emails.length === 0 ? [NOBODY] : emails) {
      found.push(...(await admin.provisioningLinks.forEmail(email, options)));
      if (found.length > 0) break;
    }
    return found;
  });
  return { links, isOfDirectory: inDirectory !== undefined };
}

/** What the key of the SCIM directory comes to. */
export function scimCheck(
  fact: ScimFact,
  directoryId: ScimDirectoryId | undefined,
  linkFacts: LinkFacts | undefined,
): CapabilityCheck {
  const links = linkFacts?.links.ok === true ? linkFacts.links.value : [];
  if (fact.ok) {
    const isElsewhere = linkFacts?.isOfDirectory === true && linkFacts.links.ok && !isAmong(directoryId, links);
    return toCheck('scim.read', worksFinding(isElsewhere && directoryId !== undefined), fact.evidence);
  }
  const finding = scimRefusal(fact, directoryId, links);
  const isExplainedByLinks = fact.error.code === 'forbidden' && links.length > 0;
  return toCheck('scim.read', finding, [
    ...fact.evidence,
    ...(isExplainedByLinks ? (linkFacts?.links.evidence ?? []) : []),
  ]);
}

/** What reading provisioning links comes to. */
export function linksCheck({ links }: LinkFacts): CapabilityCheck {
  return toCheck('provisioning-links', linksFinding(links), links.evidence);
}

function linksFinding(links: LinkFacts['links']): Finding {
  if (links.ok) return { status: 'works', summary: 'Which account a SCIM record is linked to can be read.' };
  switch (links.error.code) {
    case 'unauthenticated':
      return {
        status: 'refused',
        summary: 'Atlassian does not take the organization key.',
        advice: 'See `organization.read`.',
      };
    case 'forbidden':
    case 'not_found':
      return {
        status: 'refused',
        summary:
          'Provisioning links are refused: the key has scopes or is of another organization, or the organization has no Atlassian Guard.',
        advice: 'Use a key without scopes of an organization with user provisioning.',
      };
    default:
      return generalFinding(links.error, 'admin.baseUrl');
  }
}

function worksFinding(isElsewhere: boolean): Finding {
  const summary = 'The directory can be read; its key writes there too. Nothing was written to try it.';
  if (!isElsewhere) return { status: 'works', summary };
  const warning =
    'The organization knows no link of a user of this directory: `scim.url` may be of another organization than `organizationId`.';
  return { status: 'works', summary, warnings: [warning] };
}

function scimRefusal(
  { error }: Extract<ScimFact, { ok: false }>,
  directoryId: ScimDirectoryId | undefined,
  links: readonly ScimLink[],
): Finding {
  const mayTell = error.code === 'unauthenticated' || error.code === 'forbidden' || error.code === 'not_found';
  if (!mayTell) return generalFinding(error, 'scim.url');
  if (directoryId === undefined)
    return {
      status: 'refused',
      summary: 'The SCIM server refuses the token, or the URL.',
      advice: 'Check `scim.url` and `scim.token`.',
    };

  if (error.code === 'unauthenticated')
    return {
      status: 'refused',
      summary:
        'Atlassian does not know this key, or it has expired. An organization key or an API token opens no directory.',
      advice: 'Configure the key that was shown with the SCIM base URL, or regenerate it and configure the new one.',
    };
  if (error.code === 'not_found')
    return {
      status: 'refused',
      summary: 'There is no such directory: `scim.url` is wrong, or the organization has no Atlassian Guard.',
      advice: 'Compare `scim.url` with the SCIM base URL of the identity provider, and check the subscription.',
    };
  return refusalByLinks(directoryId, links);
}

/** One refusal stands for three causes. Where people are synced from tells the first two apart. */
function refusalByLinks(directoryId: ScimDirectoryId, links: readonly ScimLink[]): Finding {
  const others = [...new Set(links.map(({ scimDirectoryId }) => scimDirectoryId))];
  if (isAmong(directoryId, links))
    return {
      status: 'refused',
      summary: 'The directory exists, and this key does not open it: it is of another directory, or was regenerated.',
      advice: 'Regenerate the key of this directory and configure the new one. Whoever uses the old one needs it too.',
    };
  if (others.length > 0)
    return {
      status: 'refused',
      summary: `The key does not open the directory of \`scim.url\`. People of the organization are synced from another: ${others.join(', ')}.`,
      advice: 'Check `scim.url` first; if it is right, configure the key that was shown with it.',
    };
  return {
    status: 'refused',
    summary:
      'The key does not open this directory: it is of another directory or was regenerated, the id in `scim.url` is wrong, or the organization has no Atlassian Guard.',
    advice: 'Compare `scim.url` with the SCIM base URL, regenerate the key, and check the subscription.',
  };
}

function isAmong(directoryId: ScimDirectoryId | undefined, links: readonly ScimLink[]): boolean {
  return links.some(({ scimDirectoryId }) => scimDirectoryId === directoryId);
}
