import { draft } from '../operations/operation.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import { revokeProductRole } from '../operations/product-role.js';
import { identityLockKey } from './input-schemas.js';
import {
  extraOf,
  howHeld,
  ROLES_TRAIL,
  mayBeDirect,
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
    const direct = mayBeDirect(observed);
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
                reasons: [
                  observed.methods.includes('undisclosed')
                    ? 'the person holds the role, and Atlassian did not say how'
                    : 'the person holds the role directly',
                ],
              },
            ),
          ]
        : [],
      notes: [...observed.doubts, ...whatStays(input.role, observed), ...(direct ? [] : [ROLES_TRAIL])],
    };
  },

  remaining: (input, observed) => (mayBeDirect(observed) ? [`the direct role ${input.role} is still to be seen`] : []),
  observeAgain: observeRoleAgain,
  finish: (_input, before) => extraOf(before),
};

/** How the person keeps the role when no direct one is left. */
function whatStays(role: string, observed: ProductObservation): string[] {
  if (observed.grantingGroups.length > 0)
    return [
      `Access stays ${howHeld({ ...observed, methods: ['group_direct'] })}: take the person out of the group to end it.`,
    ];
  const others = observed.methods.filter((method) => method !== 'direct' && method !== 'undisclosed');
  return others.length === 0 ? [] : [`The person keeps ${role} ${howHeld({ ...observed, methods: others })}.`];
}
