// Reads a JSON text that a person wrote, within limits: says where it is broken, and which keys are duplicates (JSON.parse silently keeps the last).
import iconv from 'iconv-lite';
import { MAX_SETTINGS_DEPTH, MAX_SETTINGS_TEXT_CHARS, MAX_SETTINGS_VALUES } from './settings-limits';

/** A limit that a text exceeds. */
export type JsonLimit = 'depth' | 'values' | 'chars';

/** The result of reading a JSON text. `duplicates` are the paths of members whose key occurred before; lines and columns count from 1. */
export type JsonText =
  | { readonly ok: true; readonly value: unknown; readonly duplicates: readonly (readonly (string | number)[])[] }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly exceeds: JsonLimit | null };

type Path = readonly (string | number)[];

class BrokenAt extends Error {
  constructor(
    readonly offset: number,
    readonly exceeds: JsonLimit | null = null,
  ) {
    super('not JSON');
  }
}

// The tokens of RFC 8259; sticky, so that each is tried exactly at the current offset.
const blank = /[ \t\r\n]*/y;
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalarToken = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The signs around a text. */
const QUOTES = 2;

class Scanner {
  readonly duplicates: Path[] = [];
  private offset = 0;
  private values = 0;

  constructor(private readonly json: string) {}

  document(): void {
    this.value([]);
    this.take(blank);
    if (this.offset < this.json.length) throw new BrokenAt(this.offset);
  }

  private take(token: RegExp): string | null {
    token.lastIndex = this.offset;
    const found = token.exec(this.json)?.[0] ?? null;
    if (found !== null) this.offset += found.length;
    return found;
  }

  private mark(char: string): boolean {
    this.take(blank);
    if (this.json[this.offset] !== char) return false;
    this.offset += 1;
    return true;
  }

  private need(found: string | boolean | null): void {
    if (found === null || found === false) throw new BrokenAt(this.offset);
  }

  private value(path: Path): void {
    if (path.length > MAX_SETTINGS_DEPTH) throw new BrokenAt(this.offset, 'depth');
    this.values++;
    if (this.values > MAX_SETTINGS_VALUES) throw new BrokenAt(this.offset, 'values');
    if (this.mark('{')) this.members(path);
    else if (this.mark('[')) this.items(path);
    else this.need(this.text() ?? this.take(scalarToken));
  }

  private text(): string | null {
    const begin = this.offset;
    const token = this.take(stringToken);
    if (token !== null && token.length - QUOTES > MAX_SETTINGS_TEXT_CHARS) throw new BrokenAt(begin, 'chars');
    return token;
  }

  private members(path: Path): void {
    const seen = new Set<string>();
    if (this.mark('}')) return;
    do {
      this.take(blank);
      const token = this.text();
      this.need(token);
      const key = String(JSON.parse(token ?? '""'));
      if (seen.has(key)) this.duplicates.push([...path, key]);
      seen.add(key);
      this.need(this.mark(':'));
      this.value([...path, key]);
    } while (this.mark(','));
    this.need(this.mark('}'));
  }

  private items(path: Path): void {
    if (this.mark(']')) return;
    let index = 0;
    do this.value([...path, index++]);
    while (this.mark(','));
    this.need(this.mark(']'));
  }
}

/** Reads a JSON text (a leading BOM is allowed) with the place of its first mistake, or of the first thing beyond a limit, and its duplicate keys. Never throws. */
export function readJsonText(withBom: string): JsonText {
  const text = withBom.replace(/^\uFEFF/, '');
  const scanner = new Scanner(text);
  try {
    scanner.document();
  } catch (error) {
    if (!(error instanceof BrokenAt)) throw error;
    const before = text.slice(0, error.offset).split(/\r\n|\r|\n/);
    return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, exceeds: error.exceeds };
  }
  return { ok: true, value: JSON.parse(text), duplicates: scanner.duplicates };
}

/** Decodes settings: UTF-8, or UTF-16 by its byte order mark, as Windows PowerShell writes with `>`. */
export function readSettingsText(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 2);
  if (start === '\xff\xfe') return iconv.decode(bytes, 'utf-16le');
  if (start === '\xfe\xff') return iconv.decode(bytes, 'utf-16be');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
