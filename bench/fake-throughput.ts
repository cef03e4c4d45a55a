import { loadFake } from './load-build.js';
import { alternate, type Ratio } from './ratio.js';

const PEOPLE = 10_000;
const REQUESTS = 2_000;

/** Time of one read of the fake in process, against a `fetch` that gives the same text back without thinking. */
export async function fakeThroughput(): Promise<Ratio> {
  const { FakeAtlassian, generateOrganization } = await loadFake();
  const fake = new FakeAtlassian();
  generateOrganization(fake, { people: PEOPLE });
  const { scim } = fake.connection();
  const headers = { authorization: `Bearer ${scim.token}` };
  const url = `${scim.url}/Users?count=1&startIndex=${String(PEOPLE / 2)}`;
  const answer = await (await fake.fetch(url, { headers })).text();
  const parrot = async (input: string, init: RequestInit) => {
    await new Request(input, init).text();
    return new Response(answer);
  };

  const read = async (fetchLike: (input: string, init: RequestInit) => Promise<Response>) => {
    const startedAt = performance.now();
    for (let sent = 0; sent < REQUESTS; sent += 1) await (await fetchLike(url, { headers })).json();
    fake.requests.clear();
    return ((performance.now() - startedAt) / REQUESTS) * 1000;
  };
  await read(fake.fetch);
  await read(parrot);
  const { measured, baseline } = await alternate(
    7,
    () => read(fake.fetch),
    () => read(parrot),
  );
  return { name: `read of the fake, ${String(PEOPLE)} people / canned answer`, measured, baseline, unit: 'µs' };
}
