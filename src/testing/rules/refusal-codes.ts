interface RefusalFacts {
  readonly status: number;
  readonly title: string;
}

/** Error codes of the Organizations API that the fake answers with (documented, with their statuses). */
export const REFUSALS = {
  'ADMIN-400-1': { status: 400, title: 'Invalid Page Cursor' },
  'ADMIN-400-2': { status: 400, title: 'Invalid Domain Id' },
  'ADMIN-400-3': { status: 400, title: 'Invalid Search Time/Date' },
  'ADMIN-400-4': { status: 400, title: 'Invalid Resource' },
  'ADMIN-400-19': { status: 400, title: 'Invalid Request Syntax' },
  'ADMIN-400-21': { status: 400, title: 'Invalid Query Count' },
  'ADMIN-403-3': { status: 403, title: 'Cannot Manage Organization' },
  'ADMIN-404-2': { status: 404, title: 'Organization Not Found' },
  'ADMIN-404-3': { status: 404, title: 'Domain Not Found' },
  'ADMIN-404-4': { status: 404, title: 'Event Not Found' },
  'ADMIN-404-5': { status: 404, title: 'Policy Not Found' },
  'ADMIN-404-6': { status: 404, title: 'Policy Resource Not Found' },
  'ADMIN-404-8': { status: 404, title: 'User Not Found' },
  'ADMIN-409-5': { status: 409, title: 'Group Not Empty' },
  // Documented for a 400 as well, in spite of its name.
  'ADMIN-500-2': { status: 400, title: 'CDEN Validation Failed' },
  'ADMIN-UAM-400-1': { status: 400, title: 'Bad Request' },
  'ADMIN-UAM-400-2': { status: 400, title: 'Inactive User' },
  'ADMIN-UAM-400-3': { status: 400, title: 'Invalid Role for Resource' },
  'ADMIN-UAM-400-4': { status: 400, title: 'Product Not Licensed' },
  'ADMIN-UAM-400-5': { status: 400, title: 'Bad Request' },
  'ADMIN-UAM-402-1': { status: 402, title: 'Payment Required' },
  'ADMIN-UAM-403-1': { status: 403, title: 'Forbidden' },
  'ADMIN-UAM-404-1': { status: 404, title: 'Unknown Resource' },
  'ADMIN-UAM-404-3': { status: 404, title: 'Group Not Found' },
  'ADMIN-UAM-409-1': { status: 409, title: 'Cannot Create Default Group' },
  'ADMIN-UAM-409-2': { status: 409, title: 'Resource Conflict' },
  'ADMIN-UAM-409-3': { status: 409, title: 'Product License Limit Exceeded' },
} as const satisfies Readonly<Record<string, RefusalFacts>>;

/** An error code of the Organizations API. */
export type RefusalCode = keyof typeof REFUSALS;

/** Why Atlassian does not do what is asked. */
export interface Refused {
  readonly code: RefusalCode;
  readonly detail: string;
}
