import type { Entity } from '../entities/entity.js';
import type { OpenQuestion, PathNode } from './access-path.js';
import type { Holder } from './holder.js';

/** That a holder has something, as one entity of the snapshot says it. */
export interface Edge {
  readonly holder: Holder;
  readonly mask: number;
  readonly maybe: number;
  /** In the words of the product. */
  readonly name: string;
  readonly evidence: Entity;
  /** Of a grant within the entity. */
  readonly grantId?: string;
  /** A space role between the holder and the space. */
  readonly by?: PathNode;
  /** Of an administrator: what is administered. */
  readonly place?: PathNode;
  /** The level that comes out of all ways, from a product that does not tell the way. */
  readonly effective?: boolean;
  /** Why it is only `maybe`, where its name is not the reason. */
  readonly doubt?: OpenQuestion;
}

/** The same, of which it is not known whether it is in force. */
export function doubtful(edge: Edge, doubt: OpenQuestion): Edge {
  return { ...edge, mask: 0, maybe: edge.mask | edge.maybe, doubt };
}
