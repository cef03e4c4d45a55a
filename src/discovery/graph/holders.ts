import type { AdminRoleAssignment } from '../entities/admin-entities.js';
import type { Entity, Product } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';
import type { JiraProjectRole } from '../entities/jira-entities.js';
import type { Principal } from '../entities/principal.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { isLicence, mayBeLicence } from './access-level.js';
import type { OpenQuestion, PathNode } from './access-path.js';
import type { GapIndex } from './gap-index.js';
import type { Groups } from './groups.js';
import { indexIn, unionOf } from './int-lists.js';
import type { People } from './people.js';
import { productOfRole, siteIdsOf, whoseSite } from './product-roles.js';

/**
 * A holder as one number: which of its kind, and the kind in the last two bits. It is small enough for typed arrays and
 * for maps, of which there are many.
 */
export type Holder = number;
const KINDS = 4;
const ACCOUNT = 0;
const GROUP = 1;
const ROLE = 2;
const OTHER = 3;

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

/** A holder that another one is made of, with the entity that says so. */
export interface HolderPart {
  readonly holder: Holder;
  readonly evidence: Entity;
}

/** An open question about who a holder is. */
export interface HolderQuestion {
  readonly open: OpenQuestion;
  /** For whom it is open; everybody where it is absent. */
  readonly concerns?: (person: number) => boolean;
  /** Whether it may be everybody, the deactivated included. */
  readonly whenBlocked: boolean;
}

const NOBODY = new Int32Array(0);
/** Only apps are in it, and readers of people leave it out. */
const ROLE_OF_APPS = 'atlassian-addons-project-access';

/** Whoever can hold something, and who that is in terms of people. */
export class Holders {
  readonly people: People;
  readonly groups: Groups;
  readonly roles: readonly JiraProjectRole[];
  readonly #gaps: GapIndex;
  readonly #entities: AccessSnapshot['entities'];
  readonly #others: OtherHolder[] = [];
  readonly #otherByKey = new Map<string, number>();
  readonly #roleByKey = new Map<string, number>();
  readonly #actors: (readonly Holder[])[];
  readonly #appRoleIds: ReadonlySet<string>;
  readonly #rolesOfApps: ReadonlySet<string>;
  readonly #assignments: readonly AdminRoleAssignment[];
  readonly #partCache = new Map<Holder, readonly HolderPart[]>();
  readonly #memberCache = new Map<Holder, Int32Array>();
  readonly #questionCache = new Map<Holder, readonly HolderQuestion[]>();
  #directLicence: HolderQuestion | undefined;
  #rolesByActor: Map<Holder, number[]> | undefined;

  constructor(snapshot: AccessSnapshot, people: People, groups: Groups, gaps: GapIndex) {
    this.people = people;
    this.groups = groups;
    this.#gaps = gaps;
    this.#entities = snapshot.entities;
    this.roles = snapshot.entities['jira.projectRole'];
    this.#assignments = snapshot.entities['admin.roleAssignment'];
    this.#appRoleIds = new Set(snapshot.entities['jira.applicationRole'].map(({ id }) => id));
    this.#rolesOfApps = new Set(
      this.roles.flatMap(({ roleId, roleName }) => (roleName === ROLE_OF_APPS ? [roleId] : [])),
    );
    for (const [index, role] of this.roles.entries()) this.#roleByKey.set(`${role.projectId}/${role.roleId}`, index);
    this.#actors = this.roles.map(({ actors = [] }) => actors.map(({ principal }) => this.of(principal, 'jira')));
  }

  /** Number of a principal of a product. */
  of(principal: Principal, product: Product): Holder {
    switch (principal.type) {
      case 'account':
        return this.account(principal.id);
      case 'group':
        return encoded(GROUP, this.groups.intern(principal.id));
      case 'bitbucket.group':
        return encoded(GROUP, this.groups.internSlug(principal.id));
      case 'jira.projectRole':
        return this.other({ kind: 'role-of-project', roleId: principal.id });
      case 'jira.applicationRole':
        return this.other({ kind: 'application-role', id: principal.id });
      case 'anonymous':
        return this.other({ kind: 'anonymous' });
      case 'authenticated':
      case 'licensed':
      case 'product-admins':
        return this.other({ kind: principal.type, product });
      case 'conditional':
        if (principal.id === 'projectLead') return this.other({ kind: 'lead-of-project' });
        return this.other({
          kind: 'conditional',
          id: principal.id,
          ...(principal.parameter !== undefined && { parameter: principal.parameter }),
        });
      case 'unknown':
        return this.other({
          kind: 'unknown',
          name: principal.kind,
          ...(principal.id !== undefined && { id: principal.id }),
        });
      default:
        // A snapshot of a later release may hold what this one does not know.
        return this.other({ kind: 'unknown', name: (principal as { type: string }).type });
    }
  }

  account(accountId: string): Holder {
    return encoded(ACCOUNT, this.people.intern(accountId));
  }

  group(group: number): Holder {
    return encoded(GROUP, group);
  }

  other(holder: OtherHolder): Holder {
    const key = JSON.stringify(Object.values(holder));
    const known = this.#otherByKey.get(key);
    if (known !== undefined) return encoded(OTHER, known);
    const index = this.#others.length;
    this.#others.push(holder);
    this.#otherByKey.set(key, index);
    return encoded(OTHER, index);
  }

  /** The role of one project, or nothing where the snapshot does not have it. */
  roleOf(projectId: string, roleId: string): Holder | undefined {
    const index = this.#roleByKey.get(`${projectId}/${roleId}`);
    return index === undefined ? undefined : encoded(ROLE, index);
  }

  roleAt(index: number): Holder {
    return encoded(ROLE, index);
  }

  kindOf(holder: Holder): 'account' | 'group' | 'role' | 'other' {
    return (['account', 'group', 'role', 'other'] as const)[holder % KINDS] ?? 'other';
  }

  indexOf(holder: Holder): number {
    return Math.floor(holder / KINDS);
  }

  asOther(holder: Holder): OtherHolder | undefined {
    return holder % KINDS === OTHER ? this.#others[this.indexOf(holder)] : undefined;
  }

  /** Everybody, or all who are signed in. */
  isOpen(holder: Holder): boolean {
    const kind = this.asOther(holder)?.kind;
    return kind === 'anonymous' || kind === 'authenticated';
  }

  asRole(holder: Holder): JiraProjectRole | undefined {
    return holder % KINDS === ROLE ? this.roles[this.indexOf(holder)] : undefined;
  }

  actorsOf(role: number): readonly Holder[] {
    return this.#actors[role] ?? [];
  }

  /** Holders that a holder is made of. Empty for accounts and groups. */
  partsOf(holder: Holder): readonly HolderPart[] {
    const role = this.asRole(holder);
    if (role !== undefined)
      return this.actorsOf(this.indexOf(holder)).map((part) => ({ holder: part, evidence: role }));
    const cached = this.#partCache.get(holder);
    if (cached !== undefined) return cached;
    const parts = this.#partsOf(this.asOther(holder));
    this.#partCache.set(holder, parts);
    return parts;
  }

  #partsOf(other: OtherHolder | undefined): readonly HolderPart[] {
    if (other?.kind === 'application-role')
      return [
        ...this.#entities['jira.applicationRole'].flatMap((entity) =>
          entity.id === other.id
            ? entity.groupIds.map((id) => ({ holder: this.group(this.groups.intern(id)), evidence: entity }))
            : [],
        ),
        ...this.#assigned('jira', isLicence, other.id),
      ];
    if (other?.kind === 'licensed') return this.#licensed(other.product);
    if (other?.kind === 'product-admins')
      return [
        ...this.#confluenceGroups(other.product, 'admin'),
        ...this.#assigned(other.product, (role) => role === 'atlassian/admin'),
      ];
    return [];
  }

  /** People who are known to be the holder. Empty for everybody, and for conditions. */
  membersOf(holder: Holder): Int32Array {
    const kind = holder % KINDS;
    if (kind === GROUP) return this.groups.members(this.indexOf(holder));
    if (kind === ACCOUNT) return Int32Array.of(this.indexOf(holder));
    const cached = this.#memberCache.get(holder);
    if (cached !== undefined) return cached;
    const parts = this.partsOf(holder);
    const members = parts.length === 0 ? NOBODY : unionOf(parts.map((part) => this.membersOf(part.holder)));
    // Roles are many and small; the others are few and large.
    if (kind === OTHER) this.#memberCache.set(holder, members);
    return members;
  }

  /** Whether the person is known to be the holder, signed in. */
  holds(person: number, holder: Holder): boolean {
    const kind = holder % KINDS;
    if (kind === ACCOUNT) return this.indexOf(holder) === person;
    if (kind === GROUP) return this.groups.has(this.indexOf(holder), person);
    if (kind === ROLE) return this.actorsOf(this.indexOf(holder)).some((actor) => this.holds(person, actor));
    const other = this.asOther(holder);
    if (other?.kind === 'anonymous') return true;
    if (other?.kind === 'authenticated') return this.people.isKnownIn(person, other.product);
    return indexIn(this.membersOf(holder), person) >= 0;
  }

  /** Every holder that the person is known to be, roles included. */
  heldBy(person: number): Holder[] {
    const named: Holder[] = [encoded(ACCOUNT, person)];
    for (const group of this.groups.groupsOf(person)) named.push(encoded(GROUP, group));
    for (const [index] of this.#others.entries()) {
      const holder = encoded(OTHER, index);
      if (this.holds(person, holder)) named.push(holder);
    }
    const roles = new Set(named.flatMap((holder) => this.#rolesOf().get(holder) ?? []));
    return [...named, ...[...roles].map((role) => encoded(ROLE, role))];
  }

  /** Whether it is a group of which Bitbucket told all members. */
  isToldByBitbucket(holder: Holder): boolean {
    return holder % KINDS === GROUP && this.groups.isToldByBitbucket(this.indexOf(holder));
  }

  /** What leaves open who the holder is. */
  questions(holder: Holder): readonly HolderQuestion[] {
    if (holder % KINDS === ACCOUNT) return [];
    const cached = this.#questionCache.get(holder);
    if (cached !== undefined) return cached;
    const questions = [...new Set(this.#questionsOf(holder))];
    this.#questionCache.set(holder, questions);
    return questions;
  }

  /** A role that a scheme names and that the project does not have in the snapshot. */
  missingRole(projectId: string, roleId: string): HolderQuestion {
    return this.#unreadRole(roleId, {
      kind: 'actors-unread',
      message: `Who holds role ${roleId} in project ${projectId} was not read`,
      about: { type: 'jira.projectRole', id: `${projectId}/${roleId}` },
    });
  }

  node(holder: Holder): PathNode {
    const index = this.indexOf(holder);
    switch (this.kindOf(holder)) {
      case 'account':
        return this.accountNode(index);
      case 'group':
        return this.groups.node(index);
      case 'role': {
        const role = this.roles[index];
        return { type: 'jira.projectRole', id: role?.id ?? '', ...(role !== undefined && { name: role.name }) };
      }
      case 'other':
        return nodeOfOther(this.asOther(holder));
    }
  }

  accountNode(person: number): PathNode {
    const id = this.people.ids[person] ?? '';
    const { admin, jira, confluence, bitbucket } = this.people;
    const name =
      admin[person]?.name ??
      jira[person]?.displayName ??
      confluence[person]?.displayName ??
      bitbucket[person]?.displayName;
    const type =
      admin[person]?.type ?? jira[person]?.type ?? confluence[person]?.type ?? bitbucket[person]?.type ?? 'account';
    return { type, id, ...(name !== undefined && { name }) };
  }

  #rolesOf(): Map<Holder, number[]> {
    if (this.#rolesByActor !== undefined) return this.#rolesByActor;
    const index = new Map<Holder, number[]>();
    for (const [role, actors] of this.#actors.entries())
      for (const actor of actors) {
        const roles = index.get(actor);
        if (roles === undefined) index.set(actor, [role]);
        else roles.push(role);
      }
    this.#rolesByActor = index;
    return index;
  }

  #licensed(product: Product): HolderPart[] {
    const assigned = this.#assigned(product, isLicence);
    if (product === 'jira')
      return [
        ...this.#entities['jira.applicationRole'].flatMap((entity) =>
          entity.groupIds.map((id) => ({ holder: this.group(this.groups.intern(id)), evidence: entity })),
        ),
        ...assigned,
      ];
    if (product === 'confluence')
      return [...this.#confluenceGroups(product, 'user'), ...this.#confluenceGroups(product, 'admin'), ...assigned];
    return assigned;
  }

  #confluenceGroups(product: Product, access: 'user' | 'admin'): HolderPart[] {
    if (product !== 'confluence') return [];
    return this.#entities['confluence.group'].flatMap((entity) =>
      entity.access === access ? [{ holder: this.group(this.groups.intern(entity.id)), evidence: entity }] : [],
    );
  }

  #assigned(
    product: Product,
    wanted: (role: string) => boolean,
    owner?: string,
    whose: ReturnType<typeof whoseSite> = 'ours',
  ): HolderPart[] {
    const sites = siteIdsOf(this.#entities, product);
    return this.#assignments.flatMap((entity) =>
      wanted(entity.role) &&
      productOfRole(entity) === product &&
      whoseSite(entity, sites) === whose &&
      (owner === undefined || entity.resourceOwner === owner)
        ? [{ holder: this.of(entity.principal, 'admin'), evidence: entity }]
        : [],
    );
  }

  #questionsOf(holder: Holder): readonly HolderQuestion[] {
    const index = this.indexOf(holder);
    if (holder % KINDS === GROUP) {
      const open = this.groups.question(index);
      if (open === undefined) return [];
      return [{ open, concerns: (person) => !this.groups.isOutsiderOf(index, person), whenBlocked: false }];
    }
    const ofParts = this.partsOf(holder).flatMap((part) => this.questions(part.holder));
    const role = this.asRole(holder);
    if (role !== undefined) {
      const own = this.#questionOfRole(role);
      return own === undefined ? ofParts : [own, ...ofParts];
    }
    return [...this.#questionsOfOther(this.asOther(holder), this.node(holder)), ...ofParts];
  }

  #questionOfRole(role: JiraProjectRole): HolderQuestion | undefined {
    const [gap] = this.#gaps.about('jira.projectRole', role.id);
    if (role.actors !== undefined && gap === undefined) return undefined;
    return this.#unreadRole(role.roleId, {
      kind: gap === undefined ? 'actors-unread' : 'gap',
      message: `Who holds ${role.name} was not read${gap === undefined ? '' : `: ${gap.message}`}`,
      about: { type: 'jira.projectRole', id: role.id, name: role.name },
      ...(gap !== undefined && { gap }),
    });
  }

  #unreadRole(roleId: string, open: OpenQuestion): HolderQuestion {
    if (!this.#rolesOfApps.has(roleId)) return { open, whenBlocked: false };
    return { open, concerns: (person) => this.people.mayBeApp(person), whenBlocked: false };
  }

  #questionsOfOther(other: OtherHolder | undefined, about: PathNode): HolderQuestion[] {
    switch (other?.kind) {
      case undefined:
      case 'anonymous':
        return [];
      case 'authenticated':
        return [
          {
            open: {
              kind: 'members-unread',
              message: `Who can sign in to ${other.product} without being a user of it was not read`,
              about,
            },
            concerns: (person) => !this.people.isKnownIn(person, other.product),
            whenBlocked: false,
          },
        ];
      case 'application-role': {
        const gaps = [
          ...this.#gaps.everywhere('jira.applicationRole'),
          ...this.#gaps.about('jira.applicationRole', other.id),
        ];
        return [
          ...this.#unlessRead(this.#appRoleIds.has(other.id), gaps, about),
          ...this.#directLicences(),
          ...this.#licencesSomewhere('jira', other.id),
        ];
      }
      case 'licensed':
        return [
          ...this.#unlessRead(...this.#licenceReading(other.product), about),
          ...this.#directLicences(),
          ...this.#licencesSomewhere(other.product),
        ];
      case 'product-admins':
        return this.#unlessRead(...this.#adminReading(other.product), about);
      case 'role-of-project':
      case 'lead-of-project':
        return [];
      case 'conditional':
        return [
          {
            open: {
              kind: 'conditional',
              message: `Whoever is ${about.id} holds it, which differs from issue to issue`,
              about,
            },
            whenBlocked: false,
          },
        ];
      case 'unknown':
        return [
          {
            open: { kind: 'unknown-holder', message: `"${other.name}" is a kind of holder that is not known`, about },
            whenBlocked: true,
          },
        ];
    }
  }

  /** The organization gives licences to people without a group too, and no product tells. */
  #directLicences(): HolderQuestion[] {
    const [gap] = this.#gaps.everywhere('admin.roleAssignment');
    if (gap === undefined && this.#gaps.covers('admin')) return [];
    this.#directLicence ??= {
      open: {
        kind: gap === undefined ? 'members-unread' : 'gap',
        message: `Who has access to a product without a group was not read${gap === undefined ? '' : `: ${gap.message}`}`,
        ...(gap !== undefined && { gap }),
      },
      whenBlocked: false,
    };
    return [this.#directLicence];
  }

  /** Roles on a site that may not be the one that was read, and roles that may come with a seat. */
  #licencesSomewhere(product: Product, owner?: string): HolderQuestion[] {
    return [
      ...this.#assigned(product, isLicence, owner, 'unknown'),
      ...this.#assigned(product, mayBeLicence, owner),
    ].map(({ holder, evidence }) => ({
      open: {
        kind: 'members-unread',
        message: `Whether role ${evidence.id} gives a licence on the site that was read is not known`,
        about: { type: evidence.type, id: evidence.id },
      },
      concerns: (person) =>
        this.holds(person, holder) || this.questions(holder).some(({ concerns }) => concerns?.(person) ?? true),
      whenBlocked: false,
    }));
  }

  #licenceReading(product: Product): [boolean, readonly Gap[]] {
    if (product === 'jira') {
      const ofOne = [...this.#appRoleIds].flatMap((id) => this.#gaps.about('jira.applicationRole', id));
      return [this.#appRoleIds.size > 0, [...this.#gaps.everywhere('jira.applicationRole'), ...ofOne]];
    }
    if (product === 'confluence')
      return [
        this.#entities['confluence.group'].some(({ access }) => access !== undefined),
        this.#gaps.everywhere('confluence.group'),
      ];
    return [false, []];
  }

  #adminReading(product: Product): [boolean, readonly Gap[]] {
    const groups = this.#entities['confluence.group'];
    if (product === 'confluence' && groups.some(({ access }) => access !== undefined))
      return [true, this.#gaps.everywhere('confluence.group')];
    return [this.#gaps.covers('admin'), this.#gaps.everywhere('admin.roleAssignment')];
  }

  #unlessRead(read: boolean, gaps: readonly Gap[], about: PathNode): HolderQuestion[] {
    const [gap] = gaps;
    if (read && gap === undefined) return [];
    const what =
      about.type === 'product-admins' ? `administrators of ${about.id}` : `people with access to ${about.id}`;
    return [
      {
        open: {
          kind: gap === undefined ? 'members-unread' : 'gap',
          message: `Who are the ${what} was not read${gap === undefined ? '' : `: ${gap.message}`}`,
          about,
          ...(gap !== undefined && { gap }),
        },
        whenBlocked: false,
      },
    ];
  }
}

function encoded(kind: number, index: number): Holder {
  return index * KINDS + kind;
}

function nodeOfOther(other: OtherHolder | undefined): PathNode {
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
