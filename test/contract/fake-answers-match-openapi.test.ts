import { beforeAll, describe, expect, test } from 'vitest';
import { tour, type ToldAnswer } from './admin-tour.js';
import { assertValidResponse } from './openapi/contract.js';
import { missing } from './openapi/load.js';
import { allOperations } from './openapi/operations.js';

const because = missing === undefined ? '' : ` (${missing})`;

/** The operation of an answer that its document allows, or what is wrong with it. */
function verdictOn({ method, path, status, body }: ToldAnswer): { operation?: string; problem?: string } {
  try {
    return { operation: assertValidResponse(method, path, status, body) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

describe.skipIf(missing !== undefined)(`every answer of the fake${because}`, () => {
  // The document has no answer for an address that is taken; with this setting the fake gives one that it has.
  const emailTaken = 400;

  describe.each([
    ['as it is', { emailTaken }],
    ['without nulls and without error bodies', { emailTaken, absentValues: 'omit', writeErrorBodies: 'empty' }],
    [
      'with its other habits',
      { emailTaken, readdMember: 409, workspaceNext: 'url', inferredRoles: true, lockedDeletionReason: 'given' },
    ],
  ] as const)('%s', (_how, switches) => {
    let answers: ToldAnswer[];
    beforeAll(async () => {
      answers = await tour({ switches });
    });

    test('is one that its OpenAPI document has', () => {
      const problems = answers.map((answer) => verdictOn(answer).problem).filter((problem) => problem !== undefined);

      expect([...new Set(problems)]).toEqual([]);
    });

    test('of every operation there is at least one that is no refusal', () => {
      const succeeded = answers.filter(({ status }) => status < 400).map((answer) => verdictOn(answer).operation);

      expect([...new Set(succeeded)].toSorted()).toEqual(allOperations('organizations', 'userManagement').toSorted());
    });
  });

  test('refuses in every status that a document has, but for those that are not the organization’s to cause', async () => {
    const answers = await tour();

    const statuses = new Set(answers.map(({ status }) => status));

    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 201, 202, 204, 206, 400, 401, 403, 404, 409]);
  });
});
