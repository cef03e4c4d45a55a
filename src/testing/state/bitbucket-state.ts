import type {
  AppPasswordRow,
  BitbucketAccessTokenRow,
  BitbucketGrantRow,
  BitbucketGroupRow,
  BitbucketMemberRow,
  BitbucketProjectRow,
  BitbucketRepositoryRow,
  BitbucketWorkspaceRow,
  BranchingModelRow,
  BranchRuleRow,
  OauthConsumerRow,
  OauthTokenRow,
} from './bitbucket-rows.js';
import type { HistoryWindow } from './history.js';
import { Table } from './table.js';

/** What Bitbucket knows beside the accounts and the groups of the organization. */
export class BitbucketState {
  /** Absent until something of Bitbucket is added. */
  workspace: BitbucketWorkspaceRow | undefined;

  readonly members: Table<BitbucketMemberRow>;
  readonly groups: Table<BitbucketGroupRow, 'slug'>;
  readonly projects: Table<BitbucketProjectRow, 'key'>;
  readonly repositories: Table<BitbucketRepositoryRow, 'slug' | 'projectUuid'>;
  /** `holder` is `user:<accountId>` or `group:<groupId>`. */
  readonly grants: Table<BitbucketGrantRow, 'placeUuid' | 'holder'>;
  readonly rules: Table<BranchRuleRow, 'placeUuid'>;
  readonly models: Table<BranchingModelRow>;
  readonly consumers: Table<OauthConsumerRow>;
  readonly oauthTokens: Table<OauthTokenRow>;
  readonly accessTokens: Table<BitbucketAccessTokenRow>;
  readonly appPasswords: Table<AppPasswordRow>;

  constructor(window: HistoryWindow) {
    this.members = new Table((row) => row.accountId, {}, window);
    this.groups = new Table((row) => row.groupId, { slug: (row) => row.slug }, window);
    this.projects = new Table((row) => row.uuid, { key: (row) => row.key }, window);
    this.repositories = new Table(
      (row) => row.uuid,
      { slug: (row) => row.slug, projectUuid: (row) => row.projectUuid },
      window,
    );
    this.grants = new Table<BitbucketGrantRow, 'placeUuid' | 'holder'>(
      bitbucketGrantId,
      { placeUuid: (row) => row.placeUuid, holder: (row) => `${row.holder}:${row.holderId}` },
      window,
    );
    this.rules = new Table((row) => row.id, { placeUuid: (row) => row.placeUuid }, window);
    this.models = new Table((row) => row.placeUuid, {}, window);
    this.consumers = new Table((row) => row.key, {}, window);
    this.oauthTokens = new Table((row) => row.secret, {}, window);
    this.accessTokens = new Table((row) => row.secret, {}, window);
    this.appPasswords = new Table((row) => row.secret, {}, window);
  }

  snapshot(): unknown {
    return [this.workspace, ...this.#tables().map((table) => table.snapshot())];
  }

  restore(snapshot: unknown): void {
    const [workspace, ...tables] = snapshot as [BitbucketWorkspaceRow | undefined, ...unknown[]];
    this.workspace = workspace;
    for (const [position, table] of this.#tables().entries()) table.restore(tables[position]);
  }

  #tables(): readonly { snapshot(): unknown; restore(snapshot: unknown): void }[] {
    return [
      this.members,
      this.groups,
      this.projects,
      this.repositories,
      this.grants,
      this.rules,
      this.models,
      this.consumers,
      this.oauthTokens,
      this.accessTokens,
      this.appPasswords,
    ] as never;
  }
}

/** Id of a grant: a holder has one level in a place. */
export function bitbucketGrantId({ placeUuid, holder, holderId }: Omit<BitbucketGrantRow, 'level'>): string {
  return `${placeUuid}\n${holder}:${holderId}`;
}
