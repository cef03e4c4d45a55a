import type { OrgGroupQuery } from '../clients/admin/org-group-query.js';
import type { OrgGroup } from '../clients/admin/org-group.js';
import { SCIM_PAGE_SIZE } from '../clients/scim/scim-list.js';
import type { ScimGroup } from '../clients/scim/scim-group.js';
import type { ScimGroupMembership } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { OrgGroupId, ScimGroupId } from '../model/ids.js';
import { chunksOf } from './chunks.js';
import type { ScimGroupSide } from './group-origin.js';
import type { IdentityClients, OrganizationReads, ScimReads } from './identity-clients.js';
import { foldCase, sameText } from './identity-ref.js';
import { Once, orMissing } from './once.js';

const NAMES_PER_SEARCH = 100;
/** Group ids that one group search takes (documented). */
export const IDS_PER_SEARCH = 10;
const GROUPS_PER_PAGE = 100;

/**
 * From how many names on a listing of the SCIM groups is tried.
 *
 * A page brings all members of a hundred groups along, so for a few names a call for each is the lighter way.
 */
const NAMES_WORTH_A_LIST = 5;

/** The reads of groups for one resolution. Each is sent once, many names in one call where the API can. */
export class GroupReads {
  readonly #scim: ScimReads | undefined;
  readonly #admin: OrganizationReads | undefined;
  readonly #call: CallOptions;
  readonly #known: readonly ScimGroupMembership[];
  readonly #once = new Once();
  readonly #orgByName = new Map<string, Promise<readonly OrgGroup[]>>();
  readonly #orgById = new Map<OrgGroupId, Promise<readonly OrgGroup[]>>();
  /** By name, and there by id: a group can come twice in a list that changes while it is read. */
  readonly #listed = new Map<string, Map<ScimGroupId, ScimGroupSide>>();
  /** Names that a listing was tried for: what it did not bring is asked for one by one. */
  readonly #listedFor = new Set<string>();
  #wholeDirectory = false;
  #listFailure: { readonly error: unknown } | undefined;

  constructor({ scim, admin }: IdentityClients, call: CallOptions, known: readonly ScimGroupMembership[] = []) {
    this.#scim = scim;
    this.#admin = admin;
    this.#call = call;
    this.#known = known;
  }

  /** The name of a SCIM group whose name and id are known. */
  knownName(id: ScimGroupId): string | undefined {
    return this.#known.find((group) => group.id === id)?.name;
  }

  /**
   * The SCIM side of an organization's group, where it needs no call: its name and id are known, names are unique in a
   * directory, and the organization has counted the members.
   */
  knownSide({ name, userCount }: OrgGroup): ScimGroupSide | undefined {
    if (userCount === undefined) return undefined;
    const known = this.#known.find((group) => sameText(group.name, name));
    return known && { id: known.id, displayName: name, memberCount: userCount };
  }

  /** The groups of the organization with this name, from every directory. */
  async orgByName(name: string): Promise<readonly OrgGroup[]> {
    this.searchNames([name]);
    const groups = await this.#orgByName.get(foldCase(name));
    return groups?.filter((group) => sameText(group.name, name)) ?? [];
  }

  async orgById(id: OrgGroupId): Promise<OrgGroup | undefined> {
    this.searchIds([id]);
    return (await this.#orgById.get(id))?.find((group) => group.id === id);
  }

  async scimById(id: ScimGroupId): Promise<ScimGroupSide | undefined> {
    const scim = this.#scim;
    if (scim === undefined) return undefined;
    return this.#once.read(`id:${id}`, async () => {
      const group = await orMissing(() => scim.groups.get(id, this.#call));
      return group && toSide(group);
    });
  }

  /** The groups of the SCIM directory with this name. */
  async scimByName(name: string): Promise<readonly ScimGroupSide[]> {
    const scim = this.#scim;
    if (this.#listFailure !== undefined) throw this.#listFailure.error;
    const listed = [...(this.#listed.get(foldCase(name))?.values() ?? [])];
    if (listed.length > 0 || this.#wholeDirectory || scim === undefined) return listed;
    return this.#once.read(`name:${foldCase(name)}`, async () => {
      const found = new Map<ScimGroupId, ScimGroupSide>();
      for await (const group of scim.groups.list({ filter: { displayName: name } }, this.#call))
        if (sameText(group.displayName, name)) found.set(group.id, toSide(group));
      return [...found.values()];
    });
  }

  /** Begins the search for these names, 100 in one call. */
  searchNames(names: readonly string[]): void {
    const wanted = names.map((name) => [foldCase(name), name] as const);
    const open = new Map(wanted.filter(([key]) => !this.#orgByName.has(key)));
    for (const chunk of chunksOf([...open], NAMES_PER_SEARCH)) {
      const groups = this.#search({ groupNames: chunk.map(([, name]) => name) });
      for (const [key] of chunk) this.#orgByName.set(key, groups);
    }
  }

  /** Begins the search for these ids, 10 in one call. */
  searchIds(ids: readonly OrgGroupId[]): void {
    const open = [...new Set(ids)].filter((id) => !this.#orgById.has(id));
    for (const groupIds of chunksOf(open, IDS_PER_SEARCH)) {
      const groups = this.#search({ groupIds });
      for (const id of groupIds) this.#orgById.set(id, groups);
    }
  }

  /** Lists the SCIM groups where that takes fewer calls than a call for each of these names. A failure shows when asked for one. */
  async listForNames(names: readonly string[]): Promise<void> {
    const wanted = new Set(names.map(foldCase).filter((name) => !this.#listedFor.has(name)));
    if (this.#scim === undefined || this.#wholeDirectory || wanted.size < NAMES_WORTH_A_LIST) return;
    for (const name of wanted) this.#listedFor.add(name);
    try {
      await this.#list(this.#scim, wanted);
    } catch (error) {
      // A page of groups brings all their members along; one by one they may still be read.
      if (!isProvisionerError(error, 'response_too_large')) this.#listFailure = { error };
    }
  }

  async #list({ groups }: ScimReads, wanted: ReadonlySet<string>): Promise<void> {
    let next: number | undefined = 1;
    while (next !== undefined) {
      const page = await groups.listPage({ startIndex: next }, this.#call);
      for (const group of page.items) this.#addListed(toSide(group));
      if (next === 1) {
        const found = page.items.filter(({ displayName }) => wanted.has(foldCase(displayName)));
        const pagesLeft = Math.ceil((page.totalResults - page.items.length) / SCIM_PAGE_SIZE);
        if (pagesLeft > wanted.size - found.length) return;
      }
      next = page.nextStartIndex;
    }
    this.#wholeDirectory = true;
  }

  #addListed(group: ScimGroupSide): void {
    const name = foldCase(group.displayName);
    const sameName = this.#listed.get(name) ?? new Map<ScimGroupId, ScimGroupSide>();
    this.#listed.set(name, sameName.set(group.id, group));
  }

  #search(query: OrgGroupQuery): Promise<readonly OrgGroup[]> {
    const groups = this.#collect(query);
    // Whoever asks for one of the groups is told of a failure; nobody need ask.
    groups.catch(() => undefined);
    return groups;
  }

  async #collect(query: OrgGroupQuery): Promise<readonly OrgGroup[]> {
    const found = new Map<OrgGroupId, OrgGroup>();
    if (this.#admin !== undefined)
      for await (const group of this.#admin.groups.search(
        { ...query, expand: ['counts.users'], limit: GROUPS_PER_PAGE },
        this.#call,
      ))
        found.set(group.id, group);
    return [...found.values()];
  }
}

function toSide({ id, displayName, members }: ScimGroup): ScimGroupSide {
  return { id, displayName, memberCount: members.length };
}
