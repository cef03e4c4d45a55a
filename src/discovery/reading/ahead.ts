import type { FeedInput } from './feed.js';

/** Asks for the next page as soon as one has come, if those who read on from it have room for more. */
export async function* ahead<Value>(
  pages: AsyncGenerator<Value, void, undefined>,
  feed: Pick<FeedInput<never>, 'room'> | undefined,
): AsyncGenerator<Value, void, undefined> {
  const ask = (): Promise<IteratorResult<Value, void>> => {
    const answer = feed === undefined ? pages.next() : feed.room().then(async () => pages.next());
    // Whoever takes the answer gets its error; nobody does when the reading ends before.
    answer.catch(() => undefined);
    return answer;
  };
  for (let coming = ask(); ;) {
    const page = await coming;
    if (page.done === true) return;
    coming = ask();
    yield page.value;
  }
}
