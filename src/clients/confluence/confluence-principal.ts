import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';

/**
 * People whom Confluence knows as one: `anonymous-users` are not signed in, `authenticated-users` are, with a licence or
 * without.
 */
export type ConfluenceAccessClass =
  'anonymous-users' | 'authenticated-users' | 'all-licensed-users' | 'all-product-admins' | 'jsm-project-admins';

/** Who holds something in a space. An app is a `user`, and for `role` the role assignments say who it is. */
export interface ConfluencePrincipal {
  readonly type: LiteralUnion<'user' | 'group' | 'access-class' | 'role'>;
  /** An account id, a group id, a role id or a {@link ConfluenceAccessClass}. */
  readonly id?: string;
}

/** Someone who can be given something in a space. */
export type ConfluenceGrantee =
  | { readonly type: 'user'; readonly id: AtlassianAccountId }
  | { readonly type: 'group'; readonly id: OrgGroupId }
  | { readonly type: 'access-class'; readonly id: LiteralUnion<ConfluenceAccessClass> };

/**
 * A principal of the classic permissions (`type`, `id`) and of roles (`principalType`, `principalId`).
 *
 * The two write the same in different letters, `ALL_LICENSED_USERS` and `all-licensed-users` (seen): both become the latter.
 */
export const confluencePrincipalSchema = lazySchema(() => {
  const text = z.string().nullish();
  return z
    .looseObject({ type: text, id: text, principalType: text, principalId: text })
    .transform((wire): ConfluencePrincipal => {
      const type = hyphenated(wire.principalType ?? wire.type ?? 'unknown');
      const id = wire.principalId ?? wire.id;
      return present({ type, id: type === 'access-class' && typeof id === 'string' ? hyphenated(id) : id });
    });
});

/** A principal as the calls of roles take it. */
export function toWirePrincipal({ type, id }: ConfluenceGrantee): { principalType: string; principalId: string } {
  return { principalType: type.toUpperCase().replaceAll('-', '_'), principalId: id };
}

function hyphenated(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
