// A page of this product: one file that loads nothing, so that it can be mailed, archived and opened without a network.
import { createHash } from 'node:crypto';
import type { Html } from './html';
import { html, raw } from './html';
import { styles } from './styles';

/** What a page is made of. */
export interface PageParts {
  /** Shown by the browser and kept in its history: no personal data. */
  readonly title: string;
  /** Language of its words, BCP 47. */
  readonly lang: string;
  readonly body: Html;
  /** JavaScript of ours, a constant; it runs after the body was read. */
  readonly script?: string;
}

/** Ends a script or a style early, or changes how it is read. */
const BREAKS_OUT = /<\/(script|style)|<!--/i;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Exactly this text between the tags: a space more, and the hash is of another one. */
const element = (name: 'script' | 'style', text: string): Html => raw(`<${name}>${text}</${name}>`);

/** Only this style and this script, nothing from anywhere, and no text that becomes HTML in the browser. */
const policyOf = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(styles)}`,
    `script-src ${script === undefined ? "'none'" : hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** The text of a page, complete. Throws if the script could not be put into a page. */
export function page({ title, lang, body, script }: PageParts): string {
  if (script !== undefined && BREAKS_OUT.test(script)) throw new TypeError('a script of a page would end early');
  const document = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyOf(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${element('style', styles)}
      </head>
      <body>
        ${body} ${script === undefined ? null : element('script', script)}
      </body>
    </html>`;
  return `${document.text}\n`;
}
