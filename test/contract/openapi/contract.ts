import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { follow, type RequestBody, type Response, type Schema } from './document.js';
import { ERROR_DIFFERENCES } from './differences.js';
import { definitionsOf, toJsonSchema, type Direction } from './json-schema.js';
import { documents, type LoadedDocument } from './load.js';
import { findOperation, type FoundOperation } from './operations.js';

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Empty when nothing was sent. */
  readonly text: string;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
ajvFormats.default(ajv);
for (const { name, document } of documents)
  for (const direction of ['request', 'answer'] as const)
    ajv.addSchema({ $id: `${name}/${direction}`, ...definitionsOf(document, direction) });

/**
 * Holds a request against its document: the operation exists, every parameter is known and of its type, the body fits.
 *
 * Returns the operation as `GET /admin/v1/orgs/{orgId}`. Throws an error that names what does not fit.
 */
export function assertValidRequest(request: SentRequest): string {
  const { method, url, headers, text } = request;
  const found = need(method, url.pathname);
  const problems = [
    ...pathProblems(found),
    ...queryProblems(found, url.searchParams),
    ...bodyProblems(found, text, headers),
  ];
  if (headers.get('accept')?.includes('application/json') !== true) problems.push('it does not accept JSON');
  fail(`${found.key} was sent against its document`, problems);
  return found.key;
}

/**
 * Holds an answer against its document: the status is one of the operation, and the body fits. `undefined` is no body.
 *
 * Returns the operation as `GET /admin/v1/orgs/{orgId}`. Throws an error that names what does not fit.
 */
export function assertValidResponse(method: string, path: string, status: number, body: unknown): string {
  const found = need(method, path);
  const documented = found.operation.responses[String(status)];
  const response = documented && follow<Response>(found.source.document, documented);
  // A 204 has no body, whatever a document shows beside it.
  const schema = status === 204 ? undefined : response?.content?.['application/json']?.schema;
  const problems: string[] = [];

  if (status < 400) {
    if (response === undefined) problems.push(`status ${String(status)} is not documented`);
    else if (schema === undefined && body !== undefined) problems.push('it has a body, and none is documented');
    else if (schema !== undefined) problems.push(...mismatches(found.source, 'answer', schema, body));
  } else if (body !== undefined) problems.push(...errorProblems(found, status, schema, body));
  else if (schema !== undefined) problems.push('it has no body, and one is documented');

  fail(`${found.key} was answered with ${String(status)} against its document`, problems);
  return found.key;
}

/** Whether a document has an operation for this, so that its answers can be held against it. */
export function isDocumented(method: string, path: string): boolean {
  return findOperation(method, path) !== undefined;
}

function need(method: string, path: string): FoundOperation {
  const found = findOperation(method, path);
  if (found === undefined) throw new Error(`No document has ${method} ${path}`);
  return found;
}

function errorProblems(found: FoundOperation, status: number, schema: Schema | undefined, body: unknown): string[] {
  const { source, key } = found;
  const answer = { status, operation: key, documented: schema !== undefined };
  const shapes = ERROR_DIFFERENCES.filter(({ document, applies }) => document === source.name && applies(answer)).map(
    ({ shape }) => shape,
  );
  if (schema !== undefined) shapes.unshift(schema);
  const attempts = shapes.map((shape) => mismatches(source, 'answer', shape, body, false));
  if (attempts.some((problems) => problems.length === 0)) return [];
  return attempts[0] ?? [`an error ${String(status)} with a body is not documented`];
}

function pathProblems({ source, pathValues }: FoundOperation): string[] {
  return pathValues.flatMap(({ parameter, value }) =>
    mismatches(source, 'request', parameter.schema, typed(value, parameter.schema)).map(
      (problem) => `{${parameter.name}}: ${problem}`,
    ),
  );
}

function queryProblems({ source, parameters }: FoundOperation, query: URLSearchParams): string[] {
  const known = new Map(parameters.filter((parameter) => parameter.in === 'query').map((one) => [one.name, one]));
  const problems = [...known.values()]
    .filter(({ name, required }) => required === true && !query.has(name))
    .map(({ name }) => `?${name} is missing`);

  for (const name of new Set(query.keys())) {
    const parameter = known.get(name);
    if (parameter === undefined) {
      problems.push(`?${name} is not known`);
      continue;
    }
    const values =
      parameter.explode === false ? query.getAll(name).flatMap((value) => value.split(',')) : query.getAll(name);
    const isList = parameter.schema.type === 'array';
    if (!isList && query.getAll(name).length > 1) problems.push(`?${name} comes more than once`);
    const value = isList
      ? values.map((one) => typed(one, parameter.schema.items ?? {}))
      : typed(query.get(name) ?? '', parameter.schema);
    problems.push(...mismatches(source, 'request', parameter.schema, value).map((problem) => `?${name}: ${problem}`));
  }
  return problems;
}

function typed(value: string, schema: Schema): unknown {
  if (schema.type === 'integer' && /^-?\d+$/.test(value)) return Number(value);
  if (schema.type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

function bodyProblems({ source, operation }: FoundOperation, text: string, headers: Headers): string[] {
  const requestBody = operation.requestBody && follow<RequestBody>(source.document, operation.requestBody);
  if (requestBody === undefined) return text === '' ? [] : ['it has a body, and the operation takes none'];
  if (text === '') return requestBody.required === true ? ['it has no body, and the operation needs one'] : [];

  const type = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const schema = requestBody.content[type]?.schema;
  if (schema === undefined) return [`a body of the type "${type}" is not documented`];
  return mismatches(source, 'request', schema, JSON.parse(text)).map((problem) => `body: ${problem}`);
}

const validators = new WeakMap<Schema, Map<string, ValidateFunction>>();

function mismatches(
  { name, document }: LoadedDocument,
  direction: Direction,
  schema: Schema,
  value: unknown,
  closed = true,
): string[] {
  if (value === undefined) return ['there is no value'];
  const base = `${name}/${direction}`;
  const compiled = validators.get(schema) ?? new Map<string, ValidateFunction>();
  validators.set(schema, compiled);
  const key = `${base}/${String(closed)}`;
  const validate = compiled.get(key) ?? ajv.compile(toJsonSchema(schema, { document, direction, closed, base }));
  compiled.set(key, validate);

  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = typeof params.unevaluatedProperty === 'string' ? ` "${params.unevaluatedProperty}"` : '';
    return `${instancePath === '' ? 'it' : instancePath} ${message ?? 'does not fit'}${extra}`;
  });
}

function fail(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${what}:\n  ${[...new Set(problems)].join('\n  ')}`);
}
