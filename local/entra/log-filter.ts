// The $filter of the provisioning logs: comparisons joined by `and`, on the documented properties only.
import { GraphRefusal } from './graph-answer';

/** Reads the value that a comparison looks at; a date is ms since 1970. */
export type ReadProperty<T> = (record: T) => string | number;

/** A property that may be filtered. */
export interface FilterProperty<T> {
  readonly read: ReadProperty<T>;
  readonly kind: 'text' | 'date' | 'number';
  /** Operators that the documentation lists. [LIST] */
  readonly documented: readonly string[];
}

/** Properties by their path in lower case: names are compared without case (`jobid`, `jobId`), values with it. */
export type FilterProperties<T> = ReadonlyMap<string, FilterProperty<T>>;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z][\w/]*(?=\s*\())|([(),])|([^\s(),']+))/y;
const OPERATORS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

/** Compiles a filter to a test. Throws a GraphRefusal (400) for anything that is not in the grammar. */
export function compileFilter<T>(
  filter: string,
  properties: FilterProperties<T>,
  strict: boolean,
): (record: T) => boolean {
  const parser = new FilterParser(readTokens(filter), properties, strict);
  return parser.parse();
}

class FilterParser<T> {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly properties: FilterProperties<T>,
    private readonly strict: boolean,
  ) {}

  parse(): (record: T) => boolean {
    const tests = [this.parseTerm()];
    while (this.at < this.tokens.length) {
      this.expect('and');
      tests.push(this.parseTerm());
    }
    return (record) => tests.every((test) => test(record));
  }

  private parseTerm(): (record: T) => boolean {
    return this.tokens[this.at] === 'contains' ? this.parseContains() : this.parseComparison();
  }

  private parseContains(): (record: T) => boolean {
    this.expect('contains');
    this.expect('(');
    const isFolded = this.tokens[this.at] === 'tolower';
    if (isFolded) {
      if (this.strict) throw refuseFilter('tolower is not documented');
      this.at += 1;
      this.expect('(');
    }
    const property = this.parseProperty('contains');
    if (isFolded) this.expect(')');
    this.expect(',');
    const needle = readText(this.next());
    this.expect(')');
    return (record) => {
      const value = String(property.read(record));
      return (isFolded ? value.toLowerCase() : value).includes(needle);
    };
  }

  private parseComparison(): (record: T) => boolean {
    const path = this.next();
    const operator = this.next();
    if (!OPERATORS.has(operator)) throw refuseFilter(`unknown operator ${operator}`);
    this.at -= 2;
    const property = this.parseProperty(operator);
    this.at += 1;
    const literal = this.next();
    const expected = readLiteral(property.kind, literal);
    if (property.kind === 'text' && operator !== 'eq' && operator !== 'ne')
      throw refuseFilter(`${operator} does not suit ${path}`);
    return (record) => compare(property.read(record), operator, expected);
  }

  private parseProperty(operator: string): FilterProperty<T> {
    const path = this.next();
    const property = this.properties.get(path.toLowerCase());
    if (!property) throw refuseFilter(`unknown property ${path}`);
    if (this.strict && !property.documented.includes(operator))
      throw refuseFilter(`${operator} is not documented for ${path}`);
    return property;
  }

  private expect(token: string): void {
    const found = this.next();
    if (found !== token) throw refuseFilter(`${token} expected, ${found} found`);
  }

  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw refuseFilter('unexpected end');
    this.at += 1;
    return token;
  }
}

function readTokens(filter: string): string[] {
  const text = filter.trim();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw refuseFilter('unreadable');
    tokens.push(match[0].trim());
  }
  return tokens;
}

function readText(token: string): string {
  if (!token.startsWith("'")) throw refuseFilter(`a quoted value expected, ${token} found`);
  return token.slice(1, -1).replaceAll("''", "'");
}

function readLiteral(kind: 'text' | 'date' | 'number', token: string): string | number {
  if (kind === 'text') return readText(token);
  const value = kind === 'date' ? readDate(token) : Number(token);
  if (Number.isNaN(value)) throw refuseFilter(`${token} is no ${kind}`);
  return value;
}

function readDate(token: string): number {
  return /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(token)
    ? Date.parse(token)
    : Number.NaN;
}

function compare(actual: string | number, operator: string, expected: string | number): boolean {
  switch (operator) {
    case 'eq':
      return actual === expected;
    case 'ne':
      return actual !== expected;
    case 'gt':
      return actual > expected;
    case 'ge':
      return actual >= expected;
    case 'lt':
      return actual < expected;
    default:
      return actual <= expected;
  }
}

function refuseFilter(reason: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', 'Invalid filter clause.', `filter: ${reason}`);
}
