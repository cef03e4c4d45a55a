import type { AuditEvent } from '../../../audit/audit-event.js';

type IsSo = (event: AuditEvent) => boolean;

/** Which operations bring a change about. */
export interface ChangeCauses {
  /** The operation makes the change, by itself or by what Atlassian documents of it. */
  readonly made: IsSo;
  /** The operation makes the opposite change. */
  readonly undone: IsSo;
  /** The change may follow from the operation. */
  readonly mayFollow: IsSo;
}

const isOf =
  (...kinds: readonly string[]): IsSo =>
  ({ operation }) =>
    kinds.includes(operation);
const NEVER: IsSo = () => false;

/** An update of the record with which it was switched on or off. */
const switching =
  (active: boolean): IsSo =>
  ({ operation, changes }) =>
    operation === 'scim.user.update' &&
    changes.some(({ attribute, to }) => attribute === 'active' && (to === true || to === 'true') === active);

const either =
  (...causes: readonly IsSo[]): IsSo =>
  (event) =>
    causes.some((cause) => cause(event));

const recordOn = either(isOf('scim.user.activate'), switching(true));
const recordOff = either(isOf('scim.user.deactivate'), switching(false));
const recordGone = isOf('scim.user.delete', 'links.deleteRecords');
/** Whatever makes an account inactive, of which products and roles may then show less. */
const leaving = either(recordOff, recordGone, isOf('account.disable', 'account.scheduleDeletion'));
const returning = either(recordOn, isOf('account.enable', 'account.cancelDeletion', 'org.user.restore'));

/** A record of the SCIM directory came. */
export const RECORD_CREATED: ChangeCauses = {
  made: isOf('scim.user.create'),
  undone: recordGone,
  mayFollow: NEVER,
};
/** A record went. Both ways of deleting name it by its person. */
export const RECORD_DELETED: ChangeCauses = {
  made: recordGone,
  undone: isOf('scim.user.create'),
  mayFollow: NEVER,
};
/** A record was switched on. */
export const RECORD_ACTIVATED: ChangeCauses = {
  made: recordOn,
  undone: recordOff,
  mayFollow: isOf('account.enable', 'account.cancelDeletion'),
};
/** A record was switched off. */
export const RECORD_DEACTIVATED: ChangeCauses = {
  made: recordOff,
  undone: recordOn,
  mayFollow: isOf('account.disable', 'account.scheduleDeletion'),
};

/**
 * An attribute of the record, which came to a value. Atlassian links the account when a record is written, and may make up
 * a name from its parts.
 */
export function recordUpdated(attribute: string, value: unknown): ChangeCauses {
  const writes = ({ operation, changes }: AuditEvent): boolean | undefined => {
    if (operation !== 'scim.user.update' && operation !== 'scim.user.create') return undefined;
    const written = changes.filter((change) => change.attribute === attribute);
    return written.length === 0
      ? undefined
      : written.some(({ to }) => isSameText(to, value, attribute !== 'externalId'));
  };
  return {
    made: (event) => writes(event) === true,
    undone: (event) => writes(event) === false,
    mayFollow: ({ operation, changes }) => {
      if (attribute === 'accountId') return operation.startsWith('scim.user.');
      return attribute === 'displayName' && operation === 'scim.user.update' && changes.some(isPartOfName);
    },
  };
}

function isPartOfName({ attribute }: { readonly attribute: string }): boolean {
  return ['name', 'givenName', 'familyName'].includes(attribute);
}

/** Addresses are the same in any case, and an empty text is none. */
function isSameText(one: unknown, other: unknown, inAnyCase: boolean): boolean {
  const [first, second] = [one, other].map((value) => (typeof value === 'string' ? value.trim() : ''));
  return first === second || (inAnyCase && first?.toLowerCase() === second?.toLowerCase());
}

/** SCIM switches managed accounts only: whatever it did, an account from outside went its own way. */
export function accountDisabled(isManaged: boolean | undefined): ChangeCauses {
  const byRecord = either(recordOff, isOf('scim.user.delete'));
  return {
    made: either(isOf('account.disable', 'account.scheduleDeletion'), isManaged === true ? byRecord : NEVER),
    undone: either(isOf('account.enable', 'account.cancelDeletion'), isManaged === true ? recordOn : NEVER),
    // A record that is linked while it is inactive takes its account with it.
    mayFollow: isManaged === false ? NEVER : either(byRecord, isOf('scim.user.create', 'scim.user.update')),
  };
}

/** The way back of {@link accountDisabled}. */
export function accountEnabled(isManaged: boolean | undefined): ChangeCauses {
  const { made: undone } = accountDisabled(isManaged);
  return {
    made: either(isOf('account.enable', 'account.cancelDeletion'), isManaged === true ? recordOn : NEVER),
    undone,
    mayFollow: isManaged === false ? NEVER : either(recordOn, isOf('scim.user.create', 'scim.user.update')),
  };
}

/** The deletion of an account was scheduled. */
export const DELETION_SCHEDULED: ChangeCauses = {
  made: isOf('account.scheduleDeletion'),
  undone: isOf('account.cancelDeletion'),
  mayFollow: NEVER,
};
/** The deletion of an account was taken back. */
export const DELETION_CANCELLED: ChangeCauses = {
  made: isOf('account.cancelDeletion'),
  undone: isOf('account.scheduleDeletion'),
  mayFollow: NEVER,
};
/** The organization suspended a person. */
export const ACCESS_SUSPENDED: ChangeCauses = {
  made: isOf('org.user.suspend'),
  undone: isOf('org.user.restore'),
  mayFollow: isOf('account.scheduleDeletion'),
};
/** A suspension ended. */
export const ACCESS_RESTORED: ChangeCauses = {
  made: isOf('org.user.restore'),
  undone: isOf('org.user.suspend'),
  mayFollow: isOf('account.cancelDeletion'),
};

/** Whether an event is about a role on one product. */
function ofRole(operation: string, side: 'from' | 'to', resourceId: string | undefined, role: string): IsSo {
  return (event) =>
    event.operation === operation &&
    event.target.id === resourceId &&
    event.changes.some((change) => change.attribute === 'role' && change[side] === role);
}

/** A role came. One of which the answer does not say how it is held may have come of a group. */
export function roleGranted(resourceId: string | undefined, role: string, isDirect: boolean): ChangeCauses {
  const joining = isOf('scim.group.addMember', 'org.group.addMember');
  return {
    made: ofRole('org.role.grant', 'to', resourceId, role),
    undone: ofRole('org.role.revoke', 'from', resourceId, role),
    mayFollow: isDirect ? returning : either(returning, joining),
  };
}

/** A role went. */
export function roleRevoked(resourceId: string | undefined, role: string, isDirect: boolean): ChangeCauses {
  const parting = isOf('scim.group.removeMember', 'org.group.removeMember');
  return {
    made: ofRole('org.role.revoke', 'from', resourceId, role),
    undone: ofRole('org.role.grant', 'to', resourceId, role),
    mayFollow: isDirect ? leaving : either(leaving, parting),
  };
}

/** A group as the events of its members may name it. */
export interface NamedGroup {
  /** In the organization. */
  readonly ids: ReadonlySet<string>;
  /** In the SCIM directory; empty where that is not known. */
  readonly scimIds: ReadonlySet<string>;
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  /** Whether no other group of the snapshots has the name: there may be one in each directory. */
  readonly isOnlyOne: boolean;
}

const JOINING = ['scim.group.addMember', 'org.group.addMember'];
const PARTING = ['scim.group.removeMember', 'org.group.removeMember'];

/** Whether an event is about a group: by its id, and by its name only where the id is not one that tells. */
function isAbout({ ids, scimIds, names, isOnlyOne }: NamedGroup, { operation, target }: AuditEvent): boolean | 'maybe' {
  const { id, name } = target;
  if (id !== undefined && (ids.has(id) || scimIds.has(id))) return true;
  if (name === undefined || !names.has(name.toLowerCase())) return false;
  const isIdKnown = operation.startsWith('scim.') ? scimIds.size > 0 : ids.size > 0;
  if (id !== undefined && isIdKnown) return false;
  return isOnlyOne ? true : 'maybe';
}

function ofGroup(group: NamedGroup, kinds: readonly string[], about: true | 'maybe'): IsSo {
  return (event) => kinds.includes(event.operation) && isAbout(group, event) === about;
}

/** A role of a product may come with membership of its default group. */
export function memberAdded(group: NamedGroup): ChangeCauses {
  return {
    made: ofGroup(group, JOINING, true),
    undone: ofGroup(group, PARTING, true),
    mayFollow: either(returning, isOf('org.role.grant', 'scim.user.create'), ofGroup(group, JOINING, 'maybe')),
  };
}

/** Whoever is deleted is in no group any more. */
export function memberRemoved(group: NamedGroup): ChangeCauses {
  const { made: undone, undone: made } = memberAdded(group);
  return {
    made,
    undone,
    mayFollow: either(
      recordGone,
      isOf('account.scheduleDeletion', 'org.role.revoke'),
      ofGroup(group, PARTING, 'maybe'),
    ),
  };
}
