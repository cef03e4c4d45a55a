import type { Schema } from './document.js';
import type { DocumentName } from './load.js';

/** The errors envelope of the Organizations API. */
const envelope: Schema = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          status: { type: 'string' },
          code: { type: 'string', pattern: '^ADMIN-' },
          title: { type: 'string' },
          detail: { type: 'string', nullable: true },
        },
      },
    },
  },
};

/** The gateway answers before the service. */
const gateway: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { type: 'integer' }, message: { type: 'string' } },
};

/** The layer that looks for the organization. */
const routing: Schema = {
  type: 'object',
  required: ['status', 'error', 'message'],
  properties: {
    timestamp: { type: 'string' },
    path: { type: 'string' },
    status: { type: 'integer' },
    error: { type: 'string' },
    requestId: { type: 'string' },
    message: { type: 'string' },
  },
};

/** A key with scopes is refused by a key that the document does not list. */
const insufficientScope: Schema = {
  type: 'object',
  required: ['key'],
  properties: { key: { type: 'string', enum: ['forbidden.insufficientScope'] } },
  additionalProperties: true,
};

const GATEWAY_STATUSES = [401, 429, 502, 503, 504];

/** Errors that the service sends though the document of the operation has none of that shape. */
export function undocumentedErrors(source: DocumentName, status: number, key: string, hasSchema: boolean): Schema[] {
  const shapes: Schema[] = GATEWAY_STATUSES.includes(status) ? [gateway] : [];
  if (source === 'userManagement') return status === 403 ? [...shapes, insufficientScope] : shapes;

  // The writes document no error body (known defect), and statuses are missing: 403 for a key with scopes, 405, 415.
  if (!hasSchema) shapes.push(envelope);
  if (status === 403 || status === 404) shapes.push(routing);
  // The search of workspaces is documented to answer one error without the envelope around it; both are told of.
  if (key.endsWith('/workspaces')) shapes.push(envelope);
  return shapes;
}
