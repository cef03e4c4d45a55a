import { PRODUCTS, type Product } from '../../entities/entity.js';
import type { GraphIndexes } from '../access-graph.js';
import { ANY } from '../access-level.js';
import type { AccessPath, PathNode } from '../access-path.js';
import { nodeOf } from '../grants.js';
import { pathsOfPerson } from '../paths.js';
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

interface Found {
  readonly resources: number[];
  mask: number;
}

/** By product, what a person holds with any of these levels. */
export function reachedBy(graph: GraphIndexes, person: number, wanted = ANY): ReachedIn[] {
  const { granted, administering, possible } = graph.reach.glanceOf(person, true);
  const products = graph.reach.products;
  const sure = PRODUCTS.map((): Found => ({ resources: [], mask: 0 }));
  const maybe = PRODUCTS.map((): Found => ({ resources: [], mask: 0 }));
  for (let resource = 0; resource < granted.length; resource += 1) {
    const mask = (granted[resource] ?? 0) | (administering[resource] ?? 0);
    const isSure = (mask & wanted) !== 0;
    const held = isSure ? mask : (possible[resource] ?? 0);
    if ((held & wanted) === 0) continue;
    const found = (isSure ? sure : maybe)[products[resource] ?? 0];
    if (found === undefined) continue;
    found.resources.push(resource);
    found.mask |= held;
  }
  return PRODUCTS.flatMap((product, index): ReachedIn[] => {
    const onlyPossible = sure[index]?.resources.length === 0;
    const found = (onlyPossible ? maybe : sure)[index];
    return found === undefined || found.resources.length === 0 ? [] : [{ product, ...found, onlyPossible }];
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
    .flatMap((resource) => pathsOfPerson(graph.evaluation, person, resource, true))
    .filter((path) => path.blocked === undefined && isWanted(path));
}
