import type { AuditEvent } from '../audit/audit-event.js';
import type { AuditSink } from '../audit/audit-sink.js';
import type {
  AdminConfig,
  AuditConfig,
  CacheConfig,
  HttpConfig,
  ProvisionerConfig,
} from '../config/provisioner-config.js';
import type { AttemptEvent } from '../http/transport.js';
import type { LinkCache } from '../identity/link-cache.js';
import type { Approve } from '../plan/approval.js';

/** Settings of the HTTP layer. */
export interface HttpOptions extends Omit<HttpConfig, 'onAttempt'> {
  /** Told of each HTTP attempt of any call. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** Where the record of each change goes. */
export interface AuditOptions extends Omit<AuditConfig, 'sink' | 'onUnrecorded'> {
  readonly sink: AuditSink;
  /** Told of each event that was lost, with `onFailure: 'continue'`. */
  readonly onUnrecorded?: ((event: AuditEvent, error: unknown) => void) | undefined;
}

/** How long the ids of people are remembered between calls. */
export interface CacheOptions extends Omit<CacheConfig, 'store'> {
  /** Keeps them elsewhere, so that they outlive the process. */
  readonly store?: LinkCache | undefined;
}

/** All settings of an `AtlassianProvisioner`, each optional: what there is to choose from before it is put together. */
export interface ProvisionerSettings extends Omit<ProvisionerConfig, 'http' | 'audit' | 'cache' | 'approve'> {
  readonly http?: HttpOptions | undefined;
  /** Without it no record of changes is kept. */
  readonly audit?: AuditOptions | undefined;
  readonly cache?: CacheOptions | undefined;
  /** Decides on each plan before anything is written. */
  readonly approve?: Approve | undefined;
}

/** With the id of the organization: its APIs may be given. */
export interface WithOrganization {
  /** Id of the organization: the segment after `/o/` in the URL of admin.atlassian.com. */
  readonly organizationId: string;
  readonly admin?: AdminConfig | undefined;
}

/** Without the APIs of the organization, which are asked by its id. */
export interface WithoutOrganization {
  readonly admin?: undefined;
}

/** The settings of an `AtlassianProvisioner`: `admin` needs an `organizationId`. */
export type AtlassianProvisionerOptions = ProvisionerSettings & (WithOrganization | WithoutOrganization);
