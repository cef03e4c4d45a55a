import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { present } from '../../model/present.js';
import type { SiteTransport } from '../site/site-connection.js';
import { jiraGroupNameSchema, said, type JiraGroupName } from './jira-user.js';

/** Access to one application of the site: whoever is in one of its groups has it. */
export interface JiraApplicationRole {
  /** `jira-software`, `jira-servicedesk`, … */
  readonly key: string;
  readonly name?: string;
  readonly groups: readonly JiraGroupName[];
  /** The groups that new people are put into. */
  readonly defaultGroups: readonly JiraGroupName[];
  readonly selectedByDefault?: boolean;
  readonly hasUnlimitedSeats?: boolean;
  /** Absent where seats are not limited. */
  readonly numberOfSeats?: number;
  readonly remainingSeats?: number;
  readonly userCount?: number;
  readonly userCountDescription?: string;
  /** Marks `jira-core`. */
  readonly platform?: boolean;
}

/** Who has access to which application of a Jira site. */
export class JiraApplicationRoles {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads all applications, in one answer. Needs Administer Jira. */
  async list(options: CallOptions = {}): Promise<readonly JiraApplicationRole[]> {
    return this.#transport.send({
      ...options,
      operation: 'jira.applicationRoles.list',
      method: 'GET',
      path: path`/rest/api/3/applicationrole`,
      response: z.array(applicationRoleSchema()),
    });
  }
}

const applicationRoleSchema = lazySchema(() => {
  const flag = z.boolean().nullish();
  const count = z.number().nullish();
  const groups = z.array(jiraGroupNameSchema()).nullish();
  const names = z.array(z.string()).nullish();
  return z
    .looseObject({
      key: z.string(),
      name: z.string().nullish(),
      groups: names,
      groupDetails: groups,
      defaultGroups: names,
      defaultGroupsDetails: groups,
      selectedByDefault: flag,
      hasUnlimitedSeats: flag,
      numberOfSeats: count,
      remainingSeats: count,
      userCount: count,
      userCountDescription: z.string().nullish(),
      platform: flag,
    })
    .transform((wire): JiraApplicationRole => ({
      ...present({
        key: wire.key,
        name: said(wire.name),
        selectedByDefault: wire.selectedByDefault,
        hasUnlimitedSeats: wire.hasUnlimitedSeats,
        // What the numbers are without a limit is not known.
        numberOfSeats: wire.hasUnlimitedSeats === true ? undefined : wire.numberOfSeats,
        remainingSeats: wire.hasUnlimitedSeats === true ? undefined : wire.remainingSeats,
        userCount: wire.userCount,
        userCountDescription: said(wire.userCountDescription),
        platform: wire.platform,
      }),
      groups: wire.groupDetails ?? (wire.groups ?? []).map((name) => ({ name })),
      defaultGroups: wire.defaultGroupsDetails ?? (wire.defaultGroups ?? []).map((name) => ({ name })),
    }));
});
