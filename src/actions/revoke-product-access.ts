import { draft } from '../operations/operation.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import { revokeProductRole } from '../operations/product-role.js';
import { identityLockKey } from './input-schemas.js';
import {
  extraOf,
  howHeld,
  isDirect,
  observeProductAccess,
  observeRoleAgain,
  type ProductExtra,
  type ProductObservation,
} from './observe-product-access.js';
import { parseProductAccess, type CheckedProductInput } from './product-access-input.js';
import { subjectOf } from '../plan/subject.js';

/** Takes a direct role on one product of one site away, and says which groups give the same access still. */
export const revokeProductAccess: ActionDefinition<
  CheckedProductInput,
  ProductObservation,
  'revoked' | 'unchanged',
  ProductExtra
> = {
  name: 'revokeProductAccess',
  parse: (input) => parseProductAccess('revokeProductAccess', input),
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeProductAccess,

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
  observeAgain: observeRoleAgain,
  finish: (_input, before) => extraOf(before),
};
