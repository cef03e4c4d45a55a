// #region subject
import type { AtlassianProvisioner } from 'atlassian-provisioner';

/** Your own code: it takes the provisioner, so a test can hand it one on a fake. */
export async function offboardLeavers(atlassian: AtlassianProvisioner, emails: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const email of emails) {
    const { outcome } = await atlassian.deprovisionIdentity({ email }, { reason: 'left the company' });
    if (outcome !== 'deprovisioned' && outcome !== 'unchanged') problems.push(`${email}: ${outcome}`);
  }
  return problems;
}
// #endregion
