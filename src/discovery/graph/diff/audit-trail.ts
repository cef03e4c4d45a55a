import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AccessGraph } from '../access-graph.js';
import type { PathNode } from '../access-path.js';

const ADDS = new Set(['scim.group.addMember', 'org.group.addMember']);
const REMOVES = new Set(['scim.group.removeMember', 'org.group.removeMember']);
/** Whoever is deleted is in no group any more. */
const REMOVES_FROM_ALL = new Set(['scim.user.delete', 'links.deleteRecords', 'account.scheduleDeletion']);

/** The events that may have changed memberships between two snapshots, by person. */
export class AuditTrail {
  readonly #byAccount = new Map<string, AuditEvent[]>();
  readonly #namesOf = new Map<string, ReadonlySet<string>>();

  /** Takes in what happened from the start of reading the first snapshot to the end of reading the second. */
  constructor(events: Iterable<AuditEvent>, before: AccessGraph, after: AccessGraph) {
    const from = Date.parse(before.snapshot.startedAt);
    const to = Date.parse(after.snapshot.completedAt);
    for (const event of events) {
      const at = Date.parse(event.time);
      if (at < from || at > to || (event.outcome !== 'applied' && event.outcome !== 'unknown')) continue;
      for (const accountId of accountsOf(event, [after, before])) {
        const known = this.#byAccount.get(accountId);
        if (known === undefined) this.#byAccount.set(accountId, [event]);
        else known.push(event);
      }
    }
    for (const { snapshot } of [before, after])
      for (const { id, name, scimGroupId } of snapshot.entities['admin.group']) {
        const names = new Set([id, name.toLowerCase(), ...(scimGroupId === undefined ? [] : [scimGroupId])]);
        this.#namesOf.set(id, new Set([...names, ...(this.#namesOf.get(id) ?? [])]));
      }
  }

  /** The event that says that the SDK made the change: one that succeeded, or else one of which that is not known. */
  membership(change: 'added' | 'removed', accountId: string, group: PathNode): AuditEvent | undefined {
    const wanted = change === 'added' ? ADDS : REMOVES;
    const names = new Set<string>([
      group.id,
      ...(group.name === undefined ? [] : [group.name.toLowerCase()]),
      ...(this.#namesOf.get(group.id) ?? []),
    ]);
    const fitting = (this.#byAccount.get(accountId) ?? []).filter(({ operation, target }) => {
      if (change === 'removed' && REMOVES_FROM_ALL.has(operation)) return true;
      return (
        wanted.has(operation) &&
        [target.id, target.name?.toLowerCase()].some((name) => name !== undefined && names.has(name))
      );
    });
    return fitting.find(({ outcome }) => outcome === 'applied') ?? fitting[0];
  }
}

/** Whom an event is about, by any of the ids that were known then. */
function accountsOf({ subject }: AuditEvent, graphs: readonly AccessGraph[]): string[] {
  if (subject.accountId !== undefined) return [subject.accountId];
  const refs = [
    ...(subject.scimUserId === undefined ? [] : [{ scimUserId: subject.scimUserId }]),
    ...(subject.email === undefined ? [] : [{ email: subject.email }]),
    ...(subject.userName === undefined ? [] : [{ email: subject.userName }]),
  ];
  for (const ref of refs)
    for (const graph of graphs) {
      const accounts = graph.findIdentities(ref).flatMap(({ accountId }) => accountId ?? []);
      if (accounts.length === 1) return accounts;
    }
  return [];
}
