import { describe, expect, test } from 'vitest';
import { createThing, errorOf, readThing, scripted } from './transport.fixture.js';

async function errorFor(status: number, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { transport } = scripted([new Response(text, { status, headers })], { retry: { maxAttempts: 1 } });
  return errorOf(transport.send(createThing));
}

describe('the code of an error follows the status', () => {
  test.for([
    [400, 'rejected', 'RejectedError'],
    [401, 'unauthenticated', 'UnauthenticatedError'],
    [402, 'payment_required', 'PaymentRequiredError'],
    [403, 'forbidden', 'ForbiddenError'],
    [404, 'not_found', 'NotFoundError'],
    [405, 'rejected', 'RejectedError'],
    [409, 'conflict', 'ConflictError'],
    [410, 'gone', 'GoneError'],
    [415, 'rejected', 'RejectedError'],
    [429, 'rate_limited', 'RateLimitError'],
    [500, 'server_error', 'ServerError'],
    [504, 'server_error', 'ServerError'],
  ] as const)('%i is %s', async ([status, code, name]) => {
    const error = await errorFor(status, '');

    expect(error).toMatchObject({
      code,
      name,
      status,
      operation: 'things.create',
      method: 'POST',
      attempts: 1,
      retryable: status === 429 || status >= 500,
    });
    expect(String(error)).toContain(`things.create failed with ${String(status)}`);
  });

  test('a 3xx that is no redirect is an error too', async () => {
    const { transport } = scripted([new Response(null, { status: 304 })]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'rejected', status: 304 });
  });
});

describe('the advice', () => {
  test.for([
    ['admin.users.search', /^Check `organizationId`, and the id that was asked for/],
    ['bitbucket.groups.list', /^Check the `workspace` of Bitbucket, and the id/],
    ['scim.users.get', /^Check the SCIM base URL, and the id/],
    ['admin.managedAccounts.permissions', /^Check the id:/],
  ] as const)('on a 404 of %s names the setting that may be wrong', async ([operation, advice]) => {
    const { transport } = scripted([new Response(null, { status: 404 })]);

    const error = await errorOf(transport.send({ ...readThing, operation }));

    expect(error).toMatchObject({ code: 'not_found', advice: expect.stringMatching(advice) });
  });

  test('on a 429 says how long to wait, and names settings as the configuration does', async () => {
    const error = await errorFor(429, '', { 'retry-after': '300' });

    expect(error).toMatchObject({
      retryAfterMs: 300_000,
      advice: 'Wait 300 s before calling again, or lower `rateLimit` (`http.rateLimit` of a provisioner).',
    });
  });
});

describe('a 409 or 400 is decided by its code, never by its sentence', () => {
  test.for([
    [409, 'ADMIN-UAM-409-3'],
    [409, 'ADMIN-409-3'],
    [400, 'ADMIN-400-32'],
  ] as const)('%i with %s is a licence limit', async ([status, code]) => {
    const error = await errorFor(status, { errors: [{ code, title: 'Conflict', detail: 'Already a member' }] });

    expect(error).toMatchObject({ code: 'license_limit', name: 'LicenseLimitError', status, atlassianCode: code });
    expect(String(error)).toContain('Free a seat');
  });

  test('ADMIN-UAM-409-2 is a conflict that says nothing has to be done', async () => {
    const error = await errorFor(409, { errors: [{ code: 'ADMIN-UAM-409-2', detail: 'No licence seat left' }] });

    expect(error).toMatchObject({ code: 'conflict', atlassianCode: 'ADMIN-UAM-409-2' });
  });

  test('a licence code is found wherever in the list it stands', async () => {
    const error = await errorFor(409, { errors: [{ code: 'ADMIN-409-28' }, { code: 'ADMIN-409-3' }] });

    expect(error).toMatchObject({
      code: 'license_limit',
      atlassianCode: 'ADMIN-409-3',
      reasons: [{ key: 'ADMIN-409-28' }, { key: 'ADMIN-409-3' }],
    });
  });
});

describe('the two dialects of Confluence', () => {
  test.each([
    [
      {
        statusCode: 403,
        data: { errors: [{ message: { translation: 'not shown', args: [] } }] },
        message: 'com.atlassian.confluence.api.service.exceptions.PermissionException: You cannot: ask an admin.',
      },
      { atlassianCode: 'PermissionException', detail: 'You cannot: ask an admin.' },
    ],
    [
      { statusCode: 400, message: 'Cannot do that' },
      { atlassianCode: undefined, detail: 'Cannot do that' },
    ],
    [
      {
        statusCode: 400,
        data: { errors: [{ message: { translation: 'The page is taken.' } }] },
        message: 'com.atlassian.BadRequestException',
      },
      { atlassianCode: 'BadRequestException', detail: 'The page is taken.' },
    ],
    [
      { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] },
      { atlassianCode: 'NOT_FOUND', title: 'Not Found' },
    ],
  ])('are read: %j', async (body, said) => {
    const error = await errorFor(403, body);

    expect(error).toMatchObject(said);
    expect(String(error)).toContain('detail' in said ? said.detail : said.title);
  });
});

describe('the body', () => {
  test.for(['404', 404])('of the Organizations API is read, with status %o', async (status) => {
    const error = await errorFor(404, {
      errors: [{ id: '0c7f-1b', status, code: 'ADMIN-UAM-404-1', title: 'Unknown Resource', detail: 'No such user' }],
    });

    expect(error).toMatchObject({
      code: 'not_found',
      atlassianCode: 'ADMIN-UAM-404-1',
      title: 'Unknown Resource',
      detail: 'No such user',
      traceId: '0c7f-1b',
      message: 'things.create failed with 404 (ADMIN-UAM-404-1): No such user',
    });
  });

  test('of SCIM is read', async () => {
    const error = await errorFor(409, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: 'Resource [USER]: with email[a@b.c] already exists.',
    });

    expect(error).toMatchObject({
      code: 'conflict',
      scimType: 'uniqueness',
      detail: 'Resource [USER]: with email[a@b.c] already exists.',
    });
  });

  test('of the SCIM gateway is read', async () => {
    const error = await errorFor(403, {
      error: 'Not authorized to access : scim/directory/x/Users',
      traceId: 'e40ee97f',
    });

    expect(error).toMatchObject({
      code: 'forbidden',
      detail: 'Not authorized to access : scim/directory/x/Users',
      traceId: 'e40ee97f',
    });
  });

  test('of the proxy is read', async () => {
    const error = await errorFor(401, { code: 401, message: 'Unauthorized' });

    expect(error).toMatchObject({ code: 'unauthenticated', detail: 'Unauthorized', atlassianCode: undefined });
  });

  test('of the routing layer is read', async () => {
    const error = await errorFor(404, {
      timestamp: '2026-03-01T00:00:00Z',
      path: '/v2/orgs',
      status: 404,
      error: 'Not Found',
      requestId: 'abc-1',
      message: 'TCS validation failed',
    });

    expect(error).toMatchObject({ title: 'Not Found', detail: 'TCS validation failed', traceId: 'abc-1' });
  });

  test.for([
    ['a rule', 'forbidden.action', { allowed: false, reason: { key: 'externalDirectory.scim' } }],
    [
      'rules by field',
      'forbidden.fieldMutation',
      { name: { allowed: false, reason: { key: 'externalDirectory.scim' } } },
    ],
  ] as const)('of user management with %s names the rule and what to do', async ([, key, context]) => {
    const error = await errorFor(403, { key, context, errorKey: key, errorDetail: context });

    expect(error).toMatchObject({
      code: 'forbidden',
      atlassianCode: key,
      reasonKey: 'externalDirectory.scim',
      advice: expect.stringContaining('The SCIM directory owns this'),
    });
  });

  test('of user management with a sentence is read, from errorDetail too', async () => {
    const error = await errorFor(404, { errorKey: 'account-not-found', errorDetail: 'Error: User account not found' });

    expect(error).toMatchObject({ atlassianCode: 'account-not-found', detail: 'Error: User account not found' });
  });

  test('of user management names the fields that break a constraint', async () => {
    const error = await errorFor(400, {
      key: 'fieldConstraintsViolated',
      context: {
        fieldViolations: [{ field: 'nickname', violations: [{ key: 'maxLength' }, { key: 'validCharacters' }] }],
      },
    });

    expect(error).toMatchObject({
      code: 'rejected',
      detail: 'nickname: maxLength, nickname: validCharacters',
      reasonKey: 'maxLength',
      reasons: [
        { field: 'nickname', key: 'maxLength' },
        { field: 'nickname', key: 'validCharacters' },
      ],
    });
  });

  test('of user management lists what stands against a change of the life cycle', async () => {
    const error = await errorFor(409, {
      key: 'conflict.lifecycleErrors',
      context: {
        message: 'Cannot delete',
        errorCodes: [{ code: 'billing.contact', message: 'Is the billing contact' }],
      },
    });

    expect(error).toMatchObject({
      code: 'conflict',
      detail: 'Cannot delete',
      reasonKey: undefined,
      reasons: [{ key: 'billing.contact', message: 'Is the billing contact' }],
    });
  });

  test('of Bitbucket is read', async () => {
    const error = await errorFor(404, { type: 'error', error: { message: 'Not here', detail: 'No workspace' } });

    expect(error).toMatchObject({ title: 'Not here', detail: 'No workspace' });
  });

  test('of Bitbucket names the scopes that the credential lacks', async () => {
    const error = await errorFor(403, {
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: { required: ['repository:admin'], granted: ['account'] },
        id: 'b7f0a1',
      },
    });

    expect(error).toMatchObject({
      code: 'forbidden',
      detail: 'Your credentials lack one or more required privilege scopes.',
      reasons: [{ key: 'repository:admin', field: 'scope' }],
      traceId: 'b7f0a1',
      advice: 'Give the credential what it lacks: repository:admin.',
    });
  });

  test('of Bitbucket names the fields that are wrong', async () => {
    const error = await errorFor(400, {
      type: 'error',
      error: {
        message: 'Bad request',
        fields: { name: ['required key not provided'], type: 'extra keys not allowed' },
      },
    });

    expect(error).toMatchObject({
      reasons: [
        { key: 'required key not provided', field: 'name' },
        { key: 'extra keys not allowed', field: 'type' },
      ],
    });
  });

  test('of Jira is read', async () => {
    const error = await errorFor(400, { errorMessages: ['Bad query'], errors: { jql: 'unknown field' } });

    expect(error).toMatchObject({ detail: 'Bad query jql: unknown field' });
  });

  test('in HTML is not quoted', async () => {
    const error = await errorFor(403, '<html><body>secret page</body></html>');

    expect(error).toMatchObject({ code: 'forbidden', detail: 'an HTML page instead of JSON' });
    expect(String(error)).not.toContain('secret page');
  });

  test('in plain text is taken as a sentence', async () => {
    const error = await errorFor(429, 'Rate limit for this resource\nhas been exceeded');

    expect(error).toMatchObject({ detail: 'Rate limit for this resource has been exceeded' });
  });

  test('that is long is cut', async () => {
    const error = await errorFor(400, { message: 'x'.repeat(2000) });

    expect((error as { detail: string }).detail).toHaveLength(501);
  });

  test.for(['', 'null', '[]', '42', '{}', '{"errors":[]}', '{"errors":[null,7]}', '{"key":7}', '{"error":null}'])(
    'that says nothing (%s) leaves the status',
    async (body) => {
      const error = await errorFor(403, body);

      expect(error).toMatchObject({ code: 'forbidden', atlassianCode: undefined, detail: undefined, reasons: [] });
    },
  );

  test("gives way to the header for the trace id, which is the request's own", async () => {
    const error = await errorFor(500, { error: 'x', traceId: 'body-1' }, { 'atl-traceid': 'header-1' });

    expect(error).toMatchObject({ traceId: 'header-1' });
  });
});
