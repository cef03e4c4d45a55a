/**
 * Sends every request through an agent of your own: a proxy, keep-alive settings, certificates.
 *
 *     npx tsx examples/proxy.ts
 */
import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';
// #region proxy
import { Agent, fetch as undiciFetch } from 'undici';

// Or `new ProxyAgent('http://proxy.acme.com:3128')`, or `new EnvHttpProxyAgent()`.
const dispatcher = new Agent({ keepAliveTimeout: 30_000, connections: 8 });

const viaAgent = async (request: Request): Promise<Response> => {
  const { url, method, headers, signal } = request;
  const body = request.body === null ? null : await request.text();
  const answer = await undiciFetch(url, {
    method,
    headers: [...headers],
    body,
    signal,
    redirect: 'manual',
    dispatcher,
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- two classes of one shape
  return answer;
};
// #endregion

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
const server = await fake.listen();

const atlassian = new AtlassianProvisioner({ ...server.connection(), fetch: viaAgent });
const { outcome } = await atlassian.syncIdentity({ email: 'rosa@acme.com' });
console.log(outcome);

await atlassian.close();
await dispatcher.close();
await server.close();
