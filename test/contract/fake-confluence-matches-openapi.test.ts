import { beforeAll, describe, expect, test } from 'vitest';
import { confluenceCalls } from './confluence-calls.js';
import { confluenceTour, type ToldAnswer } from './confluence-tour.js';
import { assertValidResponse, isDocumented } from './openapi/contract.js';
import { missing } from './openapi/load.js';

const because = missing === undefined ? '' : ` (${missing})`;

/** The operation of an answer that its document allows, or what is wrong with it. */
function verdictOn({ method, path, status, body }: ToldAnswer): { operation?: string; problem?: string } {
  try {
    return { operation: assertValidResponse(method, path, status, body) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

describe.skipIf(missing !== undefined)(`every answer of the fake's Confluence${because}`, () => {
  describe.each([
    ['as it is', {}],
    ['with its other habits', { confluenceOpenRows: 'null', confluenceRoleRows: 'flattened', confluenceShortPages: 1 }],
  ] as const)('%s', (_how, switches) => {
    let answers: ToldAnswer[];
    beforeAll(async () => {
      answers = (await confluenceTour({ switches })).filter(({ method, path }) => isDocumented(method, path));
    });

    test('is one that its OpenAPI document has', () => {
      const problems = answers.map((answer) => verdictOn(answer).problem).filter((problem) => problem !== undefined);

      expect([...new Set(problems)]).toEqual([]);
    });

    test('of every operation that the client sends there is at least one that is no refusal', () => {
      const succeeded = answers.filter(({ status }) => status < 400).map((answer) => verdictOn(answer).operation);

      expect([...new Set(succeeded)].toSorted()).toEqual(Object.keys(confluenceCalls).toSorted());
    });
  });

  test('refuses in every status that Confluence has', async () => {
    const answers = await confluenceTour();

    const statuses = new Set(answers.map(({ status }) => status));

    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 201, 204, 400, 401, 403, 404, 410]);
  });
});
