import { z } from 'zod';
import { needScim, needScimUserId } from './capabilities.js';
import type { OperationDefinition } from './operation.js';

type NoInput = Record<string, never>;

function setActive(active: boolean): Pick<OperationDefinition<NoInput>, 'apply' | 'readBack'> {
  const purpose = active ? 'Reactivating a person' : 'Deactivating a person';
  return {
    async apply(_input, context, call) {
      const user = await needScim(context, purpose).users.setActive(needScimUserId(context, purpose), active, call);
      return { outcome: 'applied', ...(user.accountId !== undefined && { learned: { accountId: user.accountId } }) };
    },
    async readBack(_input, context, call) {
      const user = await needScim(context, purpose).users.get(needScimUserId(context, purpose), call);
      return { happened: user.active === active };
    },
  };
}

/**
 * Sets `active: false` on the record.
 *
 * A managed account is deactivated with it: no sign-in to any product. The record, the link, the memberships of synced
 * groups and the content stay. Not DELETE, which drops the record for good.
 */
export const deactivateScimUser: OperationDefinition<NoInput> = {
  kind: 'scim.user.deactivate',
  title: 'Deactivate the SCIM record',
  risk: 'reversible',
  needs: ['scimUserId'],
  removesAccess: true,
  input: () => z.strictObject({}),
  ...setActive(false),
  inverse: () => ({ kind: 'scim.user.activate', input: {} }),
};

/** Sets `active: true` on the record; a managed account is activated with it. */
export const activateScimUser: OperationDefinition<NoInput> = {
  kind: 'scim.user.activate',
  title: 'Reactivate the SCIM record',
  risk: 'reversible',
  needs: ['scimUserId'],
  removesAccess: false,
  input: () => z.strictObject({}),
  ...setActive(true),
  inverse: () => ({ kind: 'scim.user.deactivate', input: {} }),
};
