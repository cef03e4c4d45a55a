import { z } from 'zod';
import { ALL_DIRECTORIES } from '../clients/admin/org-directory-scope.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { UserRoleId } from '../clients/admin/org-role-id.js';
import type { HeldRole } from '../clients/admin/role-assignment.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgGroupId, ResourceAri } from '../model/ids.js';
import type { JsonObject } from '../model/json.js';
import { needAdmin } from '../operations/capabilities.js';
import { draft } from '../operations/operation.js';
import { grantProductRole, revokeProductRole } from '../operations/product-role.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import { identityLockKey, identityRefSchema, textSchema, withoutUndefined } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from './subject.js';

/** A product on a site: by its resource identifier, or by the site's address and the product's key. */
export type ProductRef =
  | { readonly resource: ResourceAri }
  /** `{ site: 'https://acme.atlassian.net', key: 'jira-software' }`. */
  | { readonly site: string; readonly key: string };

/** Whose access to which product to change. */
export interface ProductAccessInput {
  readonly identity: IdentityRef;
  readonly product: ProductRef;
  /** Default `atlassian/user`: use of the product, which takes a seat. */
  readonly role?: UserRoleId | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedProductInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly product: ProductRef & JsonObject;
  readonly role: UserRoleId;
} & JsonObject;

/** A group that gives the role. */
export interface GrantingGroup {
  readonly id: OrgGroupId;
  readonly name: string;
}

/** What the product actions read before they decide. */
export interface ProductObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly account: OrgUser | undefined;
  readonly resource: ResourceAri;
  /** How the person holds the role now; empty when they do not. */
  readonly methods: HeldRole['methods'];
  /** Groups that give the role; looked up only when a group does. */
  readonly grantingGroups: readonly GrantingGroup[];
}

/** What the result of a product action tells beside the rest. */
export interface ProductExtra {
  readonly resource: ResourceAri;
  /** Groups that give the same access, whatever was done directly. */
  readonly alsoGrantedBy: readonly GrantingGroup[];
}

const inputSchema = z.strictObject({
  identity: identityRefSchema,
  product: z.union(
    [
      z.strictObject({ resource: z.string().regex(/^ari:cloud:\S+$/, 'must be ari:cloud:…') }),
      z.strictObject({ site: z.url('must be the address of a site'), key: textSchema }),
    ],
    'must hold resource, or site and key',
  ),
  role: z
    .string()
    .regex(/^atlassian\/[a-z-]+$/, 'must be a role such as atlassian/user')
    .optional(),
});

function parse(action: string, input: unknown): CheckedProductInput {
  const { role = 'atlassian/user', ...rest } = parseInput(action, inputSchema, input);
  return withoutUndefined({ ...rest, role }) as unknown as CheckedProductInput;
}

/** Gives a person a role on one product of one site, unless they hold it already, directly or through a group. */
export const grantProductAccess: ActionDefinition<
  CheckedProductInput,
  ProductObservation,
  'granted' | 'unchanged',
  ProductExtra
> = {
  name: 'grantProductAccess',
  parse: (input) => parse('grantProductAccess', input),
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeProduct,

  plan(input, observed) {
    const holds = observed.methods.length > 0;
    const blocked = holds ? [] : hindrance(observed);
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: holds ? 'unchanged' : 'granted',
      operations:
        holds || blocked.length > 0
          ? []
          : [
              draft(
                grantProductRole,
                { resource: observed.resource, role: input.role },
                {
                  target: { type: 'product', id: observed.resource },
                  changes: [{ attribute: 'role', from: null, to: input.role }],
                  reasons: ['the person does not hold the role'],
                },
              ),
            ],
      satisfied: holds
        ? [{ kind: 'org.role.grant', target: { type: 'product', id: observed.resource }, reason: howHeld(observed) }]
        : [],
      blocked,
      notes: holds ? [`The person holds ${input.role} ${howHeld(observed)}.`] : [],
    };
  },

  remaining: (input, { methods }) => (methods.length > 0 ? [] : [`the role ${input.role} is not to be seen yet`]),
  finish: (_input, before) => extraOf(before),
};

/** Takes a direct role on one product of one site away, and says which groups give the same access still. */
export const revokeProductAccess: ActionDefinition<
  CheckedProductInput,
  ProductObservation,
  'revoked' | 'unchanged',
  ProductExtra
> = {
  name: 'revokeProductAccess',
  parse: (input) => parse('revokeProductAccess', input),
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeProduct,

  plan(input, observed) {
    const direct = isDirect(observed);
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: direct ? 'revoked' : 'unchanged',
      operations: direct
        ? [
            draft(
              revokeProductRole,
              { resource: observed.resource, role: input.role },
              {
                target: { type: 'product', id: observed.resource },
                changes: [{ attribute: 'role', from: input.role, to: null }],
                reasons: ['the person holds the role directly'],
              },
            ),
          ]
        : [],
      notes:
        observed.grantingGroups.length === 0
          ? []
          : [
              `Access stays ${howHeld({ ...observed, methods: ['group_direct'] })}: take the person out of the group to end it.`,
            ],
    };
  },

  remaining: (input, observed) => (isDirect(observed) ? [`the direct role ${input.role} is still to be seen`] : []),
  finish: (_input, before) => extraOf(before),
};

function isDirect({ methods }: ProductObservation): boolean {
  return methods.includes('direct');
}

function extraOf({ resource, grantingGroups }: ProductObservation): ProductExtra {
  return { resource, alsoGrantedBy: grantingGroups };
}

function howHeld({ methods, grantingGroups }: ProductObservation): string {
  const names = grantingGroups.map(({ name }) => `"${name}"`).join(', ');
  const byGroup = names === '' ? 'through a group' : `through the group ${names}`;
  if (!methods.includes('direct'))
    return methods.includes('group_direct') ? byGroup : `by Atlassian’s own rule (${methods.join(', ')})`;
  return methods.includes('group_direct') ? `directly and ${byGroup}` : 'directly';
}

function hindrance({ account, resource }: ProductObservation): BlockedStep[] {
  const why =
    account?.accountStatus !== undefined && account.accountStatus !== 'active'
      ? 'the account is not active'
      : account?.membershipStatus === 'suspended'
        ? 'the person is suspended in the directory'
        : undefined;
  if (why === undefined) return [];
  return [
    {
      kind: 'org.role.grant',
      target: { type: 'product', id: resource },
      code: 'action_blocked',
      reason: `no role can be granted while ${why}`,
      advice: 'Use reactivateIdentity or restoreAccess first.',
    },
  ];
}

async function observeProduct(input: CheckedProductInput, context: ObserveContext): Promise<ProductObservation> {
  const { mapper, call, clients } = context;
  needAdmin(clients, 'Product access');
  const found = await mapper.observe(input.identity, { ...call, need: ['accountId', 'orgUser'] });
  const accountId = found?.identity.accountId?.value;
  if (found === undefined || accountId === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);

  const product: ProductRef = input.product;
  const resource = 'resource' in product ? product.resource : await findProduct(product, context);
  const methods = await heldMethods(accountId, resource, input.role, context);
  return {
    identity: found.identity,
    account: found.orgUser,
    resource,
    methods,
    grantingGroups: methods.includes('group_direct') ? await granting(accountId, resource, input.role, context) : [],
  };
}

async function findProduct(
  { site, key }: { readonly site: string; readonly key: string },
  { clients, call }: ObserveContext,
): Promise<ResourceAri> {
  const { origin } = new URL(site);
  const keys: string[] = [];
  for await (const workspace of needAdmin(clients, 'Looking a product up').workspaces.search({ limit: 1000 }, call)) {
    if (
      workspace.hostUrl === undefined ||
      !URL.canParse(workspace.hostUrl) ||
      new URL(workspace.hostUrl).origin !== origin
    )
      continue;
    if (workspace.typeKey === key) return workspace.id;
    keys.push(workspace.typeKey ?? '?');
  }
  throw new ProvisionerError('request_invalid', `The organization has no product "${key}" on ${origin}`, {
    advice: keys.length === 0 ? 'It has no product on that site at all.' : `Products on that site: ${keys.join(', ')}.`,
  });
}

async function heldMethods(
  accountId: AtlassianAccountId,
  resource: ResourceAri,
  role: UserRoleId,
  { clients, call }: ObserveContext,
): Promise<HeldRole['methods']> {
  const rows = needAdmin(clients, 'Reading roles').users.listRoleAssignments(
    ALL_DIRECTORIES,
    accountId,
    { resourceIds: [resource] },
    call,
  );
  const methods = new Set<HeldRole['methods'][number]>();
  for await (const row of rows) {
    if (row.resourceId !== resource) continue;
    for (const held of row.roleAssignments) {
      if (held.role !== role) continue;
      // An answer from before August 2026 tells no way; the role is held all the same.
      for (const method of held.methods.length === 0 ? ['inferred'] : held.methods) methods.add(method);
    }
  }
  return [...methods];
}

async function granting(
  accountId: AtlassianAccountId,
  resource: ResourceAri,
  role: UserRoleId,
  { clients, call }: ObserveContext,
): Promise<GrantingGroup[]> {
  const groups: GrantingGroup[] = [];
  const query = { accountIds: [accountId], resourceIds: [resource], roleIds: [role] };
  for await (const { id, name } of needAdmin(clients, 'Reading groups').groups.search(query, call))
    groups.push({ id, name });
  return groups;
}
