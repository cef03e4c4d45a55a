import { levelsOf } from './access-level.js';
import type { HolderWithAccess } from './answers.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';

/** A holder on a resource, with the bits of its levels. */
export interface HolderOn {
  readonly holder: Holder;
  readonly told: HolderWithAccess;
  readonly mask: number;
  /** Of these: what is not certain. */
  readonly maybe: number;
  /** Everybody, or all who are signed in. */
  readonly isOpen: boolean;
}

/** All holders on a resource as the product has them, each once; administrators apart. */
export function holdersOn(evaluation: Evaluation, resource: number, administration: boolean): HolderOn[] {
  const found = new Map<number, { holder: Holder; mask: number; maybe: number; names: Set<string>; bypass: boolean }>();
  for (const { edge, holder, route } of evaluation.edgesOn(resource, administration)) {
    const bypass = route === 'administration';
    const key = holder * 2 + Number(bypass);
    const entry = found.get(key) ?? { holder, mask: 0, maybe: 0, names: new Set<string>(), bypass };
    entry.mask |= edge.mask;
    entry.maybe |= edge.maybe;
    entry.names.add(edge.name);
    found.set(key, entry);
  }
  return [...found.values()].map(({ holder, mask, maybe, names, bypass }) => {
    const { holders } = evaluation;
    const kind = holders.asOther(holder)?.kind;
    const isOpen = kind === 'anonymous' || kind === 'authenticated';
    const isPeople = !isOpen && kind !== 'conditional' && kind !== 'unknown';
    return {
      holder,
      // What it may be counts: nobody who may hold something is left out of the list.
      mask: mask | maybe,
      maybe: maybe & ~mask,
      isOpen: isOpen && (mask | maybe) !== 0,
      told: {
        holder: holders.node(holder),
        levels: levelsOf(mask),
        names: [...names],
        bypass,
        ...(isPeople && { memberCount: holders.memberCountOf(holder) }),
      },
    };
  });
}
