import type { AtlassianAccountId } from '../../model/ids.js';
import type { Tagged } from '../../model/tagged.js';

/** Id of a workspace, project, repository or user in Bitbucket: a UUID, always in braces. */
export type BitbucketUuid = Tagged<string, 'BitbucketUuid'>;

/** A person in a path of Bitbucket: by account id or by UUID, never by a user name. */
export type BitbucketUserRef = AtlassianAccountId | BitbucketUuid;

const UUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** Marks a string as a {@link BitbucketUuid} and puts it in braces. Throws a `TypeError` when it is no UUID. */
export function bitbucketUuid(value: string): BitbucketUuid {
  const digits = UUID.exec(value)?.[1];
  if (digits === undefined) throw new TypeError('bitbucketUuid must be a UUID, with or without braces');
  return `{${digits}}` as BitbucketUuid;
}
