import { Buffer } from 'node:buffer';
import type { SeenCredential, TokenCaller } from '../routes/route.js';
import type { FakeState } from '../state/fake-state.js';
import type { ApiKey } from '../state/organization-rows.js';
import { findBitbucketBasic, findBitbucketBearer, type BitbucketCredential } from './bitbucket-credential.js';

/** What a request came with. At most one of `key`, `deadKey`, `caller` and `bitbucket` is set. */
export interface PresentedCredential {
  readonly credential: SeenCredential;
  readonly key: ApiKey | undefined;
  readonly deadKey: ApiKey | undefined;
  readonly caller: TokenCaller | undefined;
  readonly bitbucket: BitbucketCredential | undefined;
}

const NOTHING: PresentedCredential = {
  credential: 'none',
  key: undefined,
  deadKey: undefined,
  caller: undefined,
  bitbucket: undefined,
};

/** Reads an `Authorization` header. Basic counts as a site token whatever it holds. */
export function readCredential(state: FakeState, authorization: string | null, now: number): PresentedCredential {
  if (authorization === null) return NOTHING;
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/u);
  if (scheme.toLowerCase() === 'basic')
    return { ...NOTHING, credential: 'site-token', ...findBasic(state, value, now) };
  if (scheme.toLowerCase() !== 'bearer') return { ...NOTHING, credential: 'unknown' };

  const key = state.keys.find('secret', value);
  if (key === undefined) return findServiceToken(state, value, now);
  const dead = key.revoked || (key.expiresAt !== undefined && key.expiresAt <= now);
  return {
    ...NOTHING,
    credential: key.kind,
    key: dead ? undefined : key,
    deadKey: dead ? key : undefined,
  };
}

function findBasic(state: FakeState, value: string, now: number): Partial<PresentedCredential> {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const secret = decoded.slice(colon + 1);
  const key = state.keys.find('secret', secret);
  if (key?.kind === 'site-token' && !key.revoked) return { key };

  const caller = findCaller(state, secret, now);
  if (caller?.account.email.toLowerCase() === decoded.slice(0, colon).toLowerCase()) return { caller };
  const bitbucket = findBitbucketBasic(state, decoded.slice(0, colon), secret);
  return bitbucket === undefined ? {} : { credential: 'bitbucket', bitbucket };
}

/** A service account may send its token alone; a person sends the email with it. */
function findServiceToken(state: FakeState, secret: string, now: number): PresentedCredential {
  const bitbucket = findBitbucketBearer(state, secret, now);
  if (bitbucket !== undefined) return { ...NOTHING, credential: 'bitbucket', bitbucket };
  const caller = findCaller(state, secret, now);
  return caller?.account.type === 'app'
    ? { ...NOTHING, credential: 'site-token', caller }
    : { ...NOTHING, credential: 'unknown' };
}

function findCaller(state: FakeState, secret: string, now: number): TokenCaller | undefined {
  const token = state.apiTokens.find('secret', secret);
  const account = token === undefined ? undefined : state.accounts.get(token.accountId);
  if (token === undefined || account?.status !== 'active') return undefined;
  return token.expiresAt !== undefined && token.expiresAt <= now ? undefined : { account, token };
}
