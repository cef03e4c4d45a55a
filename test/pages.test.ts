import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentVariables, type ErrorCode, type RunOutcome } from '../src/index.js';

const PAGES = ['README.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => join('docs', name))].filter((page) =>
  page.endsWith('.md'),
);

/** Every code, which the compiler sees to. */
const CODES = {
  config_invalid: true,
  request_invalid: true,
  unauthenticated: true,
  forbidden: true,
  not_found: true,
  conflict: true,
  license_limit: true,
  payment_required: true,
  gone: true,
  rate_limited: true,
  rejected: true,
  server_error: true,
  response_invalid: true,
  response_too_large: true,
  redirect_refused: true,
  network_failed: true,
  timed_out: true,
  aborted: true,
  identity_not_found: true,
  identity_ambiguous: true,
  identity_conflict: true,
  identity_unlinked: true,
  group_not_found: true,
  group_ambiguous: true,
  group_not_writable: true,
  create_not_allowed: true,
  domain_not_claimed: true,
  email_in_use: true,
  confirmation_mismatch: true,
  action_blocked: true,
  capability_missing: true,
  plan_expired: true,
  plan_stale: true,
  plan_altered: true,
  approval_failed: true,
  audit_failed: true,
  action_failed: true,
} satisfies Record<ErrorCode, true>;

const OUTCOMES = {
  planned: true,
  denied: true,
  staged: true,
  partial: true,
  failed: true,
  unknown: true,
  cancelled: true,
  unverified: true,
  unrecorded: true,
} satisfies Record<RunOutcome, true>;

/** Rows of the tables of a page: the cells, without the space around them. */
function rowsOf(page: string): string[][] {
  return readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** Whether npm packs a file by an entry of `files`: a folder, a file, or all of one ending in a folder. */
function isIn(path: string, entry: string): boolean {
  const [folder = '', ending] = entry.split('/*');
  return ending === undefined
    ? path === folder || path.startsWith(`${folder}/`)
    : dirname(path) === folder && path.endsWith(ending);
}

/** The anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('the page about credentials lists every variable of the environment, in order and in the same words', () => {
  const rows = rowsOf('docs/credentials.md').filter(([name]) => name?.startsWith('`ATLASSIAN_') === true);

  expect(rows).toEqual(environmentVariables.map(({ name, description }) => [`\`${name}\``, description]));
});

test('the page about errors explains every code and every outcome', () => {
  const explained = rowsOf('docs/errors.md').flatMap(([name = '']) =>
    [...name.matchAll(/`(\w+)`/g)].map(([, word]) => word),
  );

  expect(explained).toEqual([...Object.keys(CODES), ...Object.keys(OUTCOMES)]);
});

test('every page that a page links to is in the package', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
  const targets = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, path = '']) =>
      join(dirname(page), path),
    ),
  );

  const left = targets.filter((target) => !files.some((pattern) => isIn(target, pattern)));

  expect(targets).toContain(join('docs', 'errors.md'));
  expect(left).toEqual([]);
});

describe.for(PAGES)('%s', (page) => {
  test('links to pages and headings that are there', () => {
    const targets = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];

    const broken = targets.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });

    expect(broken.map(([link]) => link)).toEqual([]);
  });
});
