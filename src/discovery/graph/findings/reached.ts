import { PRODUCTS, type Product } from '../../entities/entity-type.js';
import type { GraphIndexes } from '../access-graph.js';
import { ANY } from '../access-level.js';
import type { AccessPath, PathNode } from '../access-path.js';
import { pathsOfPerson } from '../paths.js';
import type { FindingContext } from './finding.js';

/** What a person reaches in one product, in person and not as one of everybody. */
export interface ReachedIn {
  readonly product: Product;
  /** How many resources. */
  readonly count: number;
  /** The first of them: as many as a finding names or shows paths to. */
  readonly first: readonly number[];
  /** All levels together. */
  readonly mask: number;
  /** All of it only may be. */
  readonly onlyPossible: boolean;
}

interface Found {
  readonly first: number[];
  count: number;
  mask: number;
}

/** By product, what a person holds with any of these levels. */
export function reachedBy(
  { reach }: GraphIndexes,
  person: number,
  { subjectsPerFinding, evidencePerFinding }: FindingContext,
  wanted = ANY,
): ReachedIn[] {
  const { granted, administering, possible } = reach.glanceOf(person, true);
  const { products } = reach;
  const most = Math.max(subjectsPerFinding, evidencePerFinding);
  const sure = PRODUCTS.map((): Found => ({ first: [], count: 0, mask: 0 }));
  const maybe = PRODUCTS.map((): Found => ({ first: [], count: 0, mask: 0 }));
  for (let resource = 0; resource < granted.length; resource += 1) {
    const mask = (granted[resource] ?? 0) | (administering[resource] ?? 0);
    const isSure = (mask & wanted) !== 0;
    const held = isSure ? mask : (possible[resource] ?? 0);
    if ((held & wanted) === 0) continue;
    const found = (isSure ? sure : maybe)[products[resource] ?? 0];
    if (found === undefined) continue;
    if (found.count < most) found.first.push(resource);
    found.count += 1;
    found.mask |= held;
  }
  return PRODUCTS.flatMap((product, index): ReachedIn[] => {
    const onlyPossible = sure[index]?.count === 0;
    const found = (onlyPossible ? maybe : sure)[index];
    return found === undefined || found.count === 0 ? [] : [{ product, ...found, onlyPossible }];
  });
}

/** The first resources as subjects of a finding. */
export function subjectsOf(
  { evaluation }: GraphIndexes,
  resources: readonly number[],
  { subjectsPerFinding }: FindingContext,
): PathNode[] {
  return resources.slice(0, subjectsPerFinding).map((resource) => evaluation.resources.node(resource));
}

/** The paths of a person to the first resources, when they are asked for. */
export function pathsTo(
  { evaluation }: GraphIndexes,
  person: number,
  resources: readonly number[],
  { evidencePerFinding }: FindingContext,
  isWanted: (path: AccessPath) => boolean = () => true,
): () => AccessPath[] {
  const shown = resources.slice(0, evidencePerFinding);
  return () =>
    shown
      .flatMap((resource) => pathsOfPerson(evaluation, person, resource, true))
      .filter((path) => path.blocked === undefined && isWanted(path));
}
