import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ScimGroupId } from '../../model/ids.js';

/** Something that happens later, as data, so that a snapshot can hold it. `rules/settle.ts` makes it happen. */
export type PendingEffect =
  /** The grace period of a deletion ends. Nothing happens when the deletion was cancelled. */
  | { readonly type: 'close-account'; readonly accountId: AtlassianAccountId }
  /** A SCIM group appears in the organization. */
  | { readonly type: 'mirror-group'; readonly scimGroupId: ScimGroupId; readonly orgGroupId: OrgGroupId }
  /** The group of the organization disappears with its SCIM group. */
  | { readonly type: 'unmirror-group'; readonly orgGroupId: OrgGroupId }
  /** A synced group gains a member in the organization. */
  | { readonly type: 'mirror-member'; readonly orgGroupId: OrgGroupId; readonly accountId: AtlassianAccountId }
  /** A synced group loses a member in the organization. */
  | { readonly type: 'unmirror-member'; readonly orgGroupId: OrgGroupId; readonly accountId: AtlassianAccountId }
  /** A linked account joins the organization directory. */
  | { readonly type: 'join-directory'; readonly directoryId: OrgDirectoryId; readonly accountId: AtlassianAccountId };

/** An effect and its instant. */
export interface ScheduledEffect {
  readonly dueAt: number;
  /** Order among effects of one instant. */
  readonly sequence: number;
  readonly effect: PendingEffect;
}

/** Effects that wait for the clock, the next one first. */
export class PendingEffects {
  #queue: ScheduledEffect[] = [];
  #sequence = 0;

  get size(): number {
    return this.#queue.length;
  }

  schedule(dueAt: number, effect: PendingEffect): void {
    this.#sequence += 1;
    const scheduled: ScheduledEffect = { dueAt, sequence: this.#sequence, effect };
    // Most effects come later than all that wait: search from the end.
    let position = this.#queue.length;
    while (position > 0 && (this.#queue[position - 1]?.dueAt ?? 0) > dueAt) position -= 1;
    this.#queue.splice(position, 0, scheduled);
  }

  /** Takes the effects that are due at `instant`. */
  takeDue(instant: number): ScheduledEffect[] {
    if ((this.#queue[0]?.dueAt ?? Infinity) > instant) return [];
    const firstLater = this.#queue.findIndex((scheduled) => scheduled.dueAt > instant);
    return this.#queue.splice(0, firstLater === -1 ? this.#queue.length : firstLater);
  }

  /** Takes the effects of propagation, whenever they are due: all but the ends of grace periods. */
  takePropagation(): ScheduledEffect[] {
    const taken = this.#queue.filter(({ effect }) => effect.type !== 'close-account');
    this.#queue = this.#queue.filter(({ effect }) => effect.type === 'close-account');
    return taken;
  }

  snapshot(): readonly ScheduledEffect[] {
    return [...this.#queue];
  }

  restore(queue: readonly ScheduledEffect[]): void {
    this.#queue = [...queue];
  }
}
