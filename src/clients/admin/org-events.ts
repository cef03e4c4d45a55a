import { ResponseInvalidError } from '../../errors/api-errors.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import {
  orgEventActionsSchema,
  orgEventAnswerSchema,
  orgEventSchema,
  type OrgEvent,
  type OrgEventAction,
} from './org-event.js';
import { getMetaCursorPage, type OrganizationTransport } from './org-paging.js';
import { RequestLimits } from './request-limits.js';

/** Which events to list. */
export interface OrgEventQuery {
  /** One term to search for. */
  readonly searchTerm?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** An id of {@link OrgEventAction}. */
  readonly action?: string | undefined;
  /** Ids of actors. */
  readonly actors?: readonly string[] | undefined;
  readonly ips?: readonly string[] | undefined;
  readonly products?: readonly ('bitbucket' | 'confluence' | 'guard_detect' | 'jira' | 'loom')[] | undefined;
  readonly locations?: readonly { readonly city?: string; readonly countryName?: string }[] | undefined;
  /** Events in one page, 1 to 500; Atlassian takes 30 unless given. */
  readonly limit?: number | undefined;
}

/** From where to poll. The window and the order stay with the cursor once there is one. */
export interface OrgEventPollQuery {
  /** Where an earlier poll ended. */
  readonly cursor?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Events in one page, 1 to 500; Atlassian takes 200 unless given. */
  readonly limit?: number | undefined;
  /** By the time at which an event reached the log; Atlassian takes `asc` unless given. */
  readonly sortOrder?: 'asc' | 'desc' | undefined;
}

/** Some events, and from where to go on, now or on another day. */
export interface OrgEventBatch {
  readonly items: readonly OrgEvent[];
  /** Give it to the next poll once `items` are dealt with. */
  readonly cursor: string | undefined;
}

/** The audit log of the organization. `list`, `get` and `listActions` are limited to 10 calls a minute. */
export class OrgEvents {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the events that a query finds. For following the log, {@link OrgEvents.poll} is made. */
  list(query: OrgEventQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgEvent, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'admin.events.list');
  }

  /** Reads one page of the events that a query finds. */
  async listPage(query: OrgEventQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgEvent>> {
    const operation = 'admin.events.list';
    new RequestLimits(operation).range('limit', query.limit, 1, 500);
    return getMetaCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v1/orgs/${this.#organizationId}/events`,
        query: {
          q: query.searchTerm,
          from: toEpochMs(query.from),
          to: toEpochMs(query.to),
          action: query.action,
          // Documented as one parameter with commas, unlike every other list of this API.
          actor: query.actors?.join(','),
          ip: query.ips?.join(','),
          product: query.products?.join(','),
          location: query.locations && JSON.stringify(query.locations),
          limit: query.limit,
        },
        item: orgEventSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads the log from a cursor, or from the start of a window, to its present end, a batch at a time.
   *
   * Atlassian gives a cursor with the last page too. So the end is a page without events: a shorter page is not taken
   * for one. That page is yielded as well, for its cursor is where the next poll begins. Store the cursor of a batch
   * after its events are dealt with, and nothing is lost or dealt with twice.
   *
   * @throws `response_invalid` when a page with events points back to a page of this poll.
   */
  async *poll(
    query: OrgEventPollQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<OrgEventBatch, void, undefined> {
    const seen = new Set<string>();
    let cursor = query.cursor;

    for (;;) {
      if (cursor !== undefined) seen.add(cursor);
      const batch = await this.pollPage({ ...query, cursor }, options);
      yield batch;

      if (batch.items.length === 0 || batch.cursor === undefined) return;
      if (seen.has(batch.cursor)) throw endless();
      cursor = batch.cursor;
    }
  }

  /** Reads one page of the log. Without a cursor in the answer, the one that was given stays. */
  async pollPage(query: OrgEventPollQuery = {}, options: CallOptions = {}): Promise<OrgEventBatch> {
    const operation = 'admin.events.poll';
    new RequestLimits(operation).range('limit', query.limit, 1, 500);
    const { items, next } = await getMetaCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v1/orgs/${this.#organizationId}/events-stream`,
        query: {
          from: toEpochMs(query.from),
          to: toEpochMs(query.to),
          limit: query.limit,
          sortOrder: query.sortOrder,
        },
        item: orgEventSchema(),
      },
      query.cursor,
    );
    return { items, cursor: next ?? query.cursor };
  }

  /** Reads one event. */
  async get(eventId: string, options: CallOptions = {}): Promise<OrgEvent> {
    return this.#transport.send({
      ...options,
      operation: 'admin.events.get',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}/events/${eventId}`,
      response: orgEventAnswerSchema(),
    });
  }

  /** Lists the kinds of events. */
  async listActions(options: CallOptions = {}): Promise<readonly OrgEventAction[]> {
    return this.#transport.send({
      ...options,
      operation: 'admin.events.listActions',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}/event-actions`,
      response: orgEventActionsSchema(),
    });
  }
}

/** These lists take a time as milliseconds since 1970, in text. */
function toEpochMs(time: Date | undefined): string | undefined {
  return time === undefined ? undefined : String(time.getTime());
}

function endless(): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation: 'admin.events.poll', method: 'GET', status: 200, attempts: 1 },
    [{ path: 'meta.next', expected: 'a cursor that was not sent before', received: 'one that was' }],
    'polling does not end: the server sent one cursor twice',
  );
}
