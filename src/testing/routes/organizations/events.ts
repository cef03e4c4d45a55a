import type { JsonObject } from '../../../model/json.js';
import { sealCursor } from '../../rules/cursors.js';
import { EVENT_ACTIONS } from '../../rules/event-actions.js';
import { cachedIds } from '../../rules/listing-cache.js';
import type { AuditLogEvent } from '../../state/organization-rows.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { eventLimit, eventQuery, isEventAskedFor, timeRange, type EventQuery } from './event-query.js';
import { listedPage, listingRequest, pageAnswer, type ListedPage } from './listing.js';
import { given, isoInstant, present } from '../presentation.js';
import { refuseWith } from './refusals.js';

const EVENTS = '/admin/v1/orgs/:orgId/events';
const SCOPE = 'read:events:admin';
const LIST = 'admin.events.list';
const POLL = 'admin.events.poll';

/** Reading the audit log of the organization. */
export const EVENT_ROUTES: readonly Route[] = [
  { operation: LIST, method: 'GET', path: EVENTS, effect: 'read', scope: SCOPE, handle: list },
  { operation: POLL, method: 'GET', path: `${EVENTS}-stream`, effect: 'read', scope: SCOPE, handle: poll },
  {
    operation: 'admin.events.get',
    method: 'GET',
    path: `${EVENTS}/:eventId`,
    effect: 'read',
    scope: SCOPE,
    handle: get,
  },
  {
    operation: 'admin.events.listActions',
    method: 'GET',
    path: '/admin/v1/orgs/:orgId/event-actions',
    effect: 'read',
    scope: SCOPE,
    handle: listActions,
  },
];

/** The newest first. */
function list(context: RouteContext): FakeResponse {
  const request = listingRequest(context, LIST, context.query.get('cursor') ?? undefined, () => eventQuery(context));
  const { query } = request;
  const list = { candidates: eventIds(context, 'desc'), pick: picker(context, query), limit: query.limit };
  const page = listedPage(context, LIST, request, list);
  return answer(context, page, query.limit, false);
}

interface StreamQuery extends EventQuery {
  readonly sortOrder: 'asc' | 'desc';
}

/** The last page has a cursor too: asked again later, it gives what has come since. It never gets too old. */
function poll(context: RouteContext): FakeResponse {
  const { query: parameters, now } = context;
  const cursor = parameters.get('cursor') ?? undefined;
  const request = listingRequest(context, POLL, cursor, () => streamQuery(context), Infinity);
  const { query } = request;
  const limit = parameters.has('limit') ? eventLimit(context, query.limit) : query.limit;
  const candidates = eventIds(context, query.sortOrder);
  const page = listedPage(context, POLL, request, { candidates, pick: picker(context, query), limit });

  // Newer events come at the end of an ascending stream, and never at the end of a descending one.
  const end = query.sortOrder === 'asc' ? candidates.length : Number.MAX_SAFE_INTEGER;
  const next = page.next ?? sealCursor({ query, place: { position: end } }, { operation: POLL, now });
  return answer(context, { ...page, next }, limit, true);
}

function get(context: RouteContext): FakeResponse {
  const event = context.state.events.get(param(context, 'eventId'));
  if (event === undefined || event.processedAt > context.now)
    refuseWith(context, 'ADMIN-404-4', 'The event does not exist');
  return json(200, { data: eventView(context, event, false) });
}

function listActions(): FakeResponse {
  const data = Object.entries(EVENT_ACTIONS).map(([id, attributes]): JsonObject => ({
    id,
    type: 'eventActions',
    attributes: { ...attributes },
  }));
  return json(200, { data });
}

function streamQuery(context: RouteContext): StreamQuery {
  const sortOrder = context.query.get('sortOrder') ?? 'asc';
  if (sortOrder !== 'asc' && sortOrder !== 'desc') refuseWith(context, 'ADMIN-400-19', 'sortOrder must be asc or desc');
  return { ...timeRange(context), limit: eventLimit(context, 200), sortOrder };
}

function eventIds({ state, now }: RouteContext, order: 'asc' | 'desc'): readonly string[] {
  const ids = state.events.ids();
  const firstUnprocessed = ids.findLastIndex((id) => (state.events.get(id)?.processedAt ?? 0) <= now) + 1;
  const processed = firstUnprocessed === ids.length ? ids : ids.slice(0, firstUnprocessed);
  if (order === 'asc') return processed;
  const key = `events desc ${processed.length}`;
  return cachedIds(state, key, state.events.version, () => processed.toReversed());
}

function picker({ state }: RouteContext, query: EventQuery): (id: string) => AuditLogEvent | undefined {
  return (id) => {
    const event = state.events.get(id);
    return event !== undefined && isEventAskedFor(event, query) ? event : undefined;
  };
}

function answer(
  context: RouteContext,
  page: ListedPage<AuditLogEvent>,
  limit: number,
  isStream: boolean,
): FakeResponse {
  const data = page.rows.map((event) => eventView(context, event, isStream));
  const meta = { ...present(context, { next: page.next }), page_size: limit };
  return pageAnswer(context, data, page, 'urls', meta);
}

function eventView({ state, origin }: RouteContext, event: AuditLogEvent, isStream: boolean): JsonObject {
  const organization = `${origin}/admin/v1/orgs/${state.organization.id}`;
  return {
    id: event.id,
    type: 'events',
    attributes: {
      time: isoInstant(event.at),
      ...given({ processedAt: isStream ? isoInstant(event.processedAt) : undefined }),
      action: event.action,
      actor: event.actor,
      context: event.context,
      container: event.container,
      ...given({ location: event.location }),
    },
    ...given({ message: event.message === undefined ? undefined : { content: event.message, format: 'ADF' } }),
    links: { self: `${organization}/events/${event.id}` },
  };
}
