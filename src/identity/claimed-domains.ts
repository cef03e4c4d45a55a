import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { Clock } from '../http/clock.js';
import { foldCase } from './identity-ref.js';
import type { CallOptions } from '../http/transport.js';

/** How {@link ClaimedDomains} learns of domains. */
export interface ClaimedDomainsOptions {
  readonly admin: AdminOrgClient | undefined;
  /** Domains known to be claimed, instead of asking Atlassian. */
  readonly domains?: readonly string[] | undefined;
  readonly clock: Clock;
  /** How long an answer is believed, in milliseconds. Default 5 minutes. */
  readonly maxAgeMs?: number | undefined;
}

/** The part of an email after its last @, in the form in which domains are compared. */
export function domainOf(email: string): string {
  return foldCase(email.slice(email.lastIndexOf('@') + 1));
}

const FIVE_MINUTES_MS = 300_000;

/**
 * The domains whose accounts the organization manages.
 *
 * Atlassian's list tells which domains are verified; that accounts on them were claimed too is not shown by any API.
 */
export class ClaimedDomains {
  readonly #options: ClaimedDomainsOptions;
  #known: { readonly domains: ReadonlySet<string>; readonly readAt: number } | undefined;

  constructor(options: ClaimedDomainsOptions) {
    this.#options = options;
  }

  /** Whether the domain of an email is verified by the organization; `undefined` when nothing here can tell. */
  async covers(email: string, call: CallOptions): Promise<boolean | undefined> {
    const domains = await this.#read(call);
    return domains?.has(domainOf(email));
  }

  async #read(call: CallOptions): Promise<ReadonlySet<string> | undefined> {
    const { admin, domains, clock, maxAgeMs = FIVE_MINUTES_MS } = this.#options;
    if (domains !== undefined) return new Set(domains.map(foldCase));
    if (admin === undefined) return undefined;
    if (this.#known !== undefined && clock.now() - this.#known.readAt < maxAgeMs) return this.#known.domains;

    const verified = new Set<string>();
    for await (const domain of admin.domains.list(call))
      if (domain.claimStatus === 'verified') verified.add(foldCase(domain.name));
    this.#known = { domains: verified, readAt: clock.now() };
    return verified;
  }
}
