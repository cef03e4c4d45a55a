import { z } from 'zod';
import type { ConfigFault } from '../errors/config-error.js';
import { nearestName } from '../model/nearest-name.js';

/** Finds settings that a schema does not know, at every depth: a misspelt setting would else have no effect, unnoticed. */
export function unknownKeyFaults(schema: z.ZodType, value: unknown): ConfigFault[] {
  const paths = pathsOf(schema, '');
  return [...faultsAt(schema, value, '', paths)];
}

function* faultsAt(schema: z.ZodType, value: unknown, path: string, all: readonly string[]): Generator<ConfigFault> {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [index, item] of items.entries())
      yield* faultsAt(elementOf(inner), item, `${path}[${String(index)}]`, all);
  }
  if (!(inner instanceof z.ZodObject) || typeof value !== 'object' || value === null) return;

  const shape: Readonly<Record<string, z.ZodType>> = inner.shape;
  const known = new Map(Object.entries(shape));
  for (const [key, member] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const child = known.get(key);
    if (child !== undefined) yield* faultsAt(child, member, at, all);
    else yield { path: at, message: `is not a setting${suggestion(key, [...known.keys()], all)}` };
  }
}

/** `; did you mean …?` for a misspelt name, or nothing where no name is near. */
export function suggestion(key: string, siblings: readonly string[], all: readonly string[] = []): string {
  const near = nearestName(key, siblings);
  if (near !== undefined) return `; did you mean ${near}?`;

  const elsewhere = all.filter((path) => path.slice(path.lastIndexOf('.') + 1) === key);
  return elsewhere.length === 0 ? '' : `; did you mean ${elsewhere.slice(0, 3).join(' or ')}?`;
}

function pathsOf(schema: z.ZodType, path: string): string[] {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return [path];
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, child]) =>
    pathsOf(child, path === '' ? key : `${path}.${key}`),
  );
}

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function elementOf({ element }: z.ZodArray): z.ZodType {
  return element as z.ZodType;
}
