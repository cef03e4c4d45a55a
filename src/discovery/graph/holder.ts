import type { Product } from '../entities/entity-type.js';
import type { PathNode } from './access-path.js';

/**
 * A holder as one number: which of its kind, and the kind in the last two bits. It is small enough for typed arrays and
 * for maps, of which there are many.
 */
export type Holder = number;
/** How many kinds there are. */
export const KINDS = 4;
export const ACCOUNT = 0;
export const GROUP = 1;
export const ROLE = 2;
export const OTHER = 3;

/** A holder that is no account, group or project role of its own. */
export type OtherHolder =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'authenticated' | 'licensed' | 'product-admins'; readonly product: Product }
  | { readonly kind: 'application-role'; readonly id: string }
  /** A role in whichever project uses the scheme. It is resolved before anybody asks for its members. */
  | { readonly kind: 'role-of-project'; readonly roleId: string }
  | { readonly kind: 'lead-of-project' }
  | { readonly kind: 'conditional'; readonly id: string; readonly parameter?: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly id?: string };

/** The number of a holder. */
export function encoded(kind: number, index: number): Holder {
  return index * KINDS + kind;
}

/** What a holder that is no account, group or role is called. */
export function nodeOfOther(other: OtherHolder | undefined): PathNode {
  switch (other?.kind) {
    case 'anonymous':
      return { type: 'anonymous', id: 'anonymous', name: 'Everybody, without signing in' };
    case 'authenticated':
      return { type: 'authenticated', id: other.product, name: 'Every signed-in person' };
    case 'licensed':
      return { type: 'licensed', id: other.product, name: `Every person with access to ${other.product}` };
    case 'product-admins':
      return { type: 'product-admins', id: other.product, name: `Administrators of ${other.product}` };
    case 'application-role':
      return { type: 'jira.applicationRole', id: other.id };
    case 'role-of-project':
      return { type: 'jira.projectRole', id: other.roleId };
    case 'lead-of-project':
      return { type: 'conditional', id: 'projectLead', name: 'Project lead' };
    case 'conditional':
      return {
        type: 'conditional',
        id: other.id,
        ...(other.parameter !== undefined && { name: `${other.id} ${other.parameter}` }),
      };
    case 'unknown':
      return { type: 'unknown', id: other.id ?? other.name, name: other.name };
    case undefined:
      return { type: 'unknown', id: '' };
  }
}
