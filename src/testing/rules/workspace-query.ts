/** The attributes of a workspace that a query can name. */
export interface QueryableWorkspace {
  readonly id: string;
  /** By the name a query gives them: `attributes.typeKey`. */
  readonly fields: ReadonlyMap<string, string>;
  readonly features: readonly string[];
  readonly policies: readonly string[];
}

/** A query tree as read from a request, or what is wrong with it. */
export type WorkspacePredicate = (workspace: QueryableWorkspace) => boolean;

/** Fields a query may name. Documented are `attributes.type` and `attributes.typeKey`; the others are their siblings. */
export const QUERY_FIELDS = [
  'id',
  'attributes.name',
  'attributes.type',
  'attributes.typeKey',
  'attributes.status',
  'attributes.hostUrl',
  'attributes.realm',
] as const;

const DEEPEST = 10;

/** Turns the query tree of a workspace search into a predicate; `undefined` when the tree is malformed. */
export function parseWorkspaceQuery(node: unknown, depth = 0): WorkspacePredicate | undefined {
  if (node === undefined || node === null) return () => true;
  if (!isObject(node) || depth > DEEPEST) return undefined;

  const [key, ...others] = Object.keys(node);
  if (key === undefined) return () => true;
  if (others.length > 0 && key !== 'searchWorkspaces') return undefined;
  const value = node[key];

  switch (key) {
    case 'and':
      return combine(value, depth, (parts, workspace) => parts.every((part) => part(workspace)));
    case 'nor':
      return combine(value, depth, (parts, workspace) => !parts.some((part) => part(workspace)));
    case 'field':
      return fieldPredicate(value);
    case 'searchWorkspaces':
      return searchPredicate(value);
    case 'features':
      return listPredicate(value, (workspace) => workspace.features);
    case 'policies':
      return listPredicate(value, (workspace) => workspace.policies);
    default:
      return undefined;
  }
}

function combine(
  value: unknown,
  depth: number,
  holds: (parts: readonly WorkspacePredicate[], workspace: QueryableWorkspace) => boolean,
): WorkspacePredicate | undefined {
  if (!Array.isArray(value)) return undefined;
  const parts: WorkspacePredicate[] = [];
  for (const child of value) {
    const part = parseWorkspaceQuery(child, depth + 1);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return (workspace) => holds(parts, workspace);
}

function fieldPredicate(value: unknown): WorkspacePredicate | undefined {
  if (!isObject(value)) return undefined;
  const { name, values } = value;
  // Documented: a field without values filters nothing.
  if (values === undefined || (Array.isArray(values) && values.length === 0)) return () => true;
  if (typeof name !== 'string' || !isStrings(values) || !QUERY_FIELDS.some((known) => known === name)) return undefined;
  // The example of the reference asks `attributes.type` for "confluence", where the value reads "Confluence".
  const wanted = new Set(values.map((text) => text.toLowerCase()));
  return (workspace) => wanted.has(workspace.fields.get(name)?.toLowerCase() ?? '');
}

function searchPredicate(value: unknown): WorkspacePredicate | undefined {
  if (typeof value !== 'string') return undefined;
  const term = value.toLowerCase();
  return ({ fields }) =>
    ['attributes.name', 'attributes.hostUrl'].some((name) => (fields.get(name) ?? '').toLowerCase().includes(term));
}

function listPredicate(
  value: unknown,
  held: (workspace: QueryableWorkspace) => readonly string[],
): WorkspacePredicate | undefined {
  if (!isStrings(value)) return undefined;
  return (workspace) => value.every((wanted) => held(workspace).includes(wanted));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
