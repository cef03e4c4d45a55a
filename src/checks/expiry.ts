import type { CapabilityCheck } from './configuration-report.js';

const DAY_MS = 86_400_000;

/** How long before its end a credential is warned of. */
export const EXPIRY_WARNING_MS = 30 * DAY_MS;

/** Adds to a check what the configured end of its credential says. No API tells that end. */
export function withExpiry(
  check: CapabilityCheck,
  expiresAt: string | undefined,
  context: { readonly now: number; readonly setting: string; readonly warnWithinMs: number },
): CapabilityCheck {
  if (expiresAt === undefined || check.status === 'not-configured') return check;
  const leftMs = Date.parse(expiresAt) - context.now;
  const day = expiresAt.slice(0, 10);

  if (leftMs > context.warnWithinMs) return check;
  if (leftMs > 0)
    return withWarning(check, `The credential ends on ${day}, ${inDays(leftMs)}: replace it before, at both ends.`);
  if (check.status === 'refused')
    return {
      ...check,
      summary: `The credential ended on ${day}, as \`${context.setting}\` says. ${check.summary}`,
      advice: 'Make a new one and configure it.',
    };
  return withWarning(
    check,
    `\`${context.setting}\` says that the credential ended on ${day}: correct it, or replace the credential.`,
  );
}

function withWarning(check: CapabilityCheck, warning: string): CapabilityCheck {
  return { ...check, warnings: [...check.warnings, warning] };
}

function inDays(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days === 0) return 'within a day';
  return days === 1 ? 'in a day' : `in ${String(days)} days`;
}
