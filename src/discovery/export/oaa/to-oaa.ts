import type { Product } from '../../entities/entity-type.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { adminToOaa } from './admin-to-oaa.js';
import { bitbucketToOaa } from './bitbucket-to-oaa.js';
import { confluenceToOaa } from './confluence-to-oaa.js';
import { jiraToOaa } from './jira-to-oaa.js';
import type { OaaPayload } from './oaa-payload.js';
import { PeopleByAccount } from './people-by-account.js';

/** The payload of one product. */
export interface OaaExport {
  readonly product: Product;
  /** Name of the application, and a good one for the data source. */
  readonly name: string;
  readonly payload: OaaPayload;
}

/** How the applications are named. */
export interface OaaOptions {
  /** Names to use instead, such as `{ jira: 'Jira (production)' }`. Veza takes another name for another application. */
  readonly names?: Readonly<Partial<Record<Product, string>>>;
}

/**
 * Makes payloads of the Open Authorization API, one application for each product that the snapshot was to have.
 *
 * - Users and groups have their Atlassian ids, and email addresses as identities, also those of the SCIM directory.
 * - Project roles are named `<project> - <role>`, and allow what the project's permission scheme gives them.
 * - A holder that is no person and no group (everybody, licensed people, a condition, a kind that is not known) is a group
 *   with the id `atlassian:<holder>` and the property `holder`. Everybody who is listed is in those that mean everybody, and
 *   groups that give use of a product are nested in those that mean its users.
 * - What is named in a grant and was not listed has the property `listed: false`.
 * - What could not be read is told in `gaps` and `complete` of the application (with what it takes from the organization:
 *   emails, SCIM ids, and who else may use Jira or Confluence), in `gaps` of the resource, and in
 *   `members_read`, `actors_read` and `permission_scheme_read`. A gap is never written as a value.
 *
 * Pushing takes `JSON.stringify(payload)` as the `json_data` of Veza's API, which takes 100 MB at most.
 */
export function toOaa(snapshot: AccessSnapshot, options: OaaOptions = {}): OaaExport[] {
  const people = new PeopleByAccount(snapshot);
  const make = { admin: adminToOaa, jira: jiraToOaa, confluence: confluenceToOaa, bitbucket: bitbucketToOaa };

  return [...new Set(snapshot.products)].map((product) => {
    const name = options.names?.[product] ?? defaultName(snapshot, product);
    return { product, name, payload: make[product](snapshot, name, people) };
  });
}

/** The same for the same site, organization or workspace, whatever it is called. */
function defaultName({ entities }: AccessSnapshot, product: Product): string {
  switch (product) {
    case 'admin':
      return named('Atlassian Admin', entities['admin.tenant'][0]?.id);
    case 'jira':
      return named('Jira', hostOf(entities['jira.instance'][0]?.baseUrl) ?? entities['jira.instance'][0]?.id);
    case 'confluence':
      return named(
        'Confluence',
        hostOf(entities['confluence.instance'][0]?.baseUrl) ?? entities['confluence.instance'][0]?.id,
      );
    case 'bitbucket':
      return named('Bitbucket', entities['bitbucket.workspace'][0]?.slug);
  }
}

function named(product: string, where: string | undefined): string {
  return where === undefined || where === '' ? product : `${product} - ${where}`;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
