import { subjectOf } from './subject.js';
import type { CallOptions } from '../http/transport.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { IdentityRef } from '../model/identity.js';
import type { Clients } from '../operations/capabilities.js';
import type { Guard, GuardFacts } from './guard.js';
import type { Plan, PlanSubject } from './plan.js';

/** Reads what the guard must know of the subject of a plan; nothing when the plan writes nothing. */
export async function readGuardFacts(
  plan: Plan,
  parts: { readonly guard: Guard; readonly clients: Clients; readonly mapper: IdMapper },
  call: CallOptions,
): Promise<GuardFacts> {
  if (plan.operations.length === 0) return { subject: plan.subject, isOrganizationAdmin: undefined };
  const subject = await wholeSubject(plan.subject, parts, call);
  const accountEmail = await readAccountEmail(subject, parts, call);
  return {
    subject,
    ...(accountEmail !== undefined && { accountEmail }),
    isOrganizationAdmin: await isOrganizationAdmin(subject, parts, call),
  };
}

/** The subject with the ids that the action itself had no need of, where a protected identity is named by one. */
async function wholeSubject(
  subject: PlanSubject,
  { guard, mapper, clients }: { readonly guard: Guard; readonly mapper: IdMapper; readonly clients: Clients },
  call: CallOptions,
): Promise<PlanSubject> {
  const ref = anyRef(subject);
  if (ref === undefined || clients.scim === undefined || !guard.asksForMoreIdsThan(subject)) return subject;
  const found = await mapper.observe(ref, { ...call, need: ['scimUser', 'accountId'] });
  return { ...subjectOf(found?.identity), ...subject };
}

/** Somebody who is only about to be created has no other ids. */
function anyRef({ link, scimUserId, accountId }: PlanSubject): IdentityRef | undefined {
  if (link === undefined) return undefined;
  if (scimUserId !== undefined) return { scimUserId };
  return accountId === undefined ? undefined : { accountId };
}

/** A record and its account can have different emails, and either can be the one that is protected. */
async function readAccountEmail(
  { accountId }: PlanSubject,
  { guard, clients }: { readonly guard: Guard; readonly clients: Clients },
  call: CallOptions,
): Promise<string | undefined> {
  if (!guard.asksForEmails || accountId === undefined) return undefined;
  const page = await clients.admin?.users.searchPage({ accountIds: [accountId] }, undefined, call);
  return page?.items.find((user) => user.accountId === accountId)?.email;
}

async function isOrganizationAdmin(
  { accountId }: PlanSubject,
  { guard, clients }: { readonly guard: Guard; readonly clients: Clients },
  call: CallOptions,
): Promise<boolean | undefined> {
  if (!guard.asksForOrganizationAdmins || accountId === undefined || clients.admin === undefined) return undefined;
  const page = await clients.admin.users.searchPage(
    { accountIds: [accountId], roleIds: ['atlassian/org-admin'] },
    undefined,
    call,
  );
  return page.items.some((user) => user.accountId === accountId);
}
