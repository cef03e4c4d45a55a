import type { AdminEntity } from './admin-entities.js';
import type { BitbucketEntity } from './bitbucket-entities.js';
import type { ConfluenceEntity } from './confluence-entities.js';
import type { Connection } from './connection.js';
import type { Gap } from './gap.js';
import type { EntityType } from './entity-type.js';
import type { JiraEntity } from './jira-entities.js';

/** Anything that is discovered. `type` and `id` together name it within a snapshot. */
export type Entity = AdminEntity | JiraEntity | ConfluenceEntity | BitbucketEntity | Connection;

/** The entity of one kind. */
export type EntityOf<Type extends EntityType> = Extract<Entity, { readonly type: Type }>;

/** What a reader of one product yields, gaps included. */
export interface EntitiesOfProduct {
  readonly admin: AdminEntity;
  readonly jira: JiraEntity;
  readonly confluence: ConfluenceEntity;
  readonly bitbucket: BitbucketEntity;
}

/** One of the kinds, or a gap. */
export type Discovered = Entity | Gap;
