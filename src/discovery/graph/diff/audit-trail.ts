import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AccessGraph } from '../access-graph.js';
import type { ChangeCauses } from './change-causes.js';
import type { ChangeOrigin } from './snapshot-diff.js';

/** Whom a change is about, by the ids that the snapshots have. */
export interface ChangedPerson {
  readonly accountId?: string | undefined;
  readonly scimUserId?: string | undefined;
}

/** Who made a change, and the event that says so, or that leaves it open. */
export interface Attribution {
  readonly origin: ChangeOrigin;
  readonly auditEventId?: string;
}

/** The time that an audit log is of. Open on a side that is absent. */
export interface AuditCoverage {
  readonly from?: string;
  readonly to?: string;
}

/** What was written shortly before reading began may have been read as it was before. Reads trail by up to minutes. */
const TRAILING_MS = 5 * 60_000;

interface Known {
  readonly event: AuditEvent;
  readonly at: number;
  readonly isTrailing: boolean;
  /** Whether somebody else may be meant. */
  readonly isAmbiguous: boolean;
}

/** The events that may have changed something between two snapshots, by person. */
export class AuditTrail {
  readonly #byPerson = new Map<string, Known[]>();
  readonly #isCovered: boolean;

  /** Takes in what happened from shortly before the first snapshot was read to the end of reading the second. */
  constructor(events: Iterable<AuditEvent>, before: AccessGraph, after: AccessGraph, covers: AuditCoverage = {}) {
    const from = Date.parse(before.snapshot.startedAt);
    const to = Date.parse(after.snapshot.completedAt);
    this.#isCovered =
      (covers.from === undefined || Date.parse(covers.from) <= from) &&
      (covers.to === undefined || Date.parse(covers.to) >= to);
    for (const event of events) {
      if (event.outcome !== 'applied' && event.outcome !== 'unknown') continue;
      const at = Date.parse(event.time);
      // An event is written when its operation has ended, which may be after what it changed was read.
      const isInTime = at >= from - TRAILING_MS && at - event.durationMs <= to;
      if (!isInTime) continue;
      for (const [key, isAmbiguous] of personsOf(event, [after, before])) {
        const known: Known = { event, at, isTrailing: at < from, isAmbiguous };
        const others = this.#byPerson.get(key);
        if (others === undefined) this.#byPerson.set(key, [known]);
        else others.push(known);
      }
    }
    for (const events of this.#byPerson.values()) events.sort(byTime);
  }

  /**
   * Who made a change of a person.
   *
   * The SDK, where an operation that makes such a change succeeded, and none that undoes it came later. It is not known
   * where one may have made it: unanswered, undone later, shortly before the first snapshot, of somebody who shares an address, or as a consequence.
   */
  originOf(person: ChangedPerson, { made, undone, mayFollow }: ChangeCauses): Attribution {
    const events = this.#eventsOf(person);
    const making = events.filter(({ event }) => made(event));
    const sure = making.findLast(
      ({ event, isTrailing, isAmbiguous }) => event.outcome === 'applied' && !isTrailing && !isAmbiguous,
    );
    if (sure !== undefined) {
      const isUndone = events.slice(events.indexOf(sure) + 1).some(({ event }) => undone(event));
      return { origin: isUndone ? 'unknown' : 'sdk', auditEventId: sure.event.id };
    }
    const possible = making.at(-1) ?? events.findLast(({ event }) => mayFollow(event));
    if (possible !== undefined) return { origin: 'unknown', auditEventId: possible.event.id };
    return { origin: this.#isCovered ? 'elsewhere' : 'unknown' };
  }

  #eventsOf({ accountId, scimUserId }: ChangedPerson): readonly Known[] {
    const ofAccount = (accountId === undefined ? undefined : this.#byPerson.get(`account ${accountId}`)) ?? [];
    const ofRecord = (scimUserId === undefined ? undefined : this.#byPerson.get(`record ${scimUserId}`)) ?? [];
    if (ofAccount.length === 0 || ofRecord.length === 0) return ofAccount.length === 0 ? ofRecord : ofAccount;
    return [...new Set([...ofAccount, ...ofRecord])].sort(byTime);
  }
}

function byTime(a: Known, b: Known): number {
  return a.at === b.at ? a.event.sequence - b.event.sequence : a.at - b.at;
}

/**
 * Whom an event is about, by the ids that were known then, or else by its address; with whether it may be somebody else, for
 * several may have one address.
 */
function personsOf({ subject }: AuditEvent, graphs: readonly AccessGraph[]): ReadonlyMap<string, boolean> {
  const persons = new Map<string, boolean>();
  if (subject.accountId !== undefined) persons.set(`account ${subject.accountId}`, false);
  if (subject.scimUserId !== undefined) persons.set(`record ${subject.scimUserId}`, false);
  if (subject.accountId !== undefined) return persons;

  const refs = [
    ...(subject.scimUserId === undefined ? [] : [{ scimUserId: subject.scimUserId }]),
    ...[subject.email, subject.userName].flatMap((email) => (email === undefined ? [] : [{ email }])),
  ];
  const found = refs.flatMap((ref) => graphs.map((graph) => graph.findIdentities(ref)));
  const alone = found.find(({ length }) => length === 1);
  for (const { accountId, scimUserIds } of alone ?? found.flat()) {
    if (accountId !== undefined) persons.set(`account ${accountId}`, alone === undefined);
    if (subject.scimUserId === undefined)
      for (const id of scimUserIds) persons.set(`record ${id}`, alone === undefined);
  }
  return persons;
}
