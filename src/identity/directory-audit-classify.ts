import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimDirectoryId } from '../model/ids.js';
import { classOf, type AuditEvidence, type DirectoryAuditEntry } from './directory-audit-entry.js';
import type { AuditedAccount, AuditedRecord, DirectoryAuditIndex } from './directory-audit-index.js';
import { sameText } from './identity-ref.js';

/** What the organization's provisioning links say, where they were asked. */
export interface LinkEvidence {
  readonly by: 'account' | 'email';
  readonly links: readonly ScimLink[];
  readonly directoryId: ScimDirectoryId | undefined;
}

/** What a record is compared with. */
export interface RecordContext {
  readonly index: DirectoryAuditIndex;
  /** Whether the accounts of the organization were read. */
  readonly accountsRead: boolean;
  readonly links: LinkEvidence | undefined;
}

/** Classifies one record. */
export function classifyRecord(record: AuditedRecord, context: RecordContext): DirectoryAuditEntry {
  const account = context.index.account(record.accountId);
  const evidence = [
    ...linkOfRecord(record),
    ...recordTwins(record, context.index),
    ...accountTwins(record, account, context.index),
    ...(context.accountsRead ? lostAccount(record, account) : []),
    ...(account === undefined ? [] : contradictions(record, account)),
    ...(context.links === undefined ? [] : linkContradictions(record, context.links)),
  ];
  return { class: classOf(evidence), identity: identityOfRecord(record, context.index), evidence };
}

/** Classifies an account that no record names: `undefined` when it does not belong to this directory. */
export function classifyAccount(
  account: AuditedAccount,
  { index, links }: { readonly index: DirectoryAuditIndex; readonly links: LinkEvidence | undefined },
): DirectoryAuditEntry | undefined {
  const twins = index.accountsOfEmail(account.email);
  const evidence = [
    ...(twins.length > 1 ? [emailOnTwoAccounts(twins)] : []),
    ...(account.managementSource === 'synced' && links !== undefined ? lostRecord(account, links, index) : []),
  ];
  if (evidence.length === 0) return undefined;
  const { accountId, email, at } = account;
  return {
    class: classOf(evidence),
    identity: {
      link: 'unsynced',
      ...(email !== undefined && { email: { value: email, source: 'directory-search', observedAt: at } }),
      accountId: { value: accountId, source: 'directory-search', observedAt: at },
    },
    evidence,
  };
}

function linkOfRecord({ scimUserId, accountId }: AuditedRecord): AuditEvidence[] {
  if (accountId === undefined)
    return [
      {
        finding: 'no-account-id',
        source: 'scim-record',
        detail: 'The record names no account.',
        scimUserIds: [scimUserId],
        accountIds: [],
      },
    ];
  return [
    {
      finding: 'account-linked',
      source: 'scim-extension',
      detail: 'The record names the account.',
      scimUserIds: [scimUserId],
      accountIds: [accountId],
    },
  ];
}

function recordTwins(record: AuditedRecord, index: DirectoryAuditIndex): AuditEvidence[] {
  const twins = [
    ['account-on-two-records', index.recordsOfAccount(record.accountId), 'name one account'],
    ['email-on-two-records', index.recordsOfEmail(record.email), 'have one primary email'],
    ['external-id-on-two-records', index.recordsOfExternalId(record.externalId), 'have one externalId'],
  ] as const;
  return twins
    .filter(([, records]) => records.length > 1)
    .map(([finding, records, detail]) => ({
      finding,
      source: finding === 'account-on-two-records' ? 'scim-extension' : 'scim-record',
      detail: `${records.length} records ${detail}.`,
      scimUserIds: records.map(({ scimUserId }) => scimUserId),
      accountIds: [...new Set(records.flatMap(({ accountId }) => accountId ?? []))],
    }));
}

function accountTwins(
  record: AuditedRecord,
  account: AuditedAccount | undefined,
  index: DirectoryAuditIndex,
): AuditEvidence[] {
  const sameEmail = index.accountsOfEmail(account?.email ?? record.email);
  if (sameEmail.length > 1) return [emailOnTwoAccounts(sameEmail, record)];
  const [other] = sameEmail;
  if (record.accountId !== undefined || other === undefined) return [];
  return [
    {
      finding: 'account-with-same-email',
      source: 'directory-search',
      detail: 'An account of the organization has the email, and the record is not linked to it.',
      scimUserIds: [record.scimUserId],
      accountIds: [other.accountId],
    },
  ];
}

function emailOnTwoAccounts(twins: readonly AuditedAccount[], record?: AuditedRecord): AuditEvidence {
  return {
    finding: 'email-on-two-accounts',
    source: 'directory-search',
    detail: `${twins.length} accounts have one email.`,
    scimUserIds: record === undefined ? [] : [record.scimUserId],
    accountIds: twins.map(({ accountId }) => accountId),
  };
}

function lostAccount({ scimUserId, accountId }: AuditedRecord, account: AuditedAccount | undefined): AuditEvidence[] {
  if (accountId === undefined) return [];
  const of = { source: 'directory-search', scimUserIds: [scimUserId], accountIds: [accountId] } as const;
  if (account === undefined)
    return [
      {
        ...of,
        finding: 'account-not-in-organization',
        detail: 'The organization has no account with the id in the record.',
      },
    ];
  if (account.accountStatus === 'closed')
    return [{ ...of, finding: 'account-closed', detail: 'The account has been deleted.' }];
  if (account.status === 'for_deletion')
    return [{ ...of, finding: 'account-scheduled-for-deletion', detail: 'The account is about to be deleted.' }];
  return [];
}

function contradictions(record: AuditedRecord, account: AuditedAccount): AuditEvidence[] {
  const of = { source: 'directory-search', scimUserIds: [record.scimUserId], accountIds: [account.accountId] } as const;
  const evidence: AuditEvidence[] = [];
  if (record.email !== undefined && account.email !== undefined && !sameText(record.email, account.email))
    evidence.push({ ...of, finding: 'email-differs', detail: 'Record and account have different emails.' });
  // The directory switches only the accounts that the organization manages on and off.
  const isSwitched = account.claimStatus !== 'unmanaged' && account.status !== 'for_deletion';
  if (isSwitched && record.active && account.accountStatus === 'inactive')
    evidence.push({
      ...of,
      finding: 'active-differs',
      detail: 'The record is active, and its account is deactivated.',
    });
  if (isSwitched && !record.active && account.accountStatus === 'active')
    evidence.push({ ...of, finding: 'active-differs', detail: 'The record is inactive, and its account is active.' });
  return evidence;
}

function linkContradictions(record: AuditedRecord, { by, links, directoryId }: LinkEvidence): AuditEvidence[] {
  const source = by === 'account' ? 'scim-links-by-account' : 'scim-links-by-email';
  const ours = links.filter((link) => link.scimDirectoryId === directoryId);
  const own = ours.find((link) => link.scimUserId === record.scimUserId);
  // A link found by account is one to that account, whether it repeats the id or not.
  const linked = own === undefined ? undefined : (own.accountId ?? (by === 'account' ? record.accountId : undefined));
  const foreign = links
    .filter((link) => link.scimDirectoryId !== directoryId)
    .map(({ scimUserId, scimDirectoryId, accountId }): AuditEvidence => ({
      finding: 'linked-in-other-directory',
      source,
      detail: 'A record of another directory is linked too.',
      scimUserIds: [scimUserId],
      accountIds: accountId === undefined ? [] : [accountId],
      scimDirectoryId,
    }));
  if (linked === record.accountId) return foreign;

  const named = [
    ...(record.accountId === undefined ? [] : [record.accountId]),
    ...(linked === undefined ? [] : [linked]),
  ];
  return [
    {
      finding: 'link-differs',
      source,
      detail:
        linked === undefined
          ? 'The record names an account, and the organization has no link between the two.'
          : 'The organization links the record to an account that the record does not name.',
      scimUserIds: [record.scimUserId],
      accountIds: named,
    },
    ...foreign,
  ];
}

function lostRecord(
  account: AuditedAccount,
  { links, directoryId }: LinkEvidence,
  index: DirectoryAuditIndex,
): AuditEvidence[] {
  const of = { source: 'scim-links-by-account', accountIds: [account.accountId] } as const;
  if (links.length === 0)
    return [
      {
        ...of,
        finding: 'synced-without-record',
        detail: 'The organization has the account as synced, and no directory has a record of it.',
        scimUserIds: [],
      },
    ];
  const ours = links.filter((link) => link.scimDirectoryId === directoryId).map(({ scimUserId }) => scimUserId);
  // A record that is there and does not name the account has an entry of its own, with this link as evidence.
  if (ours.length === 0 || ours.some((id) => index.record(id) !== undefined)) return [];
  return [
    {
      ...of,
      finding: 'link-to-missing-record',
      detail: 'The organization links the account to a record that this directory does not have.',
      scimUserIds: ours,
    },
  ];
}

function identityOfRecord(
  { scimUserId, userName, email, externalId, accountId, at }: AuditedRecord,
  index: DirectoryAuditIndex,
): DirectoryAuditEntry['identity'] {
  const read = <Value>(value: Value): { value: Value; source: 'scim-record'; observedAt: string } => ({
    value,
    source: 'scim-record',
    observedAt: at,
  });
  const ids = {
    ...(email !== undefined && { email: read(email) }),
    userName: read(userName),
    ...(externalId !== undefined && { externalId: read(externalId) }),
    scimUserId: read(scimUserId),
  };
  if (accountId !== undefined)
    return { link: 'linked', ...ids, accountId: { value: accountId, source: 'scim-extension', observedAt: at } };

  const [other, ...more] = index.accountsOfEmail(email);
  if (other === undefined || more.length > 0) return { link: 'unlinked', ...ids };
  return {
    link: 'unlinked',
    ...ids,
    accountId: { value: other.accountId, source: 'directory-search', observedAt: other.at },
  };
}
