import { SCOPE_FIELD, type ErrorBody } from './error-body.js';
import type { CredentialKind, RepeatSafety } from './transport.js';

const CREDENTIAL_NAMES: Readonly<Record<CredentialKind, string>> = {
  'directory-key': 'the API key of this SCIM directory',
  'organization-key': 'an organization API key without scopes',
  'site-token': "a user's email and a current API token of that user",
  bitbucket: 'a Bitbucket OAuth consumer or token',
};

/** Bitbucket took these in place of a token until then (documented). */
const APP_PASSWORD: Readonly<Partial<Record<CredentialKind, string>>> = {
  bitbucket: ' An app password has opened nothing since 28 July 2026: make an API token at id.atlassian.com.',
};

const CODE_ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'ADMIN-UAM-400-2',
    'The person is inactive or suspended: give their access back first (reactivateIdentity, restoreAccess).',
  ],
  ['ADMIN-UAM-400-3', 'Choose a role that the resource has.'],
  ['ADMIN-UAM-400-4', 'Buy or renew the licence of the product.'],
  ['ADMIN-UAM-409-2', 'It is so already; nothing has to be done.'],
  ['forbidden.insufficientScope', 'Use an organization API key that was created without scopes.'],
  [
    'forbidden.targetUnverified',
    'The email of this account is not verified; it must be before the account can be managed.',
  ],
  ['forbidden.unclaimedDomain', 'Verify and claim the domain in the organization first.'],
]);

const REASON_ADVICE: ReadonlyMap<string, string> = new Map([
  ['externalDirectory.scim', 'The SCIM directory owns this: change it there, or unlink the account first.'],
  ['externalDirectory.google', 'Google Workspace owns this: change it there.'],
  ['authPolicy.saml', 'Single sign-on sets this at each login: change it at the identity provider.'],
  ['administrative.notMyself', 'The owner of the key cannot do this to their own account: another administrator can.'],
  ['myselfOnly', 'Only the holder of the account can do this.'],
  ['managedAccount', 'Only an administrator of the organization that manages the account can do this.'],
  ['blocked.exportControl', 'Atlassian has blocked this account under export control: ask Atlassian support.'],
]);

/** What is known of the call that was answered. */
interface AnsweredCall {
  /** Whether it changes anything, and what a second one would do. */
  readonly repeat: RepeatSafety;
  readonly credentialKind: CredentialKind;
  readonly answerLost: boolean;
  /** The wait the server asked for, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** What a refusal of a later attempt means. */
const MAY_BE_DONE =
  'An earlier attempt got no clear answer and may have been carried out: read back what there is now.';

/** What the caller can do about an answer; `undefined` where the answer says it all. */
export function adviceFor(status: number, body: ErrorBody, call: AnsweredCall): string | undefined {
  const advice = adviceForAnswer(status, body, call);
  if (!call.answerLost || call.repeat === 'safe' || status >= 500) return advice;
  return advice === undefined ? MAY_BE_DONE : `${advice} ${MAY_BE_DONE}`;
}

function adviceForAnswer(status: number, body: ErrorBody, call: AnsweredCall): string | undefined {
  const known = CODE_ADVICE.get(body.atlassianCode ?? '') ?? REASON_ADVICE.get(body.reasonKey ?? '');
  if (known !== undefined) return known;

  const scopes = (body.reasons ?? []).filter(({ field }) => field === SCOPE_FIELD).map(({ key }) => key);
  if (scopes.length > 0) return `Give the credential what it lacks: ${scopes.join(', ')}.`;

  const needed = CREDENTIAL_NAMES[call.credentialKind];
  switch (status) {
    case 401:
      return `Check that the credential is ${needed}, and neither revoked nor expired.${APP_PASSWORD[call.credentialKind] ?? ''}`;
    case 402:
      return 'Buy or renew the subscription this needs.';
    case 403:
      return call.credentialKind === 'directory-key'
        ? 'The key may belong to another directory or have been regenerated; the address must be its SCIM base URL.'
        : `Check that the credential is ${needed}, and that its owner may do this.`;
    case 410:
      return 'Atlassian has withdrawn this; look for a newer version of this package.';
    case 429:
      return `${waitFor(call.waitMs)}, or lower \`rateLimit\` (\`http.rateLimit\` of a provisioner).`;
    default:
      if (status < 500) return undefined;
      return call.repeat === 'safe'
        ? 'Try again later.'
        : 'It may have been carried out: read back before repeating it.';
  }
}

function waitFor(waitMs: number | undefined): string {
  return waitMs === undefined
    ? 'Wait before calling again'
    : `Wait ${String(Math.ceil(waitMs / 1000))} s before calling again`;
}

/** What to do when no seat is left. */
export const LICENSE_ADVICE = 'Free a seat or raise the licence, then call again.';
