import type { ErrorReason } from '../errors/api-errors.js';
import { NotJson, parseJson } from './parse-json.js';
import { asTraceId } from './response-headers.js';
import type { Scrubber } from './scrubber.js';

/** What the body of an error says, whichever of Atlassian's shapes it has. */
export interface ErrorBody {
  readonly atlassianCode?: string | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly traceId?: string | undefined;
  readonly reasonKey?: string | undefined;
  readonly scimType?: string | undefined;
  readonly reasons?: readonly ErrorReason[] | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** `field` of a reason that names a scope which the credential lacks. */
export const SCOPE_FIELD = 'scope';

const MAX_TEXT = 500;
const MAX_REASONS = 20;

/** Reads the body of an error. Never fails: a body of no known shape says nothing, or its first sentence. */
export function readErrorBody(text: string, scrub: Scrubber): ErrorBody {
  const body = parseJson(text);
  const said = new ErrorText(scrub);
  if (body instanceof NotJson)
    return { detail: body.looksLike === 'HTML' ? 'an HTML page instead of JSON' : said.text(text) };
  if (!isObject(body)) return { detail: said.text(body) };

  const shape = SHAPES.find(({ matches }) => matches(body));
  return shape?.read(body, said) ?? {};
}

/** Takes text of a server's into ours: short, on one line, without secrets. */
class ErrorText {
  readonly #scrub: Scrubber;

  constructor(scrub: Scrubber) {
    this.#scrub = scrub;
  }

  text(value: unknown): string | undefined {
    if (typeof value !== 'string') return undefined;
    const line = this.#scrub(value)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim();
    if (line === '') return undefined;
    return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
  }

  /** A code or key: as above, and numbers too. */
  code(value: unknown): string | undefined {
    return typeof value === 'number' ? String(value) : this.text(value);
  }

  traceId(value: unknown): string | undefined {
    const id = asTraceId(value);
    return id === undefined ? undefined : this.#scrub(id);
  }
}

interface Shape {
  readonly matches: (body: Json) => boolean;
  readonly read: (body: Json, said: ErrorText) => ErrorBody;
}

/** Most telling first. */
const SHAPES: readonly Shape[] = [
  // Organizations API (documented): {errors: [{id, status, code, title, detail}]}
  { matches: (body) => Array.isArray(body.errors), read: readEnvelope },
  // User management (seen): {key, context, errorKey, errorDetail}
  { matches: (body) => typeof (body.key ?? body.errorKey) === 'string', read: readUserManagement },
  // SCIM (RFC 7644 section 3.12): {schemas, status, scimType, detail}
  { matches: (body) => 'detail' in body || 'scimType' in body, read: readScim },
  // Bitbucket (seen): {type: 'error', error: {message, detail, fields, id}}
  { matches: (body) => isObject(body.error), read: readBitbucket },
  // Jira (documented): {errorMessages, errors}
  { matches: (body) => 'errorMessages' in body, read: readJira },
  // Confluence version 1 (seen): {statusCode, data: {errors: [{message: {translation}}]}, message: 'com…Exception: why'}
  { matches: (body) => typeof body.statusCode === 'number', read: readConfluence },
  // OAuth (RFC 6749 section 5.2): {error, error_description}
  { matches: (body) => 'error_description' in body, read: readOauth },
  // Gateway (seen): {error, traceId}. Routing layer (seen): {timestamp, path, status, error, requestId, message}.
  // Proxy (documented): {code, message}.
  { matches: (body) => 'error' in body || 'message' in body, read: readFlat },
];

function readEnvelope(body: Json, said: ErrorText): ErrorBody {
  const errors = asList(body.errors);
  const first = errors.find((error) => said.code(error.code) !== undefined) ?? errors[0] ?? {};
  return {
    atlassianCode: said.code(first.code),
    title: said.text(first.title),
    detail: said.text(first.detail ?? first.message),
    traceId: said.traceId(first.id),
    reasons: reasons(errors, said, (error) => ({ key: error.code, message: error.detail ?? error.title })),
  };
}

function readUserManagement(body: Json, said: ErrorText): ErrorBody {
  const context = body.context ?? body.errorDetail;
  const all = isObject(context) ? contextReasons(context, said) : [];
  const rule = isObject(context) ? ruleKey(context) : undefined;
  return {
    atlassianCode: said.code(body.key ?? body.errorKey),
    detail: said.text(context) ?? (isObject(context) ? said.text(context.message) : undefined) ?? sentence(all),
    reasonKey: said.code(rule) ?? all.find(({ field }) => field !== undefined)?.key,
    reasons: all,
  };
}

/** The four forms of an object as `context` (documented): a rule, rules by field, violations by field, life-cycle codes. */
function contextReasons(context: Json, said: ErrorText): ErrorReason[] {
  const rule = ruleKey(context);
  if (rule !== undefined) return reasons([{ key: rule }], said, (reason) => reason);
  if (Array.isArray(context.errorCodes))
    return reasons(asList(context.errorCodes), said, ({ code, message }) => ({ key: code, message }));

  if (Array.isArray(context.fieldViolations)) {
    const violations = asList(context.fieldViolations).flatMap(({ field, violations: kinds }) =>
      asList(kinds).map(({ key }) => ({ key, field })),
    );
    return reasons(violations, said, (violation) => violation);
  }
  const fields = Object.entries(context).flatMap(([field, value]) =>
    isObject(value) ? [{ key: ruleKey(value), field }] : [],
  );
  return reasons(fields, said, (field) => field);
}

function ruleKey(rule: Json): unknown {
  return isObject(rule.reason) ? rule.reason.key : undefined;
}

function sentence(all: readonly ErrorReason[]): string | undefined {
  const parts = all.map(({ key, field, message }) => (field === undefined ? (message ?? key) : `${field}: ${key}`));
  return parts.length === 0 ? undefined : parts.join(', ');
}

function readScim(body: Json, said: ErrorText): ErrorBody {
  return { detail: said.text(body.detail), scimType: said.code(body.scimType) };
}

function readBitbucket(body: Json, said: ErrorText): ErrorBody {
  const error = isObject(body.error) ? body.error : {};
  const message = said.text(error.message);
  return {
    title: message,
    detail: said.text(error.detail) ?? message,
    traceId: said.traceId(error.id),
    reasons: [...scopeReasons(error.detail, said), ...fieldReasons(error.fields, said)],
  };
}

/** Scopes that were missing (seen): `detail: {required, granted}`. */
function scopeReasons(detail: unknown, said: ErrorText): ErrorReason[] {
  if (!isObject(detail) || !Array.isArray(detail.required)) return [];
  return reasons(detail.required, said, (key: unknown) => ({ key, field: SCOPE_FIELD }));
}

/** Faults of the request (seen): `fields: {name: ['required key not provided']}`. */
function fieldReasons(fields: unknown, said: ErrorText): ErrorReason[] {
  const all = isObject(fields) ? Object.entries(fields) : [];
  const faults = all.flatMap(([field, value]) =>
    (Array.isArray(value) ? value : [value]).map((key: unknown) => ({ key, field })),
  );
  return reasons(faults, said, (fault) => fault);
}

function readJira(body: Json, said: ErrorText): ErrorBody {
  const messages: readonly unknown[] = Array.isArray(body.errorMessages) ? body.errorMessages : [];
  const fields = isObject(body.errors) ? Object.entries(body.errors) : [];
  const all = [
    ...messages,
    ...fields.map(([field, message]) => `${field}: ${typeof message === 'string' ? message : ''}`),
  ];
  return { detail: said.text(all.filter((message) => typeof message === 'string').join(' ')) };
}

/** A Java class in front of the sentence is the only code there is: `…exceptions.PermissionException: It is not so`. */
function readConfluence(body: Json, said: ErrorText): ErrorBody {
  const message = said.text(body.message);
  const thrown = /^(?:[a-z]\w*\.)+(?<name>[A-Z]\w*)(?:: (?<why>.+))?$/.exec(message ?? '')?.groups;
  const [first] = asList(isObject(body.data) ? body.data.errors : undefined);
  const translation = isObject(first?.message) ? first.message.translation : undefined;
  return {
    atlassianCode: thrown?.name,
    detail: (thrown === undefined ? message : thrown.why) ?? said.text(translation),
  };
}

function readOauth(body: Json, said: ErrorText): ErrorBody {
  return { atlassianCode: said.code(body.error), detail: said.text(body.error_description) };
}

function readFlat(body: Json, said: ErrorText): ErrorBody {
  const { error, message } = body;
  return {
    title: said.text(message === undefined ? undefined : error),
    detail: said.text(message ?? error),
    traceId: said.traceId(body.traceId) ?? said.traceId(body.requestId),
    scimType: said.code(body.scimErrorType),
  };
}

/** A key is what makes a reason; a part without one says nothing. */
function reasons<Part>(
  parts: readonly Part[],
  said: ErrorText,
  pick: (part: Part) => { readonly key?: unknown; readonly field?: unknown; readonly message?: unknown },
): ErrorReason[] {
  return parts.slice(0, MAX_REASONS).flatMap((part) => {
    const picked = pick(part);
    const key = said.code(picked.key);
    if (key === undefined) return [];
    const field = said.text(picked.field);
    const message = said.text(picked.message);
    return [{ key, ...(field !== undefined && { field }), ...(message !== undefined && { message }) }];
  });
}

function asList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
