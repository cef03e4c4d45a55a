import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportAssets } from '../../scripts/build-report.js';
import { REPORT_SCRIPT, REPORT_STYLE } from '../../src/discovery/export/report/report-assets.js';
import { toHtmlReport } from '../../src/discovery/export/report/to-html-report.js';
import { sampleSnapshot } from '../../src/discovery/export/sample-snapshot.fixture.js';
import { account, entitiesOf, snapshotOf } from '../../src/discovery/export/snapshot-of.fixture.js';
import { chromiumPath, launch, openReport } from './browser.js';
import { largeSnapshot } from './large-snapshot.js';

const SEARCH = 'Search a person or a resource';
const HOSTILE = '</script><script>globalThis.hacked = true; alert(1)</script><img src=x onerror=alert(2)>';

test('a browser is there, where it has to be', () => {
  expect(process.env.CI === undefined || chromiumPath !== undefined).toBe(true);
});

test('the script and the style are those of their sources, and small', async () => {
  const path = new URL('../../src/discovery/export/report/report-assets.ts', import.meta.url);

  expect(await readFile(path, 'utf8')).toBe(await reportAssets());
  expect(REPORT_SCRIPT.length + REPORT_STYLE.length).toBeLessThan(25_000);
});

describe.skipIf(chromiumPath === undefined)('the report in a browser (skipped: no Chromium is installed)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  const rows = (page: Page, name: string) => page.getByRole('table', { name }).locator('tbody tr');
  const firstCells = (page: Page, name: string) => rows(page, name).locator('th').allTextContents();

  test('opens from a file, asks nothing of a network, and complains about nothing', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot(), { title: 'Acme & friends' }));

    await report.page.getByRole('button', { name: 'Who reaches Berth plan' }).click();

    expect(await report.page.title()).toBe('Acme & friends');
    expect(report.requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(report.requests).toHaveLength(1);
    expect(report.complaints).toEqual([]);
  });

  test('finds a person by keyboard, and draws the paths to a resource', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;
    const search = page.getByRole('combobox', { name: SEARCH });

    await search.focus();
    await page.keyboard.type('ROSA@acme');
    await page.keyboard.press('ArrowDown');
    const active = page.locator('[role=option][aria-selected=true]');
    expect(await active.textContent()).toContain('Rosa Quell');
    expect(await search.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
    await page.keyboard.press('Enter');

    const heading = page.getByRole('heading', { name: 'What Rosa Quell reaches' });
    expect(await heading.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await search.getAttribute('aria-expanded')).toBe('false');

    const opener = page.getByRole('button', { name: 'Paths to Berth plan' });
    await opener.focus();
    await page.keyboard.press('Enter');

    const paths = await page
      .locator('.path')
      .evaluateAll((lists) => lists.map((list) => [...list.children].map((place) => place.textContent)));
    expect(paths).toContainEqual([
      'person Rosa Quell',
      'member group berth-crew',
      'actor project role Berth plan - Developers',
      'granted permission scheme Default',
      'applies to Jira project Berth plan',
    ]);

    await page.getByRole('button', { name: 'Back to the table' }).press('Enter');
    expect(await opener.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('finds a resource, and lists its holders, its people and what is not known', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;

    await page.getByRole('combobox', { name: SEARCH }).fill('harbor');
    await page.getByRole('option').first().click();

    expect(await page.getByRole('heading', { name: 'Who reaches Harbor' }).count()).toBe(1);
    expect(await firstCells(page, 'Holders')).toContain('berth-crew (group)');
    expect(await firstCells(page, 'People who hold something in person, by groups or by roles')).toContain('Guest');
    expect(await page.locator('.notice').textContent()).toBe('Open to: Everybody, without signing in (read)');

    await page.getByRole('button', { name: 'Who reaches Tide' }).click();
    await page.getByText(/^What leaves it open who else does/).click();
    expect(await page.locator('#answer details li').allTextContents()).toContain(
      'jira.projectRoles.list failed with 403',
    );
  });

  test('says that something is not known where a gap hides it', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;

    await page.getByRole('button', { name: 'Access of Mia Stern' }).click();
    await page.getByRole('combobox', { name: 'Reached' }).selectOption('not known');

    const name = 'Resources that are reached, or of which it is not known';
    expect(await firstCells(page, name)).toContain('Tide');
  });

  test('closes the suggestions with Escape, and tells how many there are', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;

    await page.getByRole('combobox', { name: SEARCH }).fill('e');
    expect(await page.locator('.search [role=status]').textContent()).toMatch(/^\d+ found/);
    await page.keyboard.press('Escape');

    expect(await page.getByRole('listbox').count()).toBe(0);
  });

  test('sorts a table by keyboard, up and down, and says so', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;
    const heading = page.getByRole('table', { name: 'People and apps' }).getByRole('columnheader', { name: 'Name' });

    await heading.getByRole('button').focus();
    await page.keyboard.press('Enter');
    const up = await firstCells(page, 'People and apps');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Space');

    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(up).toEqual([...up].sort((a, b) => a.localeCompare(b)));
    expect(await firstCells(page, 'People and apps')).toEqual(up.toReversed());
  });

  test('filters findings by severity, kind and text', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;
    const section = page.getByRole('region', { name: 'Findings', exact: true }).first();
    const all = await rows(page, 'Findings').count();

    await section.getByRole('combobox', { name: 'Kind' }).selectOption('public-access');
    const kinds = await rows(page, 'Findings').locator('td:nth-child(2)').allTextContents();
    await section.getByRole('combobox', { name: 'Kind' }).selectOption('');
    await section.getByRole('searchbox', { name: 'Filter' }).fill('nothing like this');

    expect(all).toBeGreaterThan(kinds.length);
    expect(new Set(kinds)).toEqual(new Set(['public-access']));
    expect(await rows(page, 'Findings').count()).toBe(0);
    expect(await section.getByRole('status').textContent()).toBe('None');
  });

  test('shows hostile names as the text they are', async () => {
    const snapshot = snapshotOf([
      ...entitiesOf(sampleSnapshot()),
      { type: 'jira.user', id: account('x'), displayName: HOSTILE, email: `"'><b>@acme.com`, active: true },
      { type: 'jira.project', id: '9', key: '<!--', name: `${HOSTILE}<!-- <script>`, description: HOSTILE },
    ]);
    await using report = await openReport(browser, toHtmlReport(snapshot, { title: HOSTILE }));
    const { page } = report;

    await page.getByRole('button', { name: `Access of ${HOSTILE}` }).click();

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE);
    expect(await page.getByRole('heading', { level: 3 }).textContent()).toBe(`What ${HOSTILE} reaches`);
    expect(await page.locator('h3 bdi').textContent()).toBe(HOSTILE);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(report.complaints).toEqual([]);
  });

  test('lets no script and no style in that is not its own', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));

    const ran = await report.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.hacked = true';
      const style = document.createElement('style');
      style.textContent = 'body { color: rgb(1, 2, 3) }';
      document.head.append(script, style);
      return ['hacked' in globalThis, getComputedStyle(document.body).color];
    });

    expect(ran).toEqual([false, 'rgb(22, 25, 31)']);
    expect(report.complaints.join()).toContain('Content Security Policy');
  });

  test('draws the ways that are of no use in an archived project, and says why', async () => {
    const snapshot = snapshotOf([
      ...entitiesOf(sampleSnapshot()),
      { type: 'jira.project', id: '9', key: 'OLD', name: 'Old pier', archived: true, permissionSchemeId: '1' },
    ]);
    await using report = await openReport(browser, toHtmlReport(snapshot));
    const { page } = report;

    await page.getByRole('button', { name: 'Access of Rosa Quell' }).click();
    await page.getByRole('button', { name: 'Paths to Old pier' }).click();

    const notes = await page.locator('.way.off').filter({ hasText: 'ADMINISTER_PROJECTS' }).locator('p').textContent();
    expect(notes).toContain('of no use');
    expect(notes).toContain('The project OLD is archived');
  });

  test('fits a narrow screen, with hostile and very long names', async () => {
    const names = [HOSTILE, 'W'.repeat(500), '\u05E8\u05D5\u05D6\u05D4 (x)', ' '];
    const people = names.map((displayName, index) => ({
      type: 'jira.user' as const,
      id: account(`p${String(index)}`),
      displayName,
      active: true,
    }));
    const html = toHtmlReport(snapshotOf([...entitiesOf(sampleSnapshot()), ...people]));
    await using report = await openReport(browser, html, { viewport: { width: 320, height: 640 } });
    const { page } = report;

    await page.getByRole('button', { name: 'Access of WWW' }).click();
    await page.getByRole('button', { name: 'Paths to Berth plan' }).click();

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await rows(page, 'People and apps').getByRole('rowheader').last().isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Access of p3' }).count()).toBe(1);
    expect(report.complaints).toEqual([]);
  });

  test('prints whole tables, dark on white', async () => {
    await using report = await openReport(browser, toHtmlReport(largeSnapshot(200)), { colorScheme: 'dark' });
    const { page } = report;

    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const printed = await rows(page, 'People and apps').count();
    const color = await page.evaluate(() => getComputedStyle(document.body).color);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));

    expect(printed).toBe(200);
    expect(color).toBe('rgb(22, 25, 31)');
    expect(await page.getByRole('combobox').first().isVisible()).toBe(false);
    expect(await rows(page, 'People and apps').count()).toBe(50);
  });

  test.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()), { colorScheme });
    const { page } = report;
    await page.getByRole('button', { name: 'Access of Rosa Quell' }).click();
    await page.getByRole('button', { name: 'Paths to Berth plan' }).click();
    await page.getByRole('combobox', { name: SEARCH }).fill('rosa');
    await page.keyboard.press('ArrowDown');

    const ratios = await page.evaluate(() => {
      const channels = (color: string) => [...color.matchAll(/[\d.]+/g)].map(Number);
      const luminance = (color: string) => {
        const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
          const share = value / 255;
          return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const backOf = (node: Element | null): string => {
        if (node === null) return 'rgb(255, 255, 255)';
        const { backgroundColor } = getComputedStyle(node);
        return channels(backgroundColor)[3] === 0 ? backOf(node.parentElement) : backgroundColor;
      };
      return [...document.body.querySelectorAll('*')]
        .filter((node) =>
          [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim() !== ''),
        )
        .filter((node) => !['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(node.tagName))
        .map((node) => {
          const [a, b] = [luminance(getComputedStyle(node).color), luminance(backOf(node))];
          return { tag: node.tagName, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
        });
    });
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);

    expect(ratios.length).toBeGreaterThan(50);
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(dark).toBe(colorScheme === 'dark' ? 'rgb(14, 17, 21)' : 'rgb(244, 246, 249)');
  });

  test('has landmarks, one main heading, and a name for every field, button and table', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;
    await page.getByRole('button', { name: 'Who reaches Berth plan' }).click();

    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('banner').count()).toBe(1);
    expect(await page.getByRole('navigation', { name: 'Parts of the report' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');

    const nameless = await page.locator('button, input, select, table, section').evaluateAll((nodes) =>
      nodes
        .filter((node) => {
          if (node instanceof HTMLTableElement) return !node.hasAttribute('aria-labelledby');
          if (node instanceof HTMLButtonElement) return node.textContent.trim() === '';
          if (node instanceof HTMLElement && node.tagName === 'SECTION') return !node.hasAttribute('aria-labelledby');
          return (node as HTMLInputElement).labels?.length === 0;
        })
        .map((node) => node.outerHTML),
    );
    expect(nameless).toEqual([]);
  });

  test('is walked through with the Tab key, from the link that skips to the content', async () => {
    await using report = await openReport(browser, toHtmlReport(sampleSnapshot()));
    const { page } = report;

    await page.keyboard.press('Tab');
    const skip = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    expect(skip).toBe('Skip to the content');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
  });

  test('shows thousands of people a page at a time, and answers about each of them', async () => {
    await using report = await openReport(browser, toHtmlReport(largeSnapshot(5000)));
    const { page } = report;
    const section = page.getByRole('region', { name: 'People', exact: true });

    expect(await rows(page, 'People and apps').count()).toBe(50);
    expect(await section.getByRole('status').textContent()).toBe('1–50 of 5,000');
    await section.getByRole('button', { name: 'Next' }).click();
    expect(await section.getByRole('status').textContent()).toBe('51–100 of 5,000');
    await section.getByRole('searchbox', { name: 'Filter' }).fill('p4711@acme.com');
    expect(await firstCells(page, 'People and apps')).toEqual(['Person 4711']);
    await section.getByRole('button', { name: 'Access of Person 4711' }).click();

    const name = 'Resources that are reached, or of which it is not known';
    await page.getByRole('combobox', { name: 'Reached' }).selectOption('yes');
    expect(await firstCells(page, name)).toEqual(['Project 94']);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(5000);
    expect(report.complaints).toEqual([]);
  });
});
