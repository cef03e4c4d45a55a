import type { IdentityRef } from '../model/identity.js';
import type { Secret } from './secret.js';

/** The SCIM directory that people are pushed into. */
export interface ScimConfig {
  /** The SCIM base URL, shown with the key when provisioning is set up: `https://api.atlassian.com/scim/directory/<id>`. */
  readonly url: string;
  /** The directory key, shown once beside the URL. It opens that directory and nothing else. */
  readonly token: string | Secret;
  /** Id of the directory, only where a gateway hides it from `url`. */
  readonly directoryId?: string | undefined;
  /** When the key ends: a date, or an ISO 8601 instant. No API tells it; `checkConfiguration` warns by it. */
  readonly expiresAt?: string | Date | undefined;
}

/** The APIs of the organization. They need `organizationId` too. */
export interface AdminConfig {
  /** An organization API key without scopes. One with scopes reads some things, and writes nothing that is needed here. */
  readonly apiKey: string | Secret;
  /** `https://api.atlassian.com` unless given: a gateway, a proxy or a fake, without `/admin`. */
  readonly baseUrl?: string | undefined;
  /** When the key ends, at most a year after it was made: a date, or an ISO 8601 instant. */
  readonly expiresAt?: string | Date | undefined;
}

/**
 * A site with Jira or Confluence, for discovery.
 *
 * - a user's token without scopes: `url`, `user` and `token`
 * - a token with scopes: `cloudId` too, for it works at the gateway alone
 * - a service account or OAuth: `url`, `cloudId` and `token`, without `user`
 */
export interface SiteConfig {
  /** `https://<name>.atlassian.net`. */
  readonly url: string;
  /** Email of the user that the token belongs to. Without it the token is sent as a bearer token. */
  readonly user?: string | undefined;
  /** An API token of that user; without `user`, the token of a service account or of OAuth. */
  readonly token: string | Secret;
  /** Id of the site, as `https://<name>.atlassian.net/_edge/tenant_info` tells it. With it, calls go through the gateway. */
  readonly cloudId?: string | undefined;
  /** The gateway, `https://api.atlassian.com` unless given. Needs `cloudId`. */
  readonly gatewayUrl?: string | undefined;
  /** When the token ends: a date, or an ISO 8601 instant. */
  readonly expiresAt?: string | Date | undefined;
}

/** An OAuth consumer of the workspace: its token may do what the scopes of the consumer say. */
export interface BitbucketConsumerConfig {
  /** Key of the consumer. */
  readonly oauthKey: string;
  readonly oauthSecret: string | Secret;
  readonly user?: undefined;
  readonly apiToken?: undefined;
}

/** A user's API token, with a Bitbucket selection of scopes. */
export interface BitbucketUserConfig {
  /** Email of the user. */
  readonly user: string;
  readonly apiToken: string | Secret;
  readonly oauthKey?: undefined;
  readonly oauthSecret?: undefined;
}

/** Which workspace, and where it is. */
export interface BitbucketWorkspaceConfig {
  /** Id of the workspace, as in its URL. */
  readonly workspace: string;
  /** `https://api.bitbucket.org` unless given. */
  readonly baseUrl?: string | undefined;
  /** Where the consumer asks for tokens. `https://bitbucket.org/site/oauth2/access_token` unless given. */
  readonly tokenUrl?: string | undefined;
  /** When the credential ends: a date, or an ISO 8601 instant. */
  readonly expiresAt?: string | Date | undefined;
}

/** A Bitbucket workspace, for discovery: with an OAuth consumer, or with a user's API token. */
export type BitbucketConfig = BitbucketWorkspaceConfig & (BitbucketConsumerConfig | BitbucketUserConfig);

/** A number of requests in any stretch of time. */
export interface BudgetConfig {
  readonly requests: number;
  readonly intervalMs: number;
}

/** How fast one API is called, before it says anything itself. */
export interface RateLimitConfig {
  /** Most requests at once. */
  readonly maxConcurrent?: number | undefined;
  /** For the calls without a budget of their own. */
  readonly budget?: BudgetConfig | undefined;
  /** For calls that are counted apart, by the names of their operations. */
  readonly budgets?:
    readonly (BudgetConfig & { readonly name: string; readonly operations: readonly string[] })[] | undefined;
}

/** How calls are sent. The defaults are those of a transport. */
export interface HttpConfig {
  readonly retry?:
    | {
        /** Attempts of one call, the first included. */
        readonly maxAttempts?: number | undefined;
        readonly baseDelayMs?: number | undefined;
        readonly maxDelayMs?: number | undefined;
        /** Longest wait a server may ask for; a longer one ends the call at once. */
        readonly maxWaitMs?: number | undefined;
      }
    | undefined;
  readonly timeouts?:
    | {
        /** For one HTTP attempt. */
        readonly attemptMs?: number | undefined;
        /** For a call with its waits and retries. */
        readonly totalMs?: number | undefined;
      }
    | undefined;
  /** By API. */
  readonly rateLimit?:
    | {
        readonly scim?: RateLimitConfig | undefined;
        readonly admin?: RateLimitConfig | undefined;
        readonly site?: RateLimitConfig | undefined;
        readonly bitbucket?: RateLimitConfig | undefined;
      }
    | undefined;
  /** Longest body that is read, in bytes. */
  readonly maxResponseBytes?: number | undefined;
  /** What to do with a 2xx body that does not match. */
  readonly onInvalidResponse?: 'throw' | 'warn' | undefined;
  /** Told of each HTTP attempt. */
  readonly onAttempt?: ((event: never) => void) | undefined;
}

/** Where the record of each change goes. */
export interface AuditConfig {
  readonly sink: {
    /** Called before the first change. */
    open?(): Promise<void> | void;
    /** Keeps an event, or throws. */
    write(event: never): Promise<void> | void;
    /** Lets go of files and connections. */
    close?(): Promise<void> | void;
  };
  /** How long the sink may take to open, to keep an event and to close, in milliseconds. Default 30 seconds; then it failed. */
  readonly timeoutMs?: number | undefined;
  /** What a failing sink means: `stop` (default) makes no further change until it works again. */
  readonly onFailure?: 'stop' | 'continue' | undefined;
  /** Who acts, where a call does not say. */
  readonly actor?:
    { readonly type: 'user' | 'service' | 'system'; readonly id?: string; readonly name?: string } | undefined;
  /** Told of each event that was lost, with `onFailure: 'continue'`. */
  readonly onUnrecorded?: ((event: never, error: unknown) => void) | undefined;
}

/** What discovery reads beside the lists, and with which rights. */
export interface DiscoveryConfig {
  /**
   * Whose roles in the organization are read. `everybody` (default) takes a call for each group and each person; `groups`
   * one for each group, and a gap tells of the rest.
   */
  readonly roles?: 'everybody' | 'groups' | 'none' | undefined;
  /** Leaves out how default branches of Bitbucket are protected, and with it a call for each repository. */
  readonly skipBranchProtection?: boolean | undefined;
  /** Reads Confluence with the admin key of the user, and so every space. Turn it on first: it lasts for an hour at most. */
  readonly confluenceAdminKey?: boolean | undefined;
}

/** What is withheld instead of done. */
export interface GuardConfig {
  /** How many members a group may lose within a time. No limit unless `count` or `share` is given. */
  readonly maxRemovals?:
    | {
        readonly count?: number | undefined;
        /** Of the members at the start of the window, over 0 to 1. A group whose members are not known loses none. */
        readonly share?: number | undefined;
        /** `share` holds for groups with at least so many members. Default 10. */
        readonly minimumMembers?: number | undefined;
        /** Length of the window, in milliseconds. Default one hour. */
        readonly windowMs?: number | undefined;
      }
    | undefined;
  /** How many people may lose all access (be deactivated, suspended or deleted) within a time. No limit unless given. */
  readonly maxDeprovisions?:
    | {
        readonly count: number;
        /** Length of the window, in milliseconds. Default one hour. */
        readonly windowMs?: number | undefined;
      }
    | undefined;
  readonly protect?:
    | {
        /** Whether the admins of the organization are protected. Default `true`. */
        readonly organizationAdmins?: boolean | undefined;
        /** Emails, or any other id; white space around them does not count, nor do case and accents' form in names and emails. */
        readonly identities?: readonly (string | IdentityRef)[] | undefined;
        /** Names of groups, compared without regard to case. */
        readonly groups?: readonly string[] | undefined;
      }
    | undefined;
}

/** How long the ids of people are remembered between calls. */
export interface CacheConfig {
  /** Identities to keep in memory. Not with `store`. */
  readonly maxEntries?: number | undefined;
  /** How long an entry is believed, in milliseconds. */
  readonly maxAgeMs?: number | undefined;
  /** Keeps them elsewhere. */
  readonly store?:
    | {
        /** The entry of a key, if it has one. */
        get(key: string): unknown;
        /** Keeps an entry under all its keys. */
        set(entry: never): unknown;
        /** Forgets the entries of these keys. */
        delete(keys: readonly string[]): unknown;
      }
    | undefined;
}

/** What is known of the domains of the organization. */
export interface DomainsConfig {
  /** The verified and claimed domains. Atlassian is asked unless given, which needs `admin`. */
  readonly claimed?: readonly string[] | undefined;
  /** How long Atlassian's answer is believed, in milliseconds. Default 5 minutes. */
  readonly maxAgeMs?: number | undefined;
}

/** How long an action waits for what lags, in milliseconds. */
export interface WaitsConfig {
  /** For Atlassian to link a new record to its account. */
  readonly linkMs?: number | undefined;
  /** For a read-back after a lost answer. */
  readonly readBackMs?: number | undefined;
  /** For a change to show in other reads. */
  readonly verifyMs?: number | undefined;
}

/**
 * All settings. At least one of `scim`, `admin`, `site` and `bitbucket` is needed; each opens a part of the SDK.
 *
 * Credentials may be strings; they are wrapped, so that nothing prints or serialises them.
 */
export interface ProvisionerConfig {
  /** Id of the organization: the segment after `/o/` in the URL of admin.atlassian.com. `admin` needs it. */
  readonly organizationId?: string | undefined;
  readonly scim?: ScimConfig | undefined;
  readonly admin?: AdminConfig | undefined;
  readonly site?: SiteConfig | undefined;
  readonly bitbucket?: BitbucketConfig | undefined;
  /** Sends requests instead of the global `fetch`: through a proxy or an agent, or to a fake. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  readonly http?: HttpConfig | undefined;
  /** Without it no record is kept. */
  readonly audit?: AuditConfig | undefined;
  readonly guard?: GuardConfig | undefined;
  /** Decides on each plan before anything is written. */
  readonly approve?: ((request: never, options: never) => unknown) | undefined;
  readonly cache?: CacheConfig | undefined;
  readonly domains?: DomainsConfig | undefined;
  readonly waits?: WaitsConfig | undefined;
  /** How long a plan can be applied after it was made, in milliseconds. */
  readonly planLifetimeMs?: number | undefined;
  /** What discovery reads beside the lists. */
  readonly discovery?: DiscoveryConfig | undefined;
  /** The time, for tests. */
  readonly clock?:
    | {
        /** Milliseconds since 1970, UTC. */
        now(): number;
        /** Resolves after `ms` milliseconds; rejects as soon as the signal is aborted. */
        sleep(ms: number, signal?: AbortSignal): Promise<void>;
      }
    | undefined;
}
