import type { JsonObject } from '../../model/json.js';
import type { FakeState } from '../state/fake-state.js';
import type { ApiKey } from '../state/organization-rows.js';
import type { EventAction } from './event-actions.js';

/** What an event is about. */
export interface EventSubject {
  readonly type: 'users' | 'groups' | 'products' | 'policies' | 'tokens';
  readonly id: string;
  readonly attributes?: JsonObject;
}

/** Something to put into the organization's audit log. */
export interface NewEvent {
  readonly action: EventAction;
  readonly subjects: readonly EventSubject[];
  /** The key that did it; absent for what Atlassian does by itself. */
  readonly key?: ApiKey | undefined;
  /** Product of the `product` filter: `jira`, `confluence`, … */
  readonly product?: string;
  /** Milliseconds until the event can be read. */
  readonly lagMs?: number;
}

// Addresses and places for documentation (RFC 5737): every event comes from the same desk.
const DESK: JsonObject = {
  ip: '203.0.113.7',
  city: 'Austin',
  regionName: 'Texas',
  countryName: 'United States',
};

/** Adds an event to the audit log of the organization. */
export function recordEvent(state: FakeState, { action, subjects, key, product, lagMs = 0 }: NewEvent): void {
  const at = state.clock.now();
  state.events.put({
    id: state.ids.next('event'),
    at,
    processedAt: at + lagMs,
    action,
    actor: actorOf(state, key),
    context: subjects.map(({ type, id, attributes }) => ({ id, type, attributes: attributes ?? {} })),
    container: [{ id: state.organization.id, type: 'orgs', attributes: { name: state.organization.name } }],
    location: DESK,
    ...(product !== undefined && { product }),
  });
}

function actorOf(state: FakeState, key: ApiKey | undefined): JsonObject {
  if (key === undefined) return { id: 'atlassian', name: 'Atlassian' };
  const owner = key.ownerAccountId === undefined ? undefined : state.accounts.get(key.ownerAccountId);
  const auth = { authType: 'api-token', tokenId: key.id, tokenLabel: key.label };
  return owner === undefined
    ? { id: key.id, name: key.label, auth }
    : { id: owner.accountId, name: owner.name, email: owner.email, auth };
}
