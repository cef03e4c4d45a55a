import type { UserRoleId } from '../clients/admin/org-role-id.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { HeldRole } from '../clients/admin/role-assignment.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgGroupId, ResourceAri } from '../model/ids.js';
import { needAdmin } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { readHeldMethods } from '../operations/held-methods.js';
import type { Written } from '../plan/recent-writes.js';
import { observeAccount } from './observe-account.js';
import type { CheckedProductInput, ProductRef } from './product-access-input.js';

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
  /** What this provisioner has lately made of the direct role: reads trail behind by tens of seconds. */
  readonly lately: Written<boolean> | undefined;
  readonly doubts: readonly string[];
  /** Groups that give the role; looked up only when a group does. */
  readonly grantingGroups: readonly GrantingGroup[];
}

/** What the result of a product action tells beside the rest. */
export interface ProductExtra {
  readonly resource: ResourceAri;
  /** Groups that give the same access, whatever was done directly. */
  readonly alsoGrantedBy: readonly GrantingGroup[];
}

/** Reads how a person holds a role on a product, and which groups give it. */
export async function observeProductAccess(
  input: CheckedProductInput,
  context: ObserveContext,
): Promise<ProductObservation> {
  const { clients, call, recent } = context;
  const { identity, accountId, account, doubts } = await observeAccount('Product access', input.identity, context);
  const product: ProductRef = input.product;
  const resource = 'resource' in product ? product.resource : await findProduct(product, context);
  const admin = needAdmin(clients, 'Reading roles');
  const methods = await readHeldMethods(admin, accountId, { resource, role: input.role }, call);
  return {
    identity,
    account,
    resource,
    methods,
    lately: recent.role(accountId, resource, input.role),
    doubts,
    grantingGroups: methods.includes('group_direct') ? await granting(accountId, resource, input.role, context) : [],
  };
}

/** Reads again how the person holds the role, and nothing else: the rest does not change while it is waited for. */
export async function observeRoleAgain(
  { role }: CheckedProductInput,
  before: ProductObservation,
  context: ObserveContext,
): Promise<ProductObservation> {
  const accountId = before.identity?.accountId?.value;
  if (accountId === undefined) return before;
  const admin = needAdmin(context.clients, 'Reading roles');
  const methods = await readHeldMethods(admin, accountId, { resource: before.resource, role }, context.call);
  return { ...before, methods, lately: undefined };
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

/** Whether the role is, or may be, given to the person themselves: by what is read, or by what was written lately. */
export function mayBeDirect({ methods, lately }: ProductObservation): boolean {
  return methods.includes('direct') || methods.includes('undisclosed') || lately === true || lately === 'unknown';
}

/** Said where a read alone is the reason to write nothing. */
export const ROLES_TRAIL = 'Reads of roles can be some minutes behind a change by somebody else.';

/** The part of a result that is about the product. */
export function extraOf({ resource, grantingGroups }: ProductObservation): ProductExtra {
  return { resource, alsoGrantedBy: grantingGroups };
}

/** How the role is held, as the end of a sentence. */
export function howHeld({ methods, grantingGroups }: ProductObservation): string {
  const names = grantingGroups.map(({ name }) => `"${name}"`).join(', ');
  const byGroup = names === '' ? 'through a group' : `through the group ${names}`;
  if (methods.includes('undisclosed')) return 'in a way that Atlassian did not tell';
  if (!methods.includes('direct'))
    return methods.includes('group_direct') ? byGroup : `by Atlassian’s own rule (${methods.join(', ')})`;
  return methods.includes('group_direct') ? `directly and ${byGroup}` : 'directly';
}
