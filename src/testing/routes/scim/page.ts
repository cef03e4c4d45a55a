import type { FakeSwitches } from '../../switches/fake-switches.js';
import { refuseScim } from './scim-response.js';

/** The part of a list that is asked for. */
export interface ScimPage {
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
}

const LARGEST_PAGE = 100;

/** Reads `startIndex` and `count`. A `startIndex` below 1 counts as 1, and a page holds at most 100. */
export function readPage(query: URLSearchParams, { largePages }: Pick<FakeSwitches, 'largePages'>): ScimPage {
  const startIndex = Math.max(1, readInteger(query, 'startIndex') ?? 1);
  const asked = readInteger(query, 'count') ?? LARGEST_PAGE;
  if (asked > LARGEST_PAGE && largePages === 400)
    return refuseScim(400, `count must be at most ${LARGEST_PAGE}`, 'invalidValue');
  return { startIndex, count: Math.min(Math.max(0, asked), LARGEST_PAGE) };
}

/** The ids on a page. Past the end there are none. */
export function pageOf(ids: readonly string[], { startIndex, count }: ScimPage): readonly string[] {
  return ids.slice(startIndex - 1, startIndex - 1 + count);
}

function readInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  return Number.isInteger(value) ? value : refuseScim(400, `${name} must be an integer`, 'invalidValue');
}
