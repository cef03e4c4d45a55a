import { draft } from '../operations/operation.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import { grantProductRole } from '../operations/product-role.js';
import { identityLockKey } from './input-schemas.js';
import {
  extraOf,
  howHeld,
  ROLES_TRAIL,
  observeProductAccess,
  observeRoleAgain,
  type ProductExtra,
  type ProductObservation,
} from './observe-product-access.js';
import { parseProductAccess, type CheckedProductInput } from './product-access-input.js';
import { subjectOf } from '../plan/subject.js';

/** Gives a person a role on one product of one site, unless they hold it already, directly or through a group. */
export const grantProductAccess: ActionDefinition<
  CheckedProductInput,
  ProductObservation,
  'granted' | 'unchanged',
  ProductExtra
> = {
  name: 'grantProductAccess',
  parse: (input) => parseProductAccess('grantProductAccess', input),
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeProductAccess,

  plan(input, observed) {
    const holds = observed.methods.some((method) => !isOutdated(method, observed));
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
      notes: [
        ...observed.doubts,
        ...(holds ? [`The person holds ${input.role} ${howHeld(observed)}. ${ROLES_TRAIL}`] : []),
      ],
    };
  },

  remaining: (input, { methods }) => (methods.length > 0 ? [] : [`the role ${input.role} is not to be seen yet`]),
  observeAgain: observeRoleAgain,
  finish: (_input, before) => extraOf(before),
};

/** A direct role that was just taken away can still be shown. */
function isOutdated(method: string, { lately }: ProductObservation): boolean {
  return lately !== undefined && lately !== true && (method === 'direct' || method === 'undisclosed');
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
