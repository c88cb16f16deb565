// HTML as a tagged template that escapes what is inserted. Only what is already `Html` goes in as it is.
import { visible } from './visible';

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes; null and false insert nothing. */
export type Part = Html | string | number | null | false | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** A text for content and for quoted attributes: nothing in it is markup, nothing in it is invisible. */
export const escaped = (text: string): string => visible(text).replace(/[&<>"'`]/g, (one) => ESCAPES[one] ?? one);

const textOf = (part: Part): string =>
  part === null || part === false
    ? ''
    : part instanceof Html
      ? part.text
      : typeof part === 'object'
        ? part.map(textOf).join('')
        : escaped(String(part));

/** HTML with its insertions escaped; attributes must be in double quotes. Never for the content of a script or a style. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(texts.map((text, at) => text + textOf(parts[at] ?? null)).join(''));

/** HTML of our own that is text already: a constant, never anything from outside. */
export const raw = (text: string): Html => new Html(text);

const IN_SCRIPTS = /[<>&\u2028\u2029]/g;

/**
 * A value for a script of the page to read: JSON in an element that no browser runs, found by its id. Nothing in it can end the element; lone
 * surrogates are escaped by JSON itself.
 */
export const jsonData = (id: string, json: string): Html =>
  raw(`<script type="application/json" id="${escaped(id)}">${safeJson(json)}</script>`);

/** JSON text that contains no character with a meaning to HTML or to old readers of JavaScript; it parses to the same value. */
export const safeJson = (json: string): string =>
  json.replace(IN_SCRIPTS, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
