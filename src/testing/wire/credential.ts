import { Buffer } from 'node:buffer';
import type { SeenCredential } from '../routes/route.js';
import type { FakeState } from '../state/fake-state.js';
import type { ApiKey } from '../state/organization-rows.js';

/** What a request came with. At most one of `key` and `deadKey` is set. */
export interface PresentedCredential {
  readonly credential: SeenCredential;
  readonly key: ApiKey | undefined;
  readonly deadKey: ApiKey | undefined;
}

const NOTHING: PresentedCredential = { credential: 'none', key: undefined, deadKey: undefined };

/** Reads an `Authorization` header. Basic counts as a site token whatever it holds: these APIs refuse it all. */
export function readCredential(state: FakeState, authorization: string | null, now: number): PresentedCredential {
  if (authorization === null) return NOTHING;
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/u);
  if (scheme.toLowerCase() === 'basic') return { ...NOTHING, credential: 'site-token', ...findBasic(state, value) };
  if (scheme.toLowerCase() !== 'bearer') return { ...NOTHING, credential: 'unknown' };

  const key = state.keys.find('secret', value);
  if (key === undefined) return { ...NOTHING, credential: 'unknown' };
  const dead = key.revoked || (key.expiresAt !== undefined && key.expiresAt <= now);
  return {
    credential: key.kind,
    key: dead ? undefined : key,
    deadKey: dead ? key : undefined,
  };
}

function findBasic(state: FakeState, value: string): Partial<PresentedCredential> {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const key = state.keys.find('secret', decoded.slice(decoded.indexOf(':') + 1));
  return key?.kind === 'site-token' && !key.revoked ? { key } : {};
}
