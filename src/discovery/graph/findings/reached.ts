import type { Product } from '../../entities/entity.js';
import type { GraphIndexes } from '../access-graph.js';
import { ANY } from '../access-level.js';
import type { AccessPath, PathNode } from '../access-path.js';
import { nodeOf } from '../grants.js';
import { pathsOfPerson } from '../paths.js';
import { productOf } from '../resources.js';
import type { FindingContext } from './finding.js';

/** What a person reaches in one product, in person and not as one of everybody. */
export interface ReachedIn {
  readonly product: Product;
  readonly resources: readonly number[];
  /** All levels together. */
  readonly mask: number;
  /** All of it only may be. */
  readonly onlyPossible: boolean;
}

/** By product, what a person holds with any of these levels. */
export function reachedBy(graph: GraphIndexes, person: number, wanted = ANY): ReachedIn[] {
  const { evaluation, reach } = graph;
  const { granted, administering, possible } = reach.ofPerson(person, true);
  const sure = new Map<Product, { resources: number[]; mask: number }>();
  const maybe = new Map<Product, { resources: number[]; mask: number }>();
  for (let resource = 0; resource < granted.length; resource += 1) {
    const mask = (granted[resource] ?? 0) | (administering[resource] ?? 0);
    const isSure = (mask & wanted) !== 0;
    const held = isSure ? mask : (possible[resource] ?? 0);
    if ((held & wanted) === 0) continue;
    const product = productOf(evaluation.entity(resource).type);
    const target = isSure ? sure : maybe;
    const entry = target.get(product) ?? { resources: [], mask: 0 };
    entry.resources.push(resource);
    entry.mask |= held;
    target.set(product, entry);
  }
  return [...new Set([...sure.keys(), ...maybe.keys()])].flatMap((product) => {
    const entry = sure.get(product) ?? maybe.get(product);
    if (entry === undefined) return [];
    return [{ product, ...entry, onlyPossible: !sure.has(product) }];
  });
}

/** The first resources as subjects of a finding. */
export function subjectsOf(
  { evaluation }: GraphIndexes,
  resources: readonly number[],
  { subjectsPerFinding }: FindingContext,
): PathNode[] {
  return resources.slice(0, subjectsPerFinding).map((resource) => nodeOf(evaluation.entity(resource)));
}

/** The paths that show it, of the first resources. */
export function pathsTo(
  graph: GraphIndexes,
  person: number,
  resources: readonly number[],
  most: number,
  isWanted: (path: AccessPath) => boolean = () => true,
): AccessPath[] {
  return resources
    .slice(0, most)
    .flatMap((resource) => pathsOfPerson(graph.evaluation, person, resource, true).filter(isWanted));
}
