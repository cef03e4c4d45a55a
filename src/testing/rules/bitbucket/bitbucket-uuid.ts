import { createHash } from 'node:crypto';

/** The UUID of a person in Bitbucket, in braces: the same for an account in every run. */
export function bitbucketUserUuid(accountId: string): string {
  const digits = createHash('md5').update(accountId).digest('hex');
  const parts = [8, 12, 16, 20, 32].map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end));
  return `{${parts.join('-')}}`;
}
