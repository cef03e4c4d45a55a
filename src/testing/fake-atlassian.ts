import type { FakeAtlassianOptions, FakeConnection, InProcessConnection } from './fake-options.js';
import type { FakeFault, FaultTarget, ScriptedFault } from './faults/fault.js';
import { FaultScript } from './faults/fault-script.js';
import { RateLimits, type FakeRateLimit } from './faults/rate-limits.js';
import { internalsOf } from './internals.js';
import { RequestLog } from './requests/request-log.js';
import { API_FAMILIES } from './routes/registry.js';
import { Routers } from './routes/routers.js';
import { createPropagate, settlePropagation } from './rules/settle.js';
import { firstSite } from './rules/sites.js';
import { FakeBitbucketOrganization } from './seeding/fake-bitbucket.js';
import { FAULT_NAMES, refuseUnknownNames } from './seeding/seed-names.js';
import type { StateSnapshot } from './state/fake-state.js';
import { Dispatcher } from './wire/dispatcher.js';
import { createFetch, type FakeFetch } from './wire/fake-fetch.js';
import { listen, type ListenOptions, type RunningServer } from './wire/fake-server.js';

/** A fake that listens on a port. */
export interface RunningFake extends RunningServer {
  /** The part of the SDK's configuration that points it at this port. */
  readonly connection: () => FakeConnection;
}

/** What {@link FakeAtlassian.snapshot} gives and {@link FakeAtlassian.restore} takes. It never changes. */
export interface FakeSnapshot {
  /** For the fake that made it. */
  readonly state: unknown;
}

const ROUTERS = new Routers(API_FAMILIES);
const OPERATIONS = [...new Set(API_FAMILIES.flatMap((family) => family.routes.map((route) => route.operation)))];

/**
 * A fake of Atlassian's admin and product APIs over one account store, with Atlassian's rules: SCIM, provisioning links,
 * Organizations, User management, and what Jira, Confluence and Bitbucket have to say about access. It starts with an
 * organization, one directory of each kind, a key for each, and nobody in it.
 *
 * Three ways in, one behaviour: {@link FakeAtlassian.fetch} in process, {@link FakeAtlassian.listen} over HTTP, and
 * `fakeAtlassianHandlers(fake)` of `atlassian-provisioner/testing/msw`.
 *
 * It throws on a route that it does not have, so that a typo is never "not found". Time is its own, ids come in order, and
 * two runs of a test are the same.
 *
 * @example
 * ```ts
 * const fake = new FakeAtlassian();
 * fake.addUser({ email: 'rosa@acme.com' });
 * fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
 * const atlassian = new AtlassianProvisioner(fake.connection());
 *
 * await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });
 *
 * fake.user('rosa@acme.com')?.active; // false
 * fake.group('berth-crew')?.members; // []
 * ```
 */
export class FakeAtlassian extends FakeBitbucketOrganization {
  /** The requests so far, with assertions on them. */
  readonly requests = new RequestLog();
  /** Takes what the global `fetch` takes, and opens no socket. It needs no `this`. */
  readonly fetch: FakeFetch;

  readonly #faults = new FaultScript(OPERATIONS);
  readonly #rateLimits: RateLimits;
  readonly #dispatcher: Dispatcher;
  readonly #pristine: FakeSnapshot;

  constructor(options: FakeAtlassianOptions = {}) {
    super(options);
    const { state, visible, baseUrl } = internalsOf(this);
    this.#rateLimits = new RateLimits(options.rateLimits ?? []);
    this.#dispatcher = new Dispatcher({
      routers: ROUTERS,
      state,
      visible,
      propagate: createPropagate(state, () => this.lags.scimMirrorMs),
      switches: this.switches,
      faults: this.#faults,
      rateLimits: this.#rateLimits,
      requests: this.requests,
      requestDurationMs: options.requestDurationMs ?? 1,
    });
    this.fetch = createFetch(baseUrl, (request) => this.#dispatcher.dispatch(request));
    this.#pristine = this.snapshot();
  }

  /** The part of the SDK's configuration that points it at this fake, in process: no socket, and no real time. */
  connection(): InProcessConnection {
    return { ...this.#connectionAt(internalsOf(this).baseUrl), fetch: this.fetch, clock: this.clock };
  }

  /** Serves over HTTP on loopback, for any client. What waits in real time does wait; the clock is still the fake's own. */
  async listen(options: ListenOptions = {}): Promise<RunningFake> {
    const server = await listen((request) => this.#dispatcher.dispatch(request), options);
    return { ...server, connection: () => this.#connectionAt(server.url, server.url) };
  }

  /** Scripts a fault. Throws for an operation that the fake does not have. */
  fail(target: FaultTarget, fault: FakeFault = {}): ScriptedFault {
    refuseUnknownNames('fail', fault, FAULT_NAMES);
    return this.#faults.add(target, fault);
  }

  /** Scripts a fault for the next matching request alone. */
  failNext(target: FaultTarget, fault: Omit<FakeFault, 'times'> = {}): ScriptedFault {
    refuseUnknownNames('failNext', fault, FAULT_NAMES);
    return this.#faults.add(target, { ...fault, times: 1 });
  }

  /** Takes back every fault that has not struck. */
  clearFaults(): void {
    this.#faults.clear();
  }

  /** Replaces the budgets of requests. */
  limitRates(limits: readonly FakeRateLimit[]): void {
    this.#rateLimits.configure(limits);
  }

  /** Ends every lag now: what is on its way between the APIs arrives, and reads see all that has been written. */
  flush(): void {
    const { state, visible } = internalsOf(this);
    settlePropagation(state);
    visible.flush();
  }

  /** A copy of all that the fake knows, its clock included. */
  snapshot(): FakeSnapshot {
    return { state: internalsOf(this).state.snapshot() };
  }

  /** Goes back to a snapshot. The request log, the faults and the use of budgets are cleared; switches and lags stay. */
  restore(snapshot: FakeSnapshot): void {
    const { state, visible } = internalsOf(this);
    state.restore(snapshot.state as StateSnapshot);
    visible.reset();
    this.#faults.clear();
    this.#rateLimits.reset();
    this.requests.clear();
  }

  /** Goes back to how it was made: an organization with nobody in it. */
  reset(): void {
    this.restore(this.#pristine);
  }

  /** `port` is the one URL of everything, for a server. */
  #connectionAt(baseUrl: string, port?: string): FakeConnection {
    const { state } = internalsOf(this);
    const site = firstSite(state);
    const { workspace } = state.bitbucket;
    return {
      organizationId: this.organizationId,
      scim: { url: `${baseUrl}/scim/directory/${this.directoryId}`, token: this.directoryKey },
      admin: { apiKey: this.organizationKey, baseUrl },
      ...(site !== undefined && { site: { url: port ?? site.url, ...this.siteCredential } }),
      ...(workspace !== undefined && {
        bitbucket: {
          workspace: workspace.slug,
          ...this.bitbucketConsumer,
          ...(port !== undefined && { baseUrl: port, tokenUrl: `${port}/site/oauth2/access_token` }),
        },
      }),
    };
  }
}
