/** Unconfirmed behaviour of Bitbucket, and behaviour that has changed on a known day. */
export interface BitbucketSwitches {
  /**
   * Whether the workspace is managed at admin.atlassian.com: then groups go by their id in the organization and cannot be
   * changed at Bitbucket, and nobody is told when people were added or last seen.
   */
  readonly bitbucketManaged: boolean;
  /** How tokens are given out: as since 4 May 2026, or as before, with `scopes` and a refresh token. */
  readonly bitbucketTokens: 'since-may-2026' | 'before';
  /** Seconds that a token of an OAuth consumer lasts. */
  readonly bitbucketTokenLifetimeS: number;
  /** The body of a 429: plain text, or the JSON envelope. */
  readonly bitbucketTooManyRequests: 'json' | 'text';
  /** Whether version 1.0 takes the tokens of OAuth consumers. */
  readonly bitbucketOauthGroups: boolean;
  /** Whether the undocumented `/internal/…/groups` is there. */
  readonly bitbucketInternalGroups: boolean;
  /** How lists tell their place: with numbers, or with a hash in `next` alone. */
  readonly bitbucketPages: 'numbered' | 'hashed';
  /** A `pagelen` over 100: refused, or taken for 100. */
  readonly bitbucketLongPages: 400 | 'clamped';
  /** Whether the rules of a project are listed with those of a repository that inherits them. */
  readonly bitbucketProjectRules: 'hidden' | 'shown';
  /** Revoking what is not granted. */
  readonly bitbucketRevokeAbsentGrant: 204 | 404;
  /** A private repository that the caller may not see. */
  readonly bitbucketHiddenRepository: 404 | 403;
  /** Writing a group of a workspace that is managed at admin.atlassian.com. */
  readonly bitbucketManagedGroupWrite: 405 | 403;
}

/** The likelier settings. */
export const DEFAULT_BITBUCKET_SWITCHES: BitbucketSwitches = {
  bitbucketManaged: true,
  bitbucketTokens: 'since-may-2026',
  bitbucketTokenLifetimeS: 7200,
  bitbucketTooManyRequests: 'json',
  bitbucketOauthGroups: true,
  bitbucketInternalGroups: false,
  bitbucketPages: 'numbered',
  bitbucketLongPages: 400,
  bitbucketProjectRules: 'hidden',
  bitbucketRevokeAbsentGrant: 204,
  bitbucketHiddenRepository: 404,
  bitbucketManagedGroupWrite: 405,
};
