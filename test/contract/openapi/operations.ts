import { follow, type Operation, type Parameter } from './document.js';
import { documents, type DocumentName, type LoadedDocument } from './load.js';

/** An operation of a document, and the values that a path has for its parameters. */
export interface FoundOperation {
  readonly source: LoadedDocument;
  /** `GET /admin/v1/orgs/{orgId}`. */
  readonly key: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly pathValues: readonly { readonly parameter: Parameter; readonly value: string }[];
}

/** Every operation that these documents have, by method and path. */
export function allOperations(...names: readonly DocumentName[]): readonly string[] {
  return documents
    .filter(({ name }) => names.includes(name))
    .flatMap(({ prefix, document }) =>
      Object.entries(document.paths).flatMap(([template, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${prefix}${template}`),
      ),
    );
}

/** Finds the operation of a path. A path with fewer variable segments wins: `users/count` before `users/{userId}`. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  const [found] = documents
    .flatMap((source) =>
      Object.entries(source.document.paths).map(([template, item]) => ({
        source,
        template,
        operation: item[method.toLowerCase()],
      })),
    )
    .filter(
      ({ source, template, operation }) => operation !== undefined && matcher(source.prefix + template).test(path),
    )
    .sort((a, b) => namesIn(a.template).length - namesIn(b.template).length);
  if (found?.operation === undefined) return undefined;

  const { source, template, operation } = found;
  const parameters = (operation.parameters ?? []).map((parameter) => follow<Parameter>(source.document, parameter));
  const values =
    matcher(source.prefix + template)
      .exec(path)
      ?.slice(1) ?? [];
  return {
    source,
    key: `${method} ${source.prefix}${template}`,
    operation,
    parameters,
    pathValues: bind(template, parameters, values.map(decodeURIComponent)),
  };
}

function matcher(template: string): RegExp {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)');
  return new RegExp(`^${pattern}$`);
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function bind(
  template: string,
  parameters: readonly Parameter[],
  values: readonly string[],
): { readonly parameter: Parameter; readonly value: string }[] {
  return namesIn(template).map((name, index) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    if (parameter === undefined) throw new Error(`${template} has no parameter ${name}`);
    return { parameter, value: values[index] ?? '' };
  });
}
