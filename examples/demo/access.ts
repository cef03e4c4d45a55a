import type { AccessGraph } from 'atlassian-provisioner';
import { findings, type AccessPath, type AccessSnapshot, type ResourceRef } from 'atlassian-provisioner';

/** Counts what was found of each kind, product by product. */
export function countsOf({ entities, gaps }: AccessSnapshot): string[] {
  const counts = Object.entries(entities).filter(([, found]) => found.length > 0);
  const lines = [...grouped(counts)].map(([product, kinds]) => `${product}: ${kinds.join(', ')}`);
  return [...lines, ...gaps.map(({ message }) => `gap: ${message}`)];
}

/** Who reaches one resource, and by which ways one person does. */
export function accessTo(graph: AccessGraph, resource: ResourceRef, email: string): string[] {
  const { people, openTo } = graph.whoCanAccess(resource);
  const { verdict, paths } = graph.explain({ email }, resource);
  return [
    ...[...people].map(({ identity, levels }) => `${identity.email ?? identity.name ?? '?'}: ${levels.join(', ')}`),
    ...openTo.map(({ holder, levels }) => `open to ${holder.type}: ${levels.join(', ')}`),
    `does ${email} reach it? ${verdict}`,
    ...paths.map((path) => `  ${pathText(path)}`),
  ];
}

/** What is open to everybody. */
export function openToEverybody(graph: AccessGraph): string[] {
  return findings(graph, { kinds: ['public-access', 'signed-in-access'] }).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

function grouped(counts: [string, readonly unknown[]][]): Map<string, string[]> {
  const products = new Map<string, string[]>();
  for (const [type, found] of counts) {
    const [product = type, kind = 'ties between them'] = type.split('.');
    products.set(product, [...(products.get(product) ?? []), `${String(found.length)} ${kind}`]);
  }
  return products;
}

function pathText({ from, steps, levels }: AccessPath): string {
  const way = steps.map(({ relation, to }) => `${relation} → ${to.name ?? to.id}`);
  return `${from.name ?? from.id} ${way.join(' ')}: ${levels.join(', ')}`;
}
