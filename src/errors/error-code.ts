/**
 * Every code an error of this SDK can have.
 *
 * Nothing was sent: `config_invalid`, `request_invalid`.
 *
 * Atlassian answered: `unauthenticated` (401), `forbidden` (403), `not_found` (404), `conflict` (409), `license_limit`
 * (409 or 400, no seat left), `payment_required` (402), `gone` (410), `rate_limited` (429), `rejected` (other 4xx),
 * `server_error` (5xx), `response_invalid` (a body that does not match), `response_too_large`, `redirect_refused`.
 *
 * No answer: `network_failed`, `timed_out`, `aborted`.
 *
 * Identities and groups: `identity_not_found`, `identity_ambiguous`, `identity_conflict`, `identity_unlinked`,
 * `group_not_found`, `group_ambiguous`, `group_not_writable`.
 *
 * Refused by a rule of the SDK: `create_not_allowed`, `domain_not_claimed`, `email_in_use`, `confirmation_mismatch`,
 * `action_blocked`, `capability_missing`, `plan_expired`, `plan_stale`, `plan_altered`,
 * `approval_failed`, `audit_failed`, `action_failed`.
 */
export type ErrorCode =
  | 'config_invalid'
  | 'request_invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'license_limit'
  | 'payment_required'
  | 'gone'
  | 'rate_limited'
  | 'rejected'
  | 'server_error'
  | 'response_invalid'
  | 'response_too_large'
  | 'redirect_refused'
  | 'network_failed'
  | 'timed_out'
  | 'aborted'
  | 'identity_not_found'
  | 'identity_ambiguous'
  | 'identity_conflict'
  | 'identity_unlinked'
  | 'group_not_found'
  | 'group_ambiguous'
  | 'group_not_writable'
  | 'create_not_allowed'
  | 'domain_not_claimed'
  | 'email_in_use'
  | 'confirmation_mismatch'
  | 'action_blocked'
  | 'capability_missing'
  | 'plan_expired'
  | 'plan_stale'
  | 'plan_altered'
  | 'approval_failed'
  | 'audit_failed'
  | 'action_failed';

/** What the caller can do about an error of which nothing better is known, one sentence each. */
export const USUAL_ADVICE: Readonly<Record<ErrorCode, string>> = {
  config_invalid: 'Correct the settings that `faults` names.',
  request_invalid: 'Correct what the message names.',
  unauthenticated:
    'Check the credential: it may be unknown, revoked, expired or of another kind. `checkConfiguration()` tells.',
  forbidden: 'Check what the credential may do: `checkConfiguration()` tells.',
  not_found: 'Check the id: what it names may be deleted, hidden from the credential, or too new to be there.',
  conflict: 'Read what is there now, and decide again.',
  license_limit: 'Free a seat or raise the licence, then call again.',
  payment_required: 'Buy or renew the subscription this needs.',
  gone: 'Atlassian has withdrawn this: look for a newer version of this package.',
  rate_limited: 'Call again once `retryAfterMs` has passed.',
  rejected: 'Correct what the message says: the same call would be refused again.',
  server_error: 'Call again later. A write may have been carried out: read back before repeating it.',
  response_invalid:
    "Check that the address is that of the API, and report it if so; `onInvalidResponse: 'warn'` lets it pass.",
  response_too_large: 'Ask for less at once, or raise `maxResponseBytes` (`http.maxResponseBytes` of a provisioner).',
  redirect_refused: 'Correct the base URL: the redirect would have taken the credential elsewhere.',
  network_failed: 'Call again. If it stays so, check the address, the network and the proxy.',
  timed_out: 'Call again, or allow it more time.',
  aborted: 'Call again if it is still wanted.',
  identity_not_found: 'Check the id; new people take a while.',
  identity_ambiguous: 'Name the person by a SCIM id or an account id.',
  identity_conflict: 'Find out which of the two is meant, and correct the other.',
  identity_unlinked: 'Verify and claim the domain of the person, or wait until Atlassian has linked the account.',
  group_not_found: 'Check the name: groups are not created.',
  group_ambiguous: 'Name the group by its id, or rename one of the two.',
  group_not_writable: 'Change the group where it is managed.',
  create_not_allowed: 'Create the person elsewhere first, or leave `createAllowed` out.',
  domain_not_claimed: 'Verify and claim the domain first, or pass `allowUnclaimedDomain`.',
  email_in_use: 'Give the email up where it is held, or take another.',
  confirmation_mismatch: 'Set `confirm` to the email of the person.',
  action_blocked: 'See the reason that Atlassian gives.',
  capability_missing: 'Configure the credential that this needs.',
  plan_expired: 'Make the plan again.',
  plan_stale: 'Make the plan again.',
  plan_altered: 'Make the plan again.',
  approval_failed: 'Make `approve` work, and call again.',
  audit_failed: 'Make the audit sink work, and call again.',
  action_failed: 'Read the result: it has the outcome of every operation.',
};
