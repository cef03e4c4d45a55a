import { ProvisionerError } from '../errors/provisioner-error.js';
import type { ResolvedGroup } from '../model/group.js';
import type { GroupChoice } from './input-schemas.js';
import type { GroupWish } from './group-wish.js';

/**
 * Leaves one wish for each group, by whatever name or id it was asked for.
 *
 * @throws `request_invalid` when a group is to be added and removed, or written by two routes.
 */
export function oneWishForEachGroup(wishes: readonly GroupWish[]): readonly GroupWish[] {
  const byGroup = new Map<string, GroupWish>();
  return wishes.filter((wish) => {
    const { resolution } = wish;
    if (resolution.status !== 'resolved') return true;
    const key = idOf(resolution.group);
    const earlier = byGroup.get(key);
    if (earlier === undefined) {
      byGroup.set(key, wish);
      return true;
    }
    if (earlier.change !== wish.change)
      throw contradiction(`${asked(earlier.choice)} and ${asked(wish.choice)} are one group, in add and in remove`);
    if (earlier.choice.route !== wish.choice.route)
      throw contradiction(`${asked(earlier.choice)} and ${asked(wish.choice)} are one group, with two routes`);
    return false;
  });
}

function idOf({ orgGroupId, scimGroupId, name }: ResolvedGroup): string {
  return orgGroupId ?? scimGroupId ?? name;
}

function asked({ name, scimGroupId, orgGroupId }: GroupChoice): string {
  return `"${name ?? scimGroupId ?? orgGroupId ?? ''}"`;
}

function contradiction(what: string): ProvisionerError {
  return new ProvisionerError('request_invalid', `${what}. Nothing was written`, {
    advice: 'Name each group once, in one of the two lists.',
  });
}
