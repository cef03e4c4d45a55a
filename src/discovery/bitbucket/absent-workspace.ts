import type { BitbucketEntity } from '../entities/bitbucket-entities.js';
import { typesOfProduct } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { gap, type Part } from '../reading/gap-of-error.js';
import type { ReadSession } from '../reading/read-session.js';

/** All of a workspace. */
export const EVERYTHING: Part = { name: 'everything', hides: typesOfProduct('bitbucket') };

/** What a workspace that is not there leaves: not found; not proven to be all that there is; left out by the options. */
const LEFT_BY_NOTHING: ReadonlySet<Gap['reason']> = new Set(['not-found', 'forbidden', 'truncated', 'skipped']);

/**
 * Puts one gap in the place of all where no list found anything, and one was told that there is no such workspace.
 *
 * Asking for the workspace first would cost a call. Gaps wait for the first entity therefore.
 */
export async function* oneGapWhereAbsent(
  session: ReadSession<'bitbucket'>,
  stream: AsyncIterable<BitbucketEntity | Gap>,
): AsyncGenerator<BitbucketEntity | Gap, void, undefined> {
  const waiting: Gap[] = [];
  let isThere = false;
  for await (const one of stream) {
    if (!isThere && one.type === 'gap' && one.resource === undefined && LEFT_BY_NOTHING.has(one.reason)) {
      waiting.push(one);
      continue;
    }
    isThere = true;
    yield* waiting.splice(0);
    yield one;
  }
  const missing = waiting.find(({ reason }) => reason === 'not-found');
  if (missing === undefined) {
    yield* waiting;
    return;
  }
  yield session.triedAgain(
    gap('bitbucket', EVERYTHING, {
      what: 'no-workspace',
      reason: 'absent',
      message: `Bitbucket has no such workspace, or hides it: ${missing.message}`,
      advice: 'Check the name of the workspace: it is the one that stands in its addresses.',
      ...(missing.code !== undefined && { code: missing.code }),
    }),
  );
}
