import type { OrgGroup } from '../clients/admin/org-group.js';
import type { ScimGroupMembership } from '../clients/scim/scim-user.js';
import { GroupAmbiguousError, GroupNotFoundError, type GroupCandidate } from '../errors/identity-errors.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { GroupRef, ResolvedGroup } from '../model/group.js';
import { isReadOnly, isSynced, toResolvedGroup, type GroupSides, type ScimGroupSide } from './group-origin.js';
import { GroupReads } from './group-reads.js';
import { capabilityMissing, type IdentityClients } from './identity-clients.js';
import { mapLimited } from './map-limited.js';

const GROUPS_AT_A_TIME = 16;

/** Options of the group look-ups. */
export interface GroupOptions extends CallOptions {
  /**
   * Looks for each group on both sides. By default the SCIM directory is asked only where it matters for the route: not
   * for a group that is local in the organization.
   */
  readonly bothSides?: boolean | undefined;
  /**
   * SCIM groups that are known already, such as `groups` of a record. They cost no call where the organization tells the
   * rest.
   */
  readonly known?: readonly ScimGroupMembership[] | undefined;
}

/** What became of one group reference. */
export type GroupResolution =
  | { readonly ref: GroupRef; readonly status: 'resolved'; readonly group: ResolvedGroup }
  | { readonly ref: GroupRef; readonly status: 'not_found'; readonly error: GroupNotFoundError }
  | { readonly ref: GroupRef; readonly status: 'ambiguous'; readonly error: GroupAmbiguousError }
  | { readonly ref: GroupRef; readonly status: 'failed'; readonly error: ProvisionerError };

/** Finds groups by name or id on both sides. Always asks afresh: origin and ids change when a group is made anew. */
export class GroupResolver {
  readonly #clients: IdentityClients;

  constructor(clients: IdentityClients) {
    this.#clients = clients;
  }

  /** One outcome for each reference, in their order. A group that fails does not stop the others. */
  async resolve(refs: readonly GroupRef[], options: GroupOptions = {}): Promise<readonly GroupResolution[]> {
    const { bothSides = false, known, ...call } = options;
    const reads = new GroupReads(this.#clients, call, known);
    const wellFormed = refs.filter(isGroupRef);
    await this.#readAhead(wellFormed, reads, bothSides);
    return mapLimited(refs, GROUPS_AT_A_TIME, (ref) =>
      outcome(ref, async () => {
        if (!isGroupRef(ref)) throw notAGroupRef();
        return this.#group(ref, reads, bothSides);
      }),
    );
  }

  /** Reads for all together. What fails here fails again, without a call, for each group it concerns. */
  async #readAhead(refs: readonly GroupRef[], reads: GroupReads, bothSides: boolean): Promise<void> {
    const { admin, scim } = this.#clients;
    if (admin !== undefined) reads.searchIds(refs.flatMap((ref) => ('orgGroupId' in ref ? [ref.orgGroupId] : [])));
    const names = await mapLimited(refs, GROUPS_AT_A_TIME, (ref) => nameOf(ref, reads).catch(() => undefined));
    if (admin !== undefined) reads.searchNames(names.filter((name) => name !== undefined));
    if (scim === undefined) return;

    const open = await mapLimited(refs, GROUPS_AT_A_TIME, async (ref, index) => {
      const name = names[index];
      if (name === undefined || 'scimGroupId' in ref) return [];
      const [org] = admin === undefined ? [] : await reads.orgByName(name).catch((): readonly OrgGroup[] => []);
      if (org !== undefined && reads.knownSide(org) !== undefined) return [];
      return bothSides || org === undefined || isReadOnly(org) ? [name] : [];
    });
    await reads.listForNames(open.flat());
  }

  async #group(ref: GroupRef, reads: GroupReads, bothSides: boolean): Promise<ResolvedGroup> {
    const sides = await this.#sides(ref, reads, bothSides);
    if (sides === undefined) throw new GroupNotFoundError(ref, this.#searched());
    return toResolvedGroup(sides, this.#clients.scim !== undefined);
  }

  async #sides(ref: GroupRef, reads: GroupReads, bothSides: boolean): Promise<GroupSides | undefined> {
    if ('scimGroupId' in ref) return this.#sidesOfScimGroup(ref, reads);
    if ('orgGroupId' in ref) return this.#sidesOfOrgGroup(ref, reads, bothSides);
    const orgs = this.#clients.admin === undefined ? [] : await reads.orgByName(ref.name);
    if (orgs.length > 1) throw new GroupAmbiguousError(ref, orgs.map(orgCandidate));
    return sidesOf(orgs[0], await this.#scimSide(ref, ref.name, orgs[0], reads, bothSides));
  }

  /** The organization's group of a SCIM group is the synced one of its name. */
  async #sidesOfScimGroup(
    ref: Extract<GroupRef, { scimGroupId: unknown }>,
    reads: GroupReads,
  ): Promise<GroupSides | undefined> {
    if (this.#clients.scim === undefined) throw capabilityMissing('Looking up a group by scimGroupId', 'scim');
    const knownName = reads.knownName(ref.scimGroupId);
    const [knownOrg, ...others] = knownName === undefined ? [] : await reads.orgByName(knownName);
    const knownSide = knownOrg && others.length === 0 ? reads.knownSide(knownOrg) : undefined;
    const scim = knownSide ?? (await reads.scimById(ref.scimGroupId));
    if (scim === undefined || this.#clients.admin === undefined) return sidesOf(undefined, scim);

    const named = await reads.orgByName(scim.displayName);
    const synced = named.filter(isReadOnly);
    const [org, ...more] = synced.length > 0 ? synced : named;
    if (more.length > 0) throw new GroupAmbiguousError(ref, (synced.length > 0 ? synced : named).map(orgCandidate));
    return sidesOf(org, scim);
  }

  /** Two identity providers can each sync a group of one name; then nothing says which of them the SCIM group is. */
  async #sidesOfOrgGroup(
    ref: Extract<GroupRef, { orgGroupId: unknown }>,
    reads: GroupReads,
    bothSides: boolean,
  ): Promise<GroupSides | undefined> {
    if (this.#clients.admin === undefined) throw capabilityMissing('Looking up a group by orgGroupId', 'admin');
    const org = await reads.orgById(ref.orgGroupId);
    if (org === undefined) return undefined;
    const scim = await this.#scimSide(ref, org.name, org, reads, bothSides);
    if (scim !== undefined && isSynced(org)) {
      const synced = (await reads.orgByName(org.name)).filter(isSynced);
      if (synced.some(({ id }) => id !== org.id)) throw new GroupAmbiguousError(ref, synced.map(orgCandidate));
    }
    return sidesOf(org, scim);
  }

  async #scimSide(
    ref: GroupRef,
    name: string,
    org: OrgGroup | undefined,
    reads: GroupReads,
    bothSides: boolean,
  ): Promise<ScimGroupSide | undefined> {
    if (org !== undefined && !isReadOnly(org) && !bothSides) return undefined;
    const known = org && reads.knownSide(org);
    if (known !== undefined) return known;
    const groups = await reads.scimByName(name);
    if (groups.length > 1) throw new GroupAmbiguousError(ref, groups.map(scimCandidate));
    return groups[0];
  }

  #searched(): readonly ('scim' | 'organization')[] {
    const { scim, admin } = this.#clients;
    return [
      ...(scim === undefined ? [] : ['scim' as const]),
      ...(admin === undefined ? [] : ['organization' as const]),
    ];
  }
}

/** Callers without types can pass anything. */
function isGroupRef(ref: unknown): ref is GroupRef {
  if (typeof ref !== 'object' || ref === null) return false;
  const ids: unknown[] = ['scimGroupId', 'orgGroupId', 'name'].flatMap((key) =>
    Object.hasOwn(ref, key) ? [(ref as Readonly<Record<string, unknown>>)[key]] : [],
  );
  const [id] = ids;
  return typeof id === 'string' && id !== '' && !/\p{Cs}/u.test(id);
}

function notAGroupRef(): ProvisionerError {
  return new ProvisionerError('request_invalid', 'A group is named by one of name, scimGroupId, orgGroupId', {
    advice: 'Pass an object with one of these members, a string that is not empty.',
  });
}

async function nameOf(ref: GroupRef, reads: GroupReads): Promise<string | undefined> {
  if ('scimGroupId' in ref)
    return reads.knownName(ref.scimGroupId) ?? (await reads.scimById(ref.scimGroupId))?.displayName;
  if ('orgGroupId' in ref) {
    const group = await reads.orgById(ref.orgGroupId);
    return group !== undefined && isSynced(group) ? group.name : undefined;
  }
  return ref.name;
}

async function outcome(ref: GroupRef, find: () => Promise<ResolvedGroup>): Promise<GroupResolution> {
  try {
    return { ref, status: 'resolved', group: await find() };
  } catch (error) {
    if (isProvisionerError(error, 'group_not_found')) return { ref, status: 'not_found', error };
    if (isProvisionerError(error, 'group_ambiguous')) return { ref, status: 'ambiguous', error };
    if (!isProvisionerError(error) || error.code === 'aborted') throw error;
    return { ref, status: 'failed', error };
  }
}

function sidesOf(org: OrgGroup | undefined, scim: ScimGroupSide | undefined): GroupSides | undefined {
  if (org !== undefined) return { org, scim };
  return scim && { org, scim };
}

function orgCandidate({ id, name, directoryId }: OrgGroup): GroupCandidate {
  return {
    name,
    orgGroupId: id,
    ...(directoryId !== undefined && { orgDirectoryId: directoryId }),
    foundIn: 'organization',
  };
}

function scimCandidate({ id, displayName }: ScimGroupSide): GroupCandidate {
  return { name: displayName, scimGroupId: id, foundIn: 'scim' };
}
