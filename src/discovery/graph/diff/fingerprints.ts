import type { GraphIndexes } from '../access-graph.js';
import { productOf } from '../resources.js';
import type { Holder } from '../holder.js';

/**
 * Tells by number of a resource a text that is the same in two graphs only if the same people hold the same on it. People
 * count by what their account id and their being active come to, so that no list of members is compared with another.
 */
export function fingerprintsOf(graph: GraphIndexes): (resource: number) => string {
  const { evaluation } = graph;
  const { people, holders } = evaluation;
  const products = ['admin', 'jira', 'confluence', 'bitbucket'] as const;
  const hashes = products.map((product) =>
    Float64Array.from({ length: people.size }, (_, person) =>
      people.blockedBecause(person, product) === undefined
        ? hashOf(`${people.mayBeBlocked(person, product) ? '?' : ''}${people.ids[person] ?? ''}`)
        : 0,
    ),
  );
  const cache = new Map<Holder, string>();

  const printOf = (holder: Holder, product: number): string => {
    const key = holder * products.length + product;
    const known = cache.get(key);
    if (known !== undefined) return known;
    let sum = 0;
    let count = 0;
    for (const person of holders.membersOf(holder)) {
      const hash = hashes[product]?.[person] ?? 0;
      if (hash === 0) continue;
      sum = (sum + hash) % 2 ** 52;
      count += 1;
    }
    const open = evaluation.holderQuestions.of(holder).length > 0 ? '?' : '';
    const other = holders.asOther(holder);
    const print = `${count}:${sum}${open}${other === undefined ? '' : JSON.stringify(other)}`;
    cache.set(key, print);
    return print;
  };

  return (resource) => {
    const { type } = evaluation.entity(resource);
    const product = products.indexOf(productOf(type));
    const held = new Map<Holder, number>();
    for (const { edge, holder } of evaluation.edgesOn(resource))
      held.set(holder, (held.get(holder) ?? 0) | (edge.mask << 8) | edge.maybe);
    const prints = [...held].map(([holder, mask]) => `${printOf(holder, product)}=${mask}`).toSorted();
    const open = evaluation.questionsOn(resource).map(({ open: { message }, mask }) => `${message}=${mask}`);
    return [...prints, ...open.toSorted()].join(' ');
  };
}

/** 52 bits of a text, never 0: two lists of FNV-1a with different seeds. */
function hashOf(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9dc5811c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit ^ index, 0x01000193);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0) + 1;
}
