import type { Schema } from './document.js';

/** The errors envelope of the Organizations API. */
export const envelope = errorList({
  type: 'object',
  properties: {
    id: { type: 'string' },
    status: { type: 'string' },
    code: { type: 'string', pattern: '^ADMIN-' },
    title: { type: 'string' },
    detail: { type: 'string', nullable: true },
  },
});

/** The gateway answers before the service. */
export const gateway: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { type: 'integer' }, message: { type: 'string' } },
};

/** What a product says to a credential that does not count. */
export const plainText: Schema = { type: 'string' };

/** Version 1 of Confluence: a Java class in front of the sentence. */
export const javaException: Schema = {
  type: 'object',
  required: ['statusCode', 'message'],
  properties: {
    statusCode: { type: 'integer' },
    message: { type: 'string' },
    data: { type: 'object', additionalProperties: true },
  },
};

/** Version 2 of Confluence. */
export const confluenceErrors = errorList({
  type: 'object',
  required: ['status', 'code', 'title'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string' },
    title: { type: 'string' },
    detail: { type: 'string', nullable: true },
  },
});

/** The layer that looks for the organization. */
export const routing: Schema = {
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
export const insufficientScope: Schema = {
  type: 'object',
  required: ['key'],
  properties: { key: { type: 'string', enum: ['forbidden.insufficientScope'] } },
  additionalProperties: true,
};

function errorList(items: Schema): Schema {
  return { type: 'object', required: ['errors'], properties: { errors: { type: 'array', minItems: 1, items } } };
}
