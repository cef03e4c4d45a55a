import { DEFAULT_CONFLUENCE_SWITCHES, type ConfluenceSwitches } from './confluence-switches.js';
import { DEFAULT_BITBUCKET_SWITCHES, type BitbucketSwitches } from './bitbucket-switches.js';
import { DEFAULT_JIRA_SWITCHES, type JiraSwitches } from './jira-switches.js';
import { DEFAULT_ORGANIZATION_SWITCHES, type OrganizationSwitches } from './organization-switches.js';
import { DEFAULT_SCIM_SWITCHES, type ScimSwitches } from './scim-switches.js';
import { DEFAULT_USER_MANAGEMENT_SWITCHES, type UserManagementSwitches } from './user-management-switches.js';

/**
 * Behaviour that nobody has confirmed on the live service, or that was seen both ways.
 *
 * The default of each switch is the likelier setting. Turn one to see that your code bears the other.
 */
export interface FakeSwitches
  extends
    ScimSwitches,
    OrganizationSwitches,
    UserManagementSwitches,
    JiraSwitches,
    ConfluenceSwitches,
    BitbucketSwitches {}

/** The likelier setting of each switch. */
export const DEFAULT_SWITCHES: FakeSwitches = {
  ...DEFAULT_SCIM_SWITCHES,
  ...DEFAULT_ORGANIZATION_SWITCHES,
  ...DEFAULT_USER_MANAGEMENT_SWITCHES,
  ...DEFAULT_JIRA_SWITCHES,
  ...DEFAULT_BITBUCKET_SWITCHES,
  ...DEFAULT_CONFLUENCE_SWITCHES,
};
