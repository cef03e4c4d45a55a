import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUserInput } from '../clients/scim/scim-user.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { AttributeChange } from '../model/outcome.js';
import { createScimUser } from '../operations/create-scim-user.js';
import { draft } from '../operations/operation.js';
import type { PlanDraft } from '../plan/build-plan.js';
import type { SyncObservation } from './observe-sync-identity.js';
import { ATTRIBUTE_MAPPINGS } from './person-attributes.js';
import { subjectOf } from '../plan/subject.js';
import type { CheckedSyncInput, SyncOutcome } from './sync-identity-input.js';
import { newcomerDomainNotes } from './unclaimed-domain.js';

/**
 * Decides how to create the record of a person whom the directory does not have.
 *
 * @throws `create_not_allowed`, `domain_not_claimed`.
 */
export function planCreateRecord(input: CheckedSyncInput, observed: SyncObservation): PlanDraft<SyncOutcome> {
  const { account, identity } = observed;
  if (input.createAllowed === false)
    throw new ProvisionerError('create_not_allowed', 'The directory has no such person, and createAllowed is false', {
      advice: 'Check the email and externalId, or allow the record to be created.',
    });
  const domainNotes = newcomerDomainNotes(input, observed);

  const staysInactive = isDeactivated(account) && input.reactivate !== true;
  let user: ScimUserInput = {
    userName: input.email,
    emails: [{ value: input.email, type: 'work', primary: true }],
    active: !staysInactive,
  };
  const changes: AttributeChange[] = [{ attribute: 'email', from: null, to: input.email }];
  for (const { attribute, write } of ATTRIBUTE_MAPPINGS) {
    const value = input[attribute];
    if (typeof value !== 'string') continue;
    user = write(user, value);
    changes.push({ attribute, from: null, to: value });
  }

  const hasAccount = account !== undefined;
  const create = draft(
    createScimUser,
    { user },
    {
      target: { type: 'identity', name: input.email },
      changes,
      reasons: [
        'the directory has no record of the person',
        ...(hasAccount ? ['an account with this email exists, and Atlassian links the two'] : []),
        ...(isDeactivated(account) && !staysInactive ? ['the account is deactivated and is to be active again'] : []),
      ],
    },
  );
  return {
    subject: { ...subjectOf(identity), email: input.email, userName: input.email, ...externalIdOf(input) },
    intendedOutcome: hasAccount ? 'linked' : 'created',
    operations: [create],
    notes: [
      ...domainNotes,
      ...(account?.claimStatus === 'unmanaged'
        ? ['The account is external: its profile and state are its owner’s, and only groups are managed here.']
        : []),
      ...(staysInactive
        ? [
            'The account is deactivated and stays so, and the record is made inactive: pass `reactivate: true` to change it.',
          ]
        : []),
    ],
  };
}

/** Whether an active record would change that: it activates a managed account, and takes back a deletion that is scheduled. */
export function isDeactivated(account: OrgUser | undefined): boolean {
  return (
    account?.claimStatus === 'managed' && account.accountStatus !== undefined && account.accountStatus !== 'active'
  );
}

function externalIdOf({ externalId }: CheckedSyncInput): { externalId?: string } {
  return typeof externalId === 'string' ? { externalId } : {};
}
