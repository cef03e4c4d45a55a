import type { JiraUser } from '../../clients/jira/jira-user.js';
import { MAX_SAME_PAGES, repeating, type Page } from '../../http/paginate.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { Gap } from '../entities/gap.js';
import { gap } from '../reading/gap-of-error.js';
import { ListLength } from '../reading/list-length.js';
import { namesAnAccount, Unidentified } from '../reading/unidentified.js';

/** Members of groups. */
export const MEMBERS = { name: 'members of groups', hides: ['jira.group'] } as const;

/** The members of one group, from the pages of their list, and why they may not be all. */
export class GroupMembers {
  readonly #resource: NonNullable<Gap['resource']>;
  readonly #ids = new Set<AtlassianAccountId>();
  readonly #length = new ListLength();
  readonly #unidentified: Unidentified;
  #repeated = 0;

  constructor(groupId: OrgGroupId, name: string) {
    this.#resource = { type: 'jira.group', id: groupId, name };
    this.#unidentified = new Unidentified('jira', MEMBERS, this.#resource);
  }

  /**
   * Takes in a page, in the order of the list.
   *
   * @throws `response_invalid` when page after page has nobody new.
   */
  take({ items, ...page }: Page<JiraUser>): void {
    const before = this.#came;
    for (const { accountId } of items)
      if (namesAnAccount(accountId)) this.#ids.add(accountId);
      else this.#unidentified.add();
    this.#repeated = this.#came === before && items.length > 0 ? this.#repeated + 1 : 0;
    if (this.#repeated > MAX_SAME_PAGES) throw repeating('jira.groups.listMembers');
    this.#length.tell(page);
  }

  ids(): readonly AtlassianAccountId[] {
    return [...this.#ids];
  }

  gaps(): Gap[] {
    const doubt = this.#length.doubt(this.#came);
    const uncounted = this.#unidentified.gaps();
    if (doubt === undefined) return uncounted;
    const message = `The list of members of ${this.#resource.name ?? this.#resource.id} ${doubt}`;
    return [
      ...uncounted,
      gap('jira', MEMBERS, { what: 'short', reason: 'truncated', message, resource: this.#resource }),
    ];
  }

  get #came(): number {
    return this.#ids.size + this.#unidentified.count;
  }
}
