import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { Capability, CapabilityCheck, CheckEvidence } from './configuration-report.js';

/** What is to be said of a capability, without the calls that tell. */
export type Finding = Pick<CapabilityCheck, 'status' | 'summary'> &
  Partial<Pick<CapabilityCheck, 'advice' | 'warnings'>>;

/** A finding in the form of the report. */
export function toCheck(
  capability: Capability,
  { status, summary, advice, warnings = [] }: Finding,
  evidence: readonly CheckEvidence[] = [],
): CapabilityCheck {
  return { capability, status, summary, ...(advice !== undefined && { advice }), warnings, evidence };
}

/** The finding of a capability whose credential is missing. */
export function notConfigured(setting: string): Finding {
  return {
    status: 'not-configured',
    summary: `\`${setting}\` is not configured.`,
    advice: `Configure \`${setting}\`.`,
  };
}

/** What an error says whatever was asked: that no answer came, or one that is not of this API. */
export function generalFinding(error: ProvisionerError, urlSetting: string): Finding {
  switch (error.code) {
    case 'network_failed':
    case 'timed_out':
      return {
        status: 'unknown',
        summary: sentence(error.message),
        advice: `Check that \`${urlSetting}\` is right, and that this machine reaches it, through a proxy if there is one.`,
      };
    case 'rate_limited':
    case 'server_error':
      return { status: 'unknown', summary: sentence(error.message), advice: 'Check again later.' };
    case 'redirect_refused':
    case 'response_invalid':
    case 'response_too_large':
      return {
        status: 'refused',
        summary: 'What answers there is not this API.',
        advice: `Check \`${urlSetting}\`: it may be another address, or a proxy or login page may answer in its place.`,
      };
    case 'payment_required':
      return {
        status: 'refused',
        summary: 'The organization has no subscription for this.',
        advice: 'Buy or renew the subscription.',
      };
    default:
      return { status: 'refused', summary: sentence(error.message) };
  }
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
