import type { Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { JiraProjectRole } from '../entities/jira-entities.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { isLicence, mayBeLicence } from './access-level.js';
import type { OpenQuestion, PathNode } from './access-path.js';
import type { GapIndex } from './gap-index.js';
import { ACCOUNT, GROUP, type Holder, KINDS, type OtherHolder } from './holder.js';
import type { Holders } from './holders.js';

/** An open question about who a holder is. */
export interface HolderQuestion {
  readonly open: OpenQuestion;
  /** For whom it is open; everybody where it is absent. */
  readonly concerns?: (person: number) => boolean;
  /** Whether it may be everybody, the deactivated included. */
  readonly whenBlocked: boolean;
}

/** Only apps are in it, and readers of people leave it out. */
const ROLE_OF_APPS = 'atlassian-addons-project-access';

/** What leaves open who somebody is that holds something. */
export class HolderQuestions {
  readonly #entities: AccessSnapshot['entities'];
  readonly #holders: Holders;
  readonly #gaps: GapIndex;
  readonly #appRoleIds: ReadonlySet<string>;
  readonly #rolesOfApps: ReadonlySet<string>;
  readonly #cache = new Map<Holder, readonly HolderQuestion[]>();
  #directLicence: HolderQuestion | undefined;
  #ofAdministrators: readonly HolderQuestion[] | undefined;

  constructor({ entities }: AccessSnapshot, holders: Holders, gaps: GapIndex) {
    this.#entities = entities;
    this.#holders = holders;
    this.#gaps = gaps;
    this.#appRoleIds = new Set(entities['jira.applicationRole'].map(({ id }) => id));
    this.#rolesOfApps = new Set(
      // A team-managed project may give its own role that name: its holders are read, or there is a gap about it.
      holders.roles.flatMap(({ id, roleId, roleName, actors }) =>
        roleName === ROLE_OF_APPS && actors === undefined && gaps.about('jira.projectRole', id).length === 0
          ? [roleId]
          : [],
      ),
    );
  }

  /** What leaves open who the holder is. */
  of(holder: Holder): readonly HolderQuestion[] {
    if (holder % KINDS === ACCOUNT) return [];
    const cached = this.#cache.get(holder);
    if (cached !== undefined) return cached;
    const questions = [...new Set(this.#questionsOf(holder))];
    this.#cache.set(holder, questions);
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

  #questionsOf(holder: Holder): readonly HolderQuestion[] {
    const index = this.#holders.indexOf(holder);
    if (holder % KINDS === GROUP) {
      const open = this.#holders.groups.question(index);
      if (open === undefined) return [];
      return [{ open, concerns: (person) => !this.#holders.groups.isOutsiderOf(index, person), whenBlocked: false }];
    }
    const ofParts = this.#holders.partsOf(holder).wide.flatMap((part) => this.of(part.holder));
    const role = this.#holders.asRole(holder);
    if (role !== undefined) {
      const own = this.#questionOfRole(role);
      return own === undefined ? ofParts : [own, ...ofParts];
    }
    return [...this.#questionsOfOther(this.#holders.asOther(holder), this.#holders.node(holder)), ...ofParts];
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
    return { open, concerns: (person) => this.#holders.people.mayBeApp(person), whenBlocked: false };
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
            concerns: (person) => !this.#holders.people.isKnownIn(person, other.product),
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
          ...this.#administratorsOfAll(),
        ];
      }
      case 'licensed':
        return [
          ...this.#unlessRead(...this.#licenceReading(other.product), about),
          ...this.#directLicences(),
          ...this.#licencesSomewhere(other.product),
          ...this.#administratorsOfAll(),
        ];
      case 'product-admins':
        return [
          ...this.#unlessRead(...this.#adminReading(other.product), about),
          ...this.#directLicences(),
          ...this.#administratorsOfAll(),
        ];
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
      ...this.#holders.parts.assigned(product, isLicence, owner, 'unknown'),
      ...this.#holders.parts.assigned(product, mayBeLicence, owner),
    ].map(({ holder, evidence }) => ({
      open: {
        kind: 'members-unread',
        message: `Whether role ${evidence.id} gives a licence on the site that was read is not known`,
        about: { type: evidence.type, id: evidence.id },
      },
      concerns: (person) =>
        this.#holders.holds(person, holder) || this.of(holder).some(({ concerns }) => concerns?.(person) ?? true),
      whenBlocked: false,
    }));
  }

  /** No page tells whether administrators of the organization or of a site count as users or administrators of its products. */
  #administratorsOfAll(): readonly HolderQuestion[] {
    this.#ofAdministrators ??= this.#holders.parts.overAll().map(({ holder }) => ({
      open: {
        kind: 'members-unread',
        message: 'Whether administrators of the organization or the site count among those of a product is not known',
        about: this.#holders.node(holder),
      },
      concerns: (person) =>
        this.#holders.holds(person, holder) || this.of(holder).some(({ concerns }) => concerns?.(person) ?? true),
      whenBlocked: false,
    }));
    return this.#ofAdministrators;
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
