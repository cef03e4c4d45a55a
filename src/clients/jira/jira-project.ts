import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { JiraProjectId } from './jira-ids.js';
import { jiraUserSchema, said, type JiraUser } from './jira-user.js';

/** A project. */
export interface JiraProject {
  readonly id: JiraProjectId;
  /** May change; an old one still finds the project. Case counts in it. */
  readonly key: string;
  readonly name: string;
  readonly projectTypeKey?: LiteralUnion<
    'software' | 'service_desk' | 'business' | 'product_discovery' | 'customer_service'
  >;
  /** `classic` is company-managed, `next-gen` team-managed. */
  readonly style?: LiteralUnion<'classic' | 'next-gen'>;
  readonly simplified?: boolean;
  readonly isPrivate?: boolean;
  readonly lead?: JiraUser;
  /** Name of the category. */
  readonly category?: string;
  readonly description?: string;
  readonly url?: string;
  /** Present on projects that are archived. */
  readonly archived?: boolean;
  /** As Jira writes it: ISO 8601. */
  readonly archivedAt?: string;
  /** Present on projects in the trash. */
  readonly deleted?: boolean;
  readonly deletedAt?: string;
}

/** A project of a list, or of the read of one. */
export const jiraProjectSchema = lazySchema(() => {
  const text = z.string().nullish();
  const flag = z.boolean().nullish();
  return z
    .looseObject({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      projectTypeKey: text,
      style: text,
      simplified: flag,
      isPrivate: flag,
      lead: jiraUserSchema().nullish(),
      projectCategory: z.looseObject({ name: text }).nullish(),
      description: text,
      url: text,
      archived: flag,
      archivedDate: text,
      deleted: flag,
      deletedDate: text,
    })
    .transform((wire): JiraProject =>
      present({
        id: wire.id as JiraProjectId,
        key: wire.key,
        name: wire.name,
        projectTypeKey: said(wire.projectTypeKey),
        style: said(wire.style),
        simplified: wire.simplified,
        isPrivate: wire.isPrivate,
        lead: wire.lead,
        category: said(wire.projectCategory?.name),
        description: said(wire.description),
        url: said(wire.url),
        archived: wire.archived,
        archivedAt: said(wire.archivedDate),
        deleted: wire.deleted,
        deletedAt: said(wire.deletedDate),
      }),
    );
});
