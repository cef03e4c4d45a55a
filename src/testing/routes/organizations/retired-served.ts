import type { JsonObject } from '../../../model/json.js';
import { isJsonObject } from '../json-object.js';
import { empty, json } from '../respond.js';
import type { FakeRequestBody, FakeResponse, Route, RouteContext } from '../route.js';
import { GROUP_MEMBERSHIP_ROUTES } from './group-memberships.js';
import { GROUP_ROUTES } from './groups.js';
import { refuseWith } from './refusals.js';
import { USER_DIRECTORY_ROUTES } from './user-directory-writes.js';

const V2: ReadonlyMap<string, Route> = new Map(
  [...USER_DIRECTORY_ROUTES, ...GROUP_ROUTES, ...GROUP_MEMBERSHIP_ROUTES].map((route) => [route.operation, route]),
);

/** How an operation of v1 that has ended answered, by the v2 operation that took its place. */
const ANSWERS: ReadonlyMap<string, Route['handle']> = new Map<string, Route['handle']>([
  ['admin.users.suspend', () => told('Access suspended')],
  ['admin.users.restore', () => told('Access restored')],
  ['admin.users.remove', () => empty(204)],
  ['admin.groups.create', (context) => told('Group created', { groupId: newestGroup(context) })],
  ['admin.groups.delete', () => told('Group deleted')],
  ['admin.groups.addMember', () => told('Member added')],
  ['admin.groups.removeMember', () => told('Member removed')],
]);

/**
 * Does what an operation of v1 did, by the v2 operation that took its place; its refusals are those of v2.
 *
 * v1 knew no directories: a group is created in the first, and a person is looked for in the only one that has them.
 */
export function serveRetired(context: RouteContext, successor: string): FakeResponse {
  const route = V2.get(successor);
  const answer = ANSWERS.get(successor);
  if (route === undefined || answer === undefined) throw new Error(`No operation ${successor} to stand in for v1`);
  if (successor === 'admin.groups.delete') refuseUnlessEmpty(context);

  const [first] = context.state.orgDirectories.values();
  const directoryId = successor === 'admin.groups.create' && first !== undefined ? first.id : '-';
  const asV2: RouteContext = {
    ...context,
    params: { ...context.params, directoryId },
    switches: { ...context.switches, dashOnWrites: 'resolved' },
    body: withAccountId(context.body),
  };
  route.handle(asV2);
  return answer(context);
}

function told(message: string, more: JsonObject = {}): FakeResponse {
  return json(200, { ...more, message });
}

/** `account_id` in v1, `accountId` in v2. */
function withAccountId(body: FakeRequestBody): FakeRequestBody {
  if (body.kind !== 'json' || !isJsonObject(body.value)) return body;
  const { account_id: accountId, ...rest } = body.value;
  return accountId === undefined ? body : { kind: 'json', value: { ...rest, accountId } };
}

function refuseUnlessEmpty(context: RouteContext): void {
  const { state, query, params } = context;
  const isForced = query.get('forceIfNotEmpty') === 'true';
  if (!isForced && state.groupMembers.membersOf(params.groupId ?? '').size > 0)
    refuseWith(context, 'ADMIN-409-5', 'The group has members: forceIfNotEmpty deletes it all the same');
}

function newestGroup({ state }: RouteContext): string {
  return state.groups.ids().at(-1) ?? '';
}
