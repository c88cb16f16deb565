import { createHash } from 'node:crypto';
import { barChart } from '../../../shared/page/bar-chart';
import { html } from '../../../shared/page/html';
import { page } from '../../../shared/page/page';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policyOf = (text: string): string =>
  /Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!.replaceAll('&#39;', "'");

test('a page allows its own style and script by their hashes, and nothing else', () => {
  const script = 'document.title = "a && b < c";\n';
  const text = page({ title: 'A <b>', lang: 'en', body: html`<p>x</p>`, script });
  const policy = policyOf(text);
  const style = /<style>([^]*)<\/style>/.exec(text)![1]!;
  expect(text).toContain(`<script>${script}</script>`);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(text).toContain('<title>A &lt;b&gt;</title>');
  expect(text).toMatch(/^<!doctype html>\s+<html lang="en">/);
  expect(text).not.toMatch(/https?:|url\(|@import/);
});

test('a page without a script allows none', () => {
  const text = page({ title: 'A', lang: 'en', body: html`<p>x</p>` });
  expect(policyOf(text)).toContain("script-src 'none'");
  expect(text).not.toContain('<script');
});

test.each(['a = "</script>"', 'a = "<!--"', 'a = "</STYLE>"'])(
  'a script that would end early is refused: %s',
  (script) => expect(() => page({ title: 'A', lang: 'en', body: html``, script })).toThrow(TypeError),
);

test('bars are as long as their values compared with the largest; a small one is seen, and 0 is empty', () => {
  const bar = (value: number) => ({
    key: `v${value}`,
    label: `<${value}>`,
    value,
    text: String(value),
    tone: 'good' as const,
  });
  const { text } = barChart({ id: 'c', title: 'T', description: 'D', bars: [100_000, 25_000, 1, 0].map(bar) });
  expect([...text.matchAll(/class="bar"[^>]*width="([^"]+)"/g)].map(([, width]) => width)).toEqual([
    '100%',
    '25%',
    '0.7%',
    '0%',
  ]);
  expect(text).toContain('aria-labelledby="c-title c-desc"');
  expect(text).toContain('&lt;25000&gt;');
});

test('a chart of nothing but zeros has empty bars', () => {
  const bars = [{ key: 'a', label: 'A', value: 0, text: '0', tone: 'quiet' as const }];
  expect(barChart({ id: 'c', title: 'T', description: 'D', bars }).text).toMatch(/class="bar"[^>]*width="0%"/);
});
