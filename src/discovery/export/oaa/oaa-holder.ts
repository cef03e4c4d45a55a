import type { Principal } from '../../entities/principal.js';

/** A principal as an application of Veza can have it: a user, a group, or a group that stands for a kind of holder. */
export type OaaHolder =
  | { readonly type: 'user' | 'group'; readonly id: string }
  | { readonly type: 'kind'; readonly kind: string; readonly name: string };

/** What a principal is. A kind that is not known is a kind of its own. */
export function holderOf(principal: Principal): OaaHolder {
  switch (principal.type) {
    case 'account':
      return { type: 'user', id: principal.id };
    case 'group':
    case 'bitbucket.group':
      return { type: 'group', id: principal.id };
    case 'anonymous':
      return kindOf('anonymous', 'Everybody, without signing in');
    case 'authenticated':
      return kindOf('authenticated', 'Every signed-in person');
    case 'licensed':
      return kindOf('licensed', 'Every person with access to the product');
    case 'product-admins':
      return kindOf('product-admins', 'Administrators of the product');
    case 'jira.applicationRole':
      return kindOf(`application:${principal.id}`, `Every person with access to ${principal.id}`);
    case 'jira.projectRole':
      return kindOf(`project-role:${principal.id}`, `Whoever has the project role ${principal.id}`);
    case 'conditional': {
      const condition = principal.parameter === undefined ? principal.id : `${principal.id}:${principal.parameter}`;
      return kindOf(`conditional:${condition}`, `Whoever is ${condition}`);
    }
    case 'unknown': {
      const kind = principal.id === undefined ? principal.kind : `${principal.kind}:${principal.id}`;
      return kindOf(`unknown:${kind}`, `Holder of an unknown kind: ${kind}`);
    }
  }
}

function kindOf(kind: string, name: string): OaaHolder {
  return { type: 'kind', kind, name };
}
