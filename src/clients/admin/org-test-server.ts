import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { ApiRequest, CallOptions, RepeatSafety, Transport } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import { AdminOrgClient } from './admin-org-client.js';

/** A call as the transport was given it. */
interface SeenCall {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** Without the parameters that are left out. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly repeat: RepeatSafety | undefined;
  readonly options: CallOptions;
}

/** A client, and the calls it has made so far. */
export interface TestOrganization {
  readonly admin: AdminOrgClient;
  readonly calls: readonly SeenCall[];
}

/** The only organization of the tests. */
export const ORG_ID = 'b2c1-org' as OrganizationId;

/** A client of an organization that plays these answers in turn; `undefined` is an empty body. */
export function organization(...answers: readonly unknown[]): TestOrganization {
  const calls: SeenCall[] = [];
  const left = [...answers];
  const transport: Transport<'organization-key'> = {
    credentialKind: 'organization-key',
    baseUrl: 'https://api.atlassian.com',
    send<Result>(request: ApiRequest<Result>): Promise<Result> {
      calls.push(seen(request));
      if (left.length === 0 && answers.length > 0)
        return Promise.reject(new Error(`No answer is left for ${request.operation}`));
      const parsed = request.response.safeParse(left.shift());
      return parsed.success
        ? Promise.resolve(parsed.data)
        : Promise.reject(new ProvisionerError('response_invalid', parsed.error.message));
    },
  };
  return { admin: new AdminOrgClient(transport, ORG_ID), calls };
}

function seen(request: ApiRequest<unknown>): SeenCall {
  const { operation, method, path, query = {}, body, repeat, signal, attemptTimeoutMs, totalTimeoutMs } = request;
  return {
    operation,
    method,
    path,
    query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
    body,
    repeat,
    options: { signal, attemptTimeoutMs, totalTimeoutMs },
  };
}

/** Everything that a walk yields. */
export async function all<Item>(walk: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of walk) items.push(item);
  return items;
}
