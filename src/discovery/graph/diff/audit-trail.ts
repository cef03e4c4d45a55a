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
      const known: Known = { event, at, isTrailing: at < from };
      for (const key of keysOf(event, [after, before])) {
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
   * where one may have made it: unanswered, undone later, shortly before the first snapshot, or as a consequence.
   */
  originOf(person: ChangedPerson, { made, undone, mayFollow }: ChangeCauses): Attribution {
    const events = this.#eventsOf(person);
    const making = events.filter(({ event }) => made(event));
    const sure = making.findLast(({ event, isTrailing }) => event.outcome === 'applied' && !isTrailing);
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

/** Whom an event is about, by the ids that were known then, or else by its address. */
function keysOf({ subject }: AuditEvent, graphs: readonly AccessGraph[]): Iterable<string> {
  const keys = new Set<string>();
  if (subject.accountId !== undefined) keys.add(`account ${subject.accountId}`);
  if (subject.scimUserId !== undefined) keys.add(`record ${subject.scimUserId}`);
  if (subject.accountId !== undefined) return keys;
  const refs = [
    ...(subject.scimUserId === undefined ? [] : [{ scimUserId: subject.scimUserId }]),
    ...[subject.email, subject.userName].flatMap((email) => (email === undefined ? [] : [{ email }])),
  ];
  for (const ref of refs)
    for (const graph of graphs) {
      const [found, ...others] = graph.findIdentities(ref);
      if (found === undefined || others.length > 0) continue;
      if (found.accountId !== undefined) keys.add(`account ${found.accountId}`);
      if (subject.scimUserId === undefined) for (const id of found.scimUserIds) keys.add(`record ${id}`);
      return keys;
    }
  return keys;
}
