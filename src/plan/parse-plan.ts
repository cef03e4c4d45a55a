import { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { digestOfPlan } from './build-plan.js';
import type { Plan } from './plan.js';
import { lazySchema } from '../model/lazy-schema.js';

const text = lazySchema(() => z.string());
const target = lazySchema(() =>
  z.strictObject({
    type: z.enum(['identity', 'account', 'group', 'product', 'api-token']),
    id: text().optional(),
    name: text().optional(),
  }),
);
const attributeValue = lazySchema(() => z.union([text(), z.boolean(), z.null()]));
const risk = lazySchema(() => z.enum(['none', 'reversible', 'grace-period', 'irreversible']));
const jsonObject = lazySchema(() => z.record(text(), z.json()));

const planSchema = lazySchema(() =>
  z.strictObject({
    version: z.literal(1),
    id: text(),
    action: text(),
    request: jsonObject(),
    organizationId: text().optional(),
    scimDirectoryId: text().optional(),
    subject: z.strictObject({
      link: z.enum(['linked', 'unlinked', 'unsynced', 'unknown']).optional(),
      email: text().optional(),
      userName: text().optional(),
      externalId: text().optional(),
      scimUserId: text().optional(),
      accountId: text().optional(),
    }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    intendedOutcome: text(),
    operations: z.array(
      z.strictObject({
        id: text(),
        kind: text(),
        target: target(),
        input: jsonObject(),
        reasons: z.array(text()),
        risk: risk(),
        changes: z.array(z.strictObject({ attribute: text(), from: attributeValue(), to: attributeValue() })),
        dependsOn: z.array(text()),
        inverse: z.strictObject({ kind: text(), input: jsonObject() }).optional(),
        memberCount: z.number().optional(),
        leaves: z
          .array(
            z.strictObject({
              route: z.enum(['scim', 'organization']),
              id: text(),
              name: text().optional(),
              memberCount: z.number().optional(),
            }),
          )
          .optional(),
      }),
    ),
    satisfied: z.array(z.strictObject({ kind: text(), target: target(), reason: text() })),
    blocked: z.array(
      z.strictObject({
        kind: text(),
        target: target(),
        code: text(),
        reason: text(),
        reasonKey: text().optional(),
        advice: text().optional(),
      }),
    ),
    blockedStopsAll: z.boolean(),
    notes: z.array(text()),
    risk: risk(),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

/**
 * Reads a plan that was stored, and makes sure that it is as it was made.
 *
 * @throws `plan_altered` when it is not a plan, or its content does not match its digest.
 */
export function parsePlan(value: unknown): Plan {
  const parsed = planSchema().safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => (path.length === 0 ? 'plan' : path.join('.'))).join(', ');
    throw altered(`This is not a plan of this version: ${fields}`);
  }
  // The schema has the shape of Plan with ids as plain strings.
  const plan = parsed.data as unknown as Plan;
  if (digestOfPlan(plan) !== plan.digest)
    throw altered('The plan was changed after it was made: its digest does not match');
  return plan;
}

function altered(message: string): ProvisionerError {
  return new ProvisionerError('plan_altered', message, { advice: 'Make the plan again.' });
}
