import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { adminSession, type AdminSession } from './admin-session.js';

/** An organization with one synced person in one synced group, and one local group with nobody in it. */
export interface OrganizationWorld extends AdminSession {
  /** `rosa@acme.com`, in `berth-crew`. */
  readonly rosa: FakeAccountView;
  /** `Quay Planners`. */
  readonly local: FakeGroupView;
  /** `berth-crew`. */
  readonly synced: FakeGroupView;
  /** Path of the members of a group. */
  readonly members: (group: FakeGroupView) => string;
}

export function organizationWorld(): OrganizationWorld {
  const session = adminSession();
  const { fake } = session;
  fake.addDomain('acme.com');
  fake.addGroup({ name: 'berth-crew' });
  fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell', groups: ['berth-crew'] });
  const local = fake.addGroup({ name: 'Quay Planners', origin: 'local', description: 'Plan the quays' });
  const synced = fake.group('berth-crew');
  const rosa = fake.account('rosa@acme.com');
  if (synced === undefined || rosa === undefined) throw new Error('The seeds are not there');
  return {
    ...session,
    rosa,
    local,
    synced,
    members: (group) => session.directory(`/groups/${group.orgGroupId ?? ''}/memberships`),
  };
}

/** An account as a segment of a path. */
export function segment({ accountId }: FakeAccountView): string {
  return encodeURIComponent(accountId);
}
