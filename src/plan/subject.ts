import type { ResolvedIdentity } from '../model/identity.js';
import type { PlanSubject } from './plan.js';

/** The ids of an identity as a plan holds them: without where and when they were read. */
export function subjectOf(identity: ResolvedIdentity | undefined): PlanSubject {
  if (identity === undefined) return {};
  const { link, email, userName, externalId, scimUserId, accountId } = identity;
  return {
    link,
    ...(email !== undefined && { email: email.value }),
    ...(userName !== undefined && { userName: userName.value }),
    ...(externalId !== undefined && { externalId: externalId.value }),
    ...(scimUserId !== undefined && { scimUserId: scimUserId.value }),
    ...(accountId !== undefined && { accountId: accountId.value }),
  };
}
