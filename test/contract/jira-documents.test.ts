import { beforeAll, describe, expect, test } from 'vitest';
import { JiraClient } from '../../src/clients/jira/jira-client.js';
import { describeDocuments } from './describe-documents.js';
import { jiraCalls } from './jira-calls.js';
import { jiraTour, type ToldJiraAnswer } from './jira-tour.js';
import { assertValidResponse, isDocumented } from './openapi/contract.js';
import { missing } from './openapi/load.js';

const calls = Object.entries(jiraCalls);
const because = missing === undefined ? '' : ` (${missing})`;

/** What the client leaves out on purpose. */
const LEFT_OUT = [
  // Addresses, pictures, and what could be asked for besides; sizes and positions of pages.
  /(^|\.)(self|expand|nextPage|avatarUrl|avatarUrls\..*)$/,
  /^(startAt|maxResults|total)$/,
  // Withdrawn ids of users, and the inside of a list that is not of this product.
  /(^|\.)(key|name)$/,
  /(^|\.)(groups|applicationRoles)\.(max-results|items\..*)$/,
  /(^|\.)applicationRoles\.size$/,
  // Of the lead and of those who archived or deleted, all but who the lead is.
  /(^|\.)(archivedBy|deletedBy)\./,
  /\.?lead\.groups\./,
  // Parts of a project that do not bear on access.
  /(^|\.)(components|versions|issueTypes|issueTypeHierarchy|landingPageInfo|insight|roles|properties)\b/,
  /(^|\.)(assigneeType|email|retentionTillDate|uuid|entityId)$/,
  /(^|\.)projectCategory\.(id|description)$/,
  // Of a scope, the project; of an actor, each name once; the name of a role in the language of the caller.
  /(^|\.)scope\.(type|project\.(?!id$).*)$/,
  /(^|\.)(actorGroup\.displayName|translatedName)$/,
  // Of a permission, all but its key; of the address of a role, its id.
  /^permissions\.extra\.(description|id|type)$/,
  /^extra$/,
  // Builds, and addresses of other products.
  /^(versionNumbers\.0|scmInfo|displayUrl\w*|healthChecks\..*)$/,
  // The names of groups stand in the details of groups, too; seats without a limit.
  /(^|\.)(groups|defaultGroups)\.0$/,
  /(^|\.)(numberOfSeats|remainingSeats)$/,
];

test('the client sends 24 documented operations of Jira', () => {
  expect(Object.keys(jiraCalls)).toHaveLength(24);
});

describeDocuments({
  of: 'Jira',
  calls: jiraCalls,
  connect: (settings) =>
    JiraClient.connect({
      url: 'https://acme.atlassian.net',
      user: 'rosa@acme.com',
      token: 'ATATT-contract',
      ...settings,
    }),
  leftOut: LEFT_OUT,
  saysNothing: ['POST /rest/api/3/group/user'],
  plain: String,
});

describe.skipIf(missing !== undefined)(`every answer of the fake’s Jira${because}`, () => {
  describe.each([
    ['as it is', {}],
    [
      'with its other habits',
      { jiraHiddenEmail: 'null', jiraSyncedGroup: 400, jiraTeamManagedRoles: 'own-and-global' },
    ],
  ] as const)('%s', (_how, switches) => {
    let answers: readonly ToldJiraAnswer[];
    beforeAll(async () => {
      answers = await jiraTour({ switches });
    });

    test('is one that the OpenAPI document has', () => {
      const problems = answers
        .filter(({ method, path }) => isDocumented(method, path))
        .map(({ method, path, status, body }) => {
          try {
            assertValidResponse(method, path, status, body);
            return undefined;
          } catch (error) {
            return (error as Error).message;
          }
        });

      expect([...new Set(problems)].filter((problem) => problem !== undefined)).toEqual([]);
    });

    test('is of an operation of the document, but for what was withdrawn', () => {
      const others = answers.filter(({ method, path }) => !isDocumented(method, path));

      expect(new Set(others.map(({ method, path, status }) => `${method} ${path} ${String(status)}`))).toEqual(
        new Set(['GET /rest/api/3/search 410', 'POST /rest/api/3/search 410', 'GET /_edge/tenant_info 200']),
      );
    });

    test('of every operation that the client sends there is at least one that is no refusal', () => {
      const succeeded = new Set(
        answers
          .filter(({ status, method, path }) => status < 400 && isDocumented(method, path))
          .map(({ method, path, status, body }) => assertValidResponse(method, path, status, body)),
      );

      expect(calls.map(([key]) => key).filter((key) => !succeeded.has(key))).toEqual([]);
    });
  });
});
