import { expect, test } from 'vitest';
import type { Account, DirectoryMembership } from '../state/account-rows.js';
import { membershipStatus, userStatus } from './composite-status.js';

const membership = (status: DirectoryMembership['status']) => ({ status }) as DirectoryMembership;
const account = (facts: Partial<Account>) => ({ status: 'active', ...facts }) as Account;

test.each([
  ['none', [], 'no_membership'],
  ['an active one', ['active'], 'active'],
  ['a suspended one', ['suspended'], 'suspended'],
  ['one of each', ['suspended', 'active'], 'active'],
  ['two suspended ones', ['suspended', 'suspended'], 'suspended'],
] as const)('memberships: %s', (_what, statuses, expected) => {
  expect(membershipStatus(statuses.map(membership))).toBe(expected);
});

test.each([
  [{}, 'active', 'active'],
  [{}, 'suspended', 'suspended'],
  [{}, 'no_membership', 'not_invited'],
  [{ status: 'inactive' }, 'active', 'deactivated'],
  [{ status: 'inactive' }, 'suspended', 'deactivated'],
  [{ status: 'inactive', forDeletionAt: 1 }, 'active', 'for_deletion'],
  [{ status: 'closed' }, 'no_membership', 'deactivated'],
] as const)('%j with %s is %s', (facts, memberships, expected) => {
  expect(userStatus(account(facts), memberships)).toBe(expected);
});
