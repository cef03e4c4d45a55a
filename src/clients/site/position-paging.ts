import { ResponseInvalidError } from '../../errors/api-errors.js';
import { ProvisionerError } from '../../errors/provisioner-error.js';

/**
 * The position that a cursor stands for; the first one without a cursor.
 *
 * @throws `request_invalid` for a cursor that is no position.
 */
export function positionOf(operation: string, cursor = '0'): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new ProvisionerError('request_invalid', `${operation} was not sent: its cursor is none that a page gave`);
}

/** Whether an answer has a link to a next page. */
export function isLink(next: string | null | undefined): boolean {
  return next !== undefined && next !== null && next !== '';
}

/** The error of a position beyond the end that the server itself tells, where it says that more follow. */
export function beyondTheTotal(operation: string, total: number): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation, method: 'GET', status: 200, attempts: 1 },
    [{ path: 'total', expected: 'as many items at least as came', received: `a total of ${String(total)}` }],
    'the server sent more items than it says that there are, and says that more follow',
  );
}

/** The error of an empty page that is not the last: a walk would never end. `field` is where its items should be. */
export function emptyBeforeTheEnd(operation: string, field: string): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation, method: 'GET', status: 200, attempts: 1 },
    [{ path: field, expected: 'items, or the end of the list', received: 'neither' }],
    'the server sent an empty page and says that more follow',
  );
}
