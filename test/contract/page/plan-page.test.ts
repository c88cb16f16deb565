// The page of a plan in a real browser: what it shows, how it is searched, and that nothing in a file gets out of its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { planWords } from '../../../shared/messages/catalogue';
import { visible, visibleValue } from '../../../shared/page/visible';
import { PLAN_KINDS, type PlanEntry, type PlanSummary } from '../../../shared/plan/plan';
import { planPage } from '../../../shared/plan/plan-page';
import { startBrowser } from './browser';
import { HOSTILE, madeEntries, madeSummary } from './made-plan';

const CSV = 'people.csv.plan.csv';
const entries = madeEntries();
const summary = madeSummary(entries);

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-page-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

function textOf(people: readonly PlanEntry[], about: PlanSummary): string {
  const made = planPage(planWords);
  for (const entry of people) made.add(entry);
  return made.finish(about, CSV);
}

/** Runs in the page: an image, a style and a request from elsewhere, and HTML from text; true when each was refused. */
const BREAK_THE_POLICY = `(async () => {
  const directives = new Set(['img-src', 'style-src-elem', 'connect-src']);
  const allRefused = new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      directives.delete(effectiveDirective);
      if (directives.size === 0) resolve();
    });
  });
  const image = document.createElement('img');
  image.src = 'https://attacker.example/x.png';
  const style = document.createElement('style');
  style.textContent = 'body { color: red }';
  document.body.append(image, style);
  await fetch('https://attacker.example/').catch(() => null);
  await allRefused;
  try {
    document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
    return false;
  } catch {
    return true;
  }
})()`;

/** An opened page and everything that must not happen on it. */
interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly trouble: string[];
  /** Requests that the page's policy stopped. */
  readonly stopped: string[];
}

async function open(text: string, options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Opened> {
  const file = join(folder, 'plan.html');
  writeFileSync(file, text);
  const page = await browser.newPage(options);
  page.setDefaultTimeout(5_000);
  const opened: Opened = { page, requests: [], trouble: [], stopped: [] };
  page.on('request', (request) => opened.requests.push(request.url()));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') opened.stopped.push(request.url());
  });
  page.on('console', (message) => opened.trouble.push(message.text()));
  page.on('pageerror', (error) => opened.trouble.push(String(error)));
  page.on('dialog', (dialog) => {
    opened.trouble.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  return opened;
}

const listed = (page: Page) => page.locator('#records-list > li');
const found = (page: Page) => page.locator('#records-status');
const chip = (page: Page, kind: string) => page.locator(`.chip[data-group="${kind}"]`);
const focused = (page: Page): Promise<string | null> => page.locator(':focus').textContent();
const isSearching = (page: Page): Promise<boolean> => page.locator('#records-search:focus').isVisible();

describe('the plan of 10,000 people', () => {
  let opened: Opened;
  let page: Page;
  beforeAll(async () => {
    opened = await open(textOf(entries, summary));
    ({ page } = opened);
  });
  afterEach(() => page.keyboard.press('Escape'));
  afterAll(() => page.close());

  test('says first what would happen, whether it is held, and why', async () => {
    const { disabled, missing, enabled, changed } = summary.counts;
    expect(await page.locator('h1').textContent()).toBe(
      `This file would disable ${disabled} of ${summary.known.toLocaleString('en')} people, enable ${enabled}, change ${changed}, and create ${summary.counts.new}; ${missing} people are missing from it.`,
    );
    const verdict = (await page.locator('#verdict').textContent())!;
    for (const sentence of ['It was held', ...summary.held, `rollcall approve ${summary.run} --reason "why"`])
      expect(verdict).toContain(sentence);
    expect(await page.locator('#warnings').textContent()).toContain(summary.warnings[0]);
    expect(await page.title()).toBe(`Plan of ${summary.file}`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('the numbers of the picture are those of the summary, and bars are as long as their numbers', async () => {
    const bars = await Promise.all(
      (await page.locator('[data-bar]').all()).map(async (bar) => ({
        kind: await bar.getAttribute('data-bar'),
        value: Number(await bar.getAttribute('data-value')),
        text: await bar.locator('.number').textContent(),
        width: (await bar.locator('.bar').boundingBox())!.width,
      })),
    );
    const expected = PLAN_KINDS.filter((kind) => kind !== 'unchanged' && summary.counts[kind] > 0);
    expect(bars.map(({ kind }) => kind).sort()).toEqual([...expected].sort());
    const largest = Math.max(...bars.map(({ value }) => value));
    const whole = Math.max(...bars.map(({ width }) => width));
    for (const { kind, value, text, width } of bars) {
      expect(value).toBe(summary.counts[kind as 'new']);
      expect(text).toMatch(new RegExp(`^${value.toLocaleString('en')}( |$)`));
      expect(width / whole).toBeCloseTo(value / largest, 1);
    }
    const picture = page.locator('svg[role="img"]');
    expect(await picture.locator('desc').textContent()).toContain(`Disabled: ${summary.counts.disabled}`);
    const facts = await page.locator('[data-fact] dd').allTextContents();
    expect(facts).toEqual([
      summary.rows.toLocaleString('en'),
      summary.known.toLocaleString('en'),
      summary.counts.unchanged.toLocaleString('en'),
      '14',
      '0.7% of 2,000',
      '2026-11-27 02:03 UTC',
    ]);
  });

  test('begins with those who would be disabled, and shows more as they are reached', async () => {
    expect(await found(page).textContent()).toBe('10,000 people');
    expect(await listed(page).first().locator('.kind').textContent()).toBe('Disabled');
    const before = await listed(page).count();
    expect(before).toBeLessThan(500);
    await listed(page).last().scrollIntoViewIfNeeded();
    await listed(page).nth(before).waitFor({ state: 'attached' });
  });

  test.each<[string, string, (entry: PlanEntry) => boolean]>([
    ['an id', '100409', ({ id }) => id === '100409'],
    ['a name without its accents', 'dvorak JURGEN', ({ name }) => name === 'Jürgen Dvořák'],
    ['a new value', '+41 44 000 00 01', ({ changes }) => changes.some(({ after }) => after === '+41 44 000 00 01')],
  ])('finds people by %s and hides the others', async (_, words, isMeant) => {
    const count = entries.filter(isMeant).length;
    expect(count).toBeGreaterThan(0);
    await page.locator('#records-search').fill(words);
    expect(await found(page).textContent()).toBe(count === 1 ? '1 person' : `${count} people`);
    expect(await listed(page).count()).toBe(Math.min(count, 100));
    expect(await chip(page, '').locator('.count').textContent()).toBe(String(count));
  });

  test('says when nobody matches, and shows all again', async () => {
    await page.locator('#records-search').fill('nobody has this');
    expect(await listed(page).count()).toBe(0);
    await page.locator('#records-clear').click();
    expect(await found(page).textContent()).toBe('10,000 people');
  });

  test.each(PLAN_KINDS)('narrows to %s, with the count of the summary', async (kind) => {
    const count = summary.counts[kind];
    if (count === 0) {
      expect(await chip(page, kind).isVisible()).toBe(false);
      return;
    }
    expect(await chip(page, kind).locator('.count').textContent()).toBe(count.toLocaleString('en'));
    await chip(page, kind).click();
    expect(await chip(page, kind).getAttribute('aria-pressed')).toBe('true');
    expect(await found(page).textContent()).toBe(`${count.toLocaleString('en')} people`);
    const kinds = new Set(await page.locator('.record .kind').allTextContents());
    expect([...kinds]).toEqual([planWords.kinds[kind]]);
  });

  test('the keyboard searches, moves, unfolds and clears, with the place in sight', async () => {
    await chip(page, 'new').click();
    await page.keyboard.press('/');
    expect(await isSearching(page)).toBe(true);
    await page.keyboard.type('zürich/');
    expect(await page.locator('#records-search').inputValue()).toBe('zürich/');
    await page.keyboard.press('Escape');
    expect(await page.locator('#records-search').inputValue()).toBe('');
    expect(await chip(page, '').getAttribute('aria-pressed')).toBe('true');
    await chip(page, 'new').click();
    for (const key of ['j', 'ArrowDown', 'j', 'k']) await page.keyboard.press(key);
    expect(await focused(page)).toBe(await listed(page).nth(1).textContent());
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    const more = listed(page).nth(1).locator('details');
    expect(await more.getAttribute('open')).toBeNull();
    await page.keyboard.press('Enter');
    expect(await more.getAttribute('open')).toBe('');
    for (const key of ['ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
    expect(await isSearching(page)).toBe(true);
  });

  test('values are shown before and after, and what is not set says so', async () => {
    await chip(page, 'enabled').click();
    const rows = listed(page).first().locator('tbody tr');
    expect(await rows.nth(0).locator('th, td').allTextContents()).toEqual(['active', 'false', 'true']);
    expect((await rows.nth(1).locator('td').allTextContents())[0]).toBe('not set');
  });

  test('what a file says is only text, and nothing in it is invisible', async () => {
    await chip(page, 'changed').click();
    for (const [index, text] of HOSTILE.entries()) {
      const place = planWords.place(index + 1_001, index + 1_002);
      const person = listed(page).filter({ has: page.getByText(place, { exact: true }) });
      expect(await person.locator('.name').textContent()).toBe(visibleValue(text));
      expect(await person.locator('td bdi').allTextContents()).toEqual([visibleValue(text), visibleValue(`${text}!`)]);
      expect(await person.locator('.note').textContent()).toBe(visible(text));
      expect(await person.locator('script, img, a, [onmouseover]').count()).toBe(0);
    }
  });

  test('nothing was loaded, nothing ran that is not ours, and nothing was refused', async () => {
    expect(opened.requests).toEqual([page.url()]);
    expect(opened.trouble).toEqual([]);
    expect(await page.title()).toBe(`Plan of ${summary.file}`);
    expect(await page.locator('script:not([type="application/json"])').count()).toBe(1);
  });

  test('the policy refuses a script, a style and a request that are not ours', async () => {
    const isHtmlRefused = await page.evaluate<boolean>(BREAK_THE_POLICY);
    expect(isHtmlRefused).toBe(true);
    expect(opened.requests.filter((url) => url !== page.url() && !opened.stopped.includes(url))).toEqual([]);
  });
});

test('without JavaScript the summary is there, and the CSV is named for the people', async () => {
  const { page } = await open(textOf(entries.slice(0, 100), summary), { javaScriptEnabled: false });
  expect(await page.locator('h1').isVisible()).toBe(true);
  expect(await page.locator('svg .bar').count()).toBeGreaterThan(3);
  expect(await page.locator('noscript').innerText()).toContain(CSV);
  expect(await page.locator('#records').isVisible()).toBe(false);
  await page.close();
});

test('of more people than it lists it keeps the important ones, and says where the others are', async () => {
  const many = [...entries.filter(({ kind }) => kind === 'unchanged'), ...entries];
  const about = madeSummary(many);
  const { page, trouble } = await open(textOf(many, about));
  expect(await page.locator('.records-note').first().textContent()).toBe(
    `This page lists 10,000 of ${many.length.toLocaleString('en')}, the most important first. ${CSV} has all of them.`,
  );
  for (const kind of ['disabled', 'changed', 'rejected'] as const)
    expect(await chip(page, kind).locator('.count').textContent()).toBe(about.counts[kind].toLocaleString('en'));
  expect(await found(page).textContent()).toBe('10,000 people');
  expect(trouble).toEqual([]);
  await page.close();
});
