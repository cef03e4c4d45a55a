import { describe, expect } from 'vitest';
import { test } from './support.js';

const protect = { identities: ['rosa@acme.com', 'rsoa@acme.com'], groups: ['Berth-Crew', 'birth-crew'] };

describe('a slip in what the guard is to protect', () => {
  test('is a warning of the check, by its place and without the value', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });

    const report = await connect({ guard: { protect } }).checkConfiguration();

    const warnings = report.capabilities
      .flatMap((check) => check.warnings.map((text) => [check.capability, text] as const))
      .filter(([, text]) => text.includes('guard.'));
    expect(report.ok).toBe(true);
    expect(warnings).toEqual([
      ['users.search', expect.stringContaining('`guard.protect.identities[1]` names nobody')],
      ['groups.search', expect.stringContaining('`guard.protect.groups[1]` names no group')],
    ]);
    expect(JSON.stringify(report)).not.toContain('rsoa');
    expect(JSON.stringify(report)).not.toContain('birth-crew');
  });

  test('is told at the directory without the organization key', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    const atlassian = connect({ organizationId: undefined, admin: undefined, guard: { protect } });

    const report = await atlassian.checkConfiguration();

    const told = report.capabilities.filter(({ warnings }) => warnings.length > 0);
    expect(told.map(({ capability, warnings }) => [capability, warnings.length])).toEqual([['scim.read', 2]]);
  });

  test('is not looked for where no credential works, and is no error', async ({ fake, connect }) => {
    const { scim } = fake.connection();
    const atlassian = connect({
      organizationId: undefined,
      admin: undefined,
      scim: { ...scim, token: 'revoked' },
      guard: { protect },
    });

    const report = await atlassian.checkConfiguration();

    expect(report.ok).toBe(false);
    expect(report.capabilities.flatMap(({ warnings }) => warnings)).toEqual([]);
  });
});
