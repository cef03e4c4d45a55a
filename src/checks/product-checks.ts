import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { JiraInstance } from '../clients/jira/jira-instance.js';
import { path } from '../http/path.js';
import type { CallOptions, Transport } from '../http/transport.js';
import type { CapabilityCheck, CheckEvidence } from './configuration-report.js';
import { generalFinding, toCheck, type Finding } from './finding.js';
import { probe } from './probe.js';
import { lazySchema } from '../model/lazy-schema.js';

const anyObject = lazySchema(() => z.looseObject({}));

/** The products of a site, each on the host of the site or behind the gateway. */
export interface SiteTransports {
  readonly jira: Transport<'site-token'>;
  readonly confluence: Transport<'site-token'>;
}

/**
 * Tries the token of a site, at the one call that cannot pass for anonymous: others answer a dead token with 200 and
 * nothing (seen). A site without Jira is asked through Confluence.
 */
export async function checkSite({ jira, confluence }: SiteTransports, call: CallOptions): Promise<CapabilityCheck> {
  const fact = await probe(call, async (options) => {
    try {
      await jira.send({
        ...options,
        operation: 'jira.users.myself',
        method: 'GET',
        path: path`/rest/api/3/myself`,
        response: anyObject(),
      });
      return 'jira';
    } catch (error) {
      if (!isProvisionerError(error, 'not_found')) throw error;
      await confluence.send({
        ...options,
        operation: 'confluence.users.current',
        method: 'GET',
        path: path`/wiki/rest/api/user/current`,
        response: anyObject(),
      });
      return 'confluence';
    }
  });
  if (fact.ok) {
    const rights = fact.value === 'jira' ? await rightsInJira(jira, call) : { warnings: [], evidence: [] };
    const { warnings } = rights;
    const finding: Finding = { status: 'works', summary: 'The site takes the token.', warnings };
    return toCheck('site.read', finding, [...fact.evidence, ...rights.evidence]);
  }

  const { code } = fact.error;
  return toCheck('site.read', SITE_FINDINGS.get(code) ?? generalFinding(fact.error, 'site.url'), fact.evidence);
}

/** What discovery will not read of Jira for a lack of global permissions. */
async function rightsInJira(
  jira: SiteTransports['jira'],
  call: CallOptions,
): Promise<{ readonly warnings: readonly string[]; readonly evidence: readonly CheckEvidence[] }> {
  const fact = await probe(call, (options) =>
    new JiraInstance(jira).getMyPermissions([...JIRA_RIGHTS.keys()], options),
  );
  if (!fact.ok)
    return {
      warnings: [`Whether \`site.user\` has Administer Jira is not known: ${fact.error.message}`],
      evidence: fact.evidence,
    };
  const held = new Set(fact.value.flatMap(({ key, havePermission }) => (havePermission ? [key] : [])));
  return {
    warnings: [...JIRA_RIGHTS].flatMap(([key, lack]) => (held.has(key) ? [] : [lack])),
    evidence: fact.evidence,
  };
}

const JIRA_RIGHTS: ReadonlyMap<string, string> = new Map([
  [
    'ADMINISTER',
    '`site.user` does not have Administer Jira: discovery will have gaps for permission schemes, licences, and projects that this user does not administer.',
  ],
  [
    'USER_PICKER',
    '`site.user` does not have Browse users and groups: discovery will have a gap for the users of Jira.',
  ],
]);

const SITE_FINDINGS: ReadonlyMap<string, Finding> = new Map<string, Finding>([
  [
    'unauthenticated',
    {
      status: 'refused',
      summary:
        'The site does not take this token: it has expired, is not of `site.user`, or was made with scopes, which work at api.atlassian.com only. An organization key opens no site.',
      advice:
        'Make an API token without scopes at id.atlassian.com, as `site.user`; or, for one with scopes or of a service account, give `site.cloudId`.',
    },
  ],
  [
    'forbidden',
    {
      status: 'refused',
      summary:
        'The site knows the user and lets them see nothing: no product access, or a captcha after failed logins.',
      advice: 'Log in as `site.user` once, and give that user access to the product.',
    },
  ],
  [
    'not_found',
    {
      status: 'refused',
      summary: 'Neither Jira nor Confluence is at `site.url`.',
      advice: 'Give the URL of a site with one of them: https://<name>.atlassian.net.',
    },
  ],
]);

/** Tries the credential of a Bitbucket workspace. */
export async function checkBitbucket(
  transport: Transport<'bitbucket'>,
  workspace: string,
  call: CallOptions,
): Promise<CapabilityCheck> {
  const fact = await probe(call, (options) =>
    transport.send({
      ...options,
      operation: 'bitbucket.workspaces.get',
      method: 'GET',
      path: path`/2.0/workspaces/${workspace}`,
      response: anyObject(),
    }),
  );
  if (fact.ok)
    return toCheck('bitbucket.read', { status: 'works', summary: 'The workspace can be read.' }, fact.evidence);

  const { code } = fact.error;
  const finding = BITBUCKET_FINDINGS.get(code) ?? generalFinding(fact.error, 'bitbucket.baseUrl');
  return toCheck('bitbucket.read', finding, fact.evidence);
}

const BITBUCKET_FINDINGS: ReadonlyMap<string, Finding> = new Map<string, Finding>([
  [
    'unauthenticated',
    {
      status: 'refused',
      summary:
        'Bitbucket does not take this credential: it is wrong or has expired, or is an app password, which ended in 2026.',
      advice: 'Configure a private OAuth consumer of the workspace, or an API token with its user.',
    },
  ],
  [
    'forbidden',
    {
      status: 'refused',
      summary:
        'The credential may not read the workspace: it lacks the scope `account`, or `read:workspace:bitbucket`.',
      advice: 'Add that scope.',
    },
  ],
  [
    'not_found',
    {
      status: 'refused',
      summary: 'There is no such workspace, or the credential does not see it.',
      advice: '`bitbucket.workspace` is the id in the URL of the workspace, not its name.',
    },
  ],
]);
