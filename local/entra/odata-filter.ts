// The $filter of Graph's lists, compiled to a test. What is not in the grammar of a list, or names a property that it
// cannot be filtered by, is refused: never an answer with everybody.
//
//   or  := and { 'or' and }            test       := '(' or ')' | function | comparison
//   and := not { 'and' not }           function   := name '(' operand ',' text ')'
//   not := 'not' not | test            comparison := operand operator value | property 'in' '(' value { ',' value } ')'
//                                      operand    := property | 'tolower' '(' property ')'
import { GraphRefusal } from './graph-answer';

/** A value that a filter looks at; a date is ms since 1970. */
export type FilterValue = string | number | boolean | null;

/** A property that may be filtered. */
export interface FilterProperty<T> {
  readonly read: (record: T) => FilterValue;
  readonly kind: 'text' | 'date' | 'number' | 'boolean';
  /** Operators and functions that the documentation lists. */
  readonly documented: readonly string[];
}

/** Properties by their path in lower case: names are compared without case (`jobid`, `jobId`). */
export type FilterProperties<T> = ReadonlyMap<string, FilterProperty<T>>;

/** What a list accepts besides comparisons. */
export interface FilterRules {
  /** Of `and`, `or`, `not`, `(` and `tolower`. */
  readonly words: readonly string[];
  /** Only the operators that are documented for a property. */
  readonly strict: boolean;
  /** Text is compared without case, as in the directory; in the logs with it. */
  readonly ignoresCase: boolean;
}

type Test<T> = (record: T) => boolean;
type Read<T> = (record: T) => FilterValue;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z][\w/]*(?=\s*\())|([(),])|([^\s(),']+))/y;
const OPERATORS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
type TextTest = (value: string, part: string) => boolean;
const FUNCTIONS: ReadonlyMap<string, TextTest> = new Map([
  ['contains', (value, part) => value.includes(part)],
  ['startswith', (value, part) => value.startsWith(part)],
  ['endswith', (value, part) => value.endsWith(part)],
]);
/** Bounds the stack; not documented. */
const MAX_DEPTH = 50;

/** Compiles a filter to a test. Throws a GraphRefusal (400) for anything that is not in the grammar. */
export function compileFilter<T>(filter: string, properties: FilterProperties<T>, rules: FilterRules): Test<T> {
  return new FilterParser(readTokens(filter), properties, rules).parse();
}

class FilterParser<T> {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly properties: FilterProperties<T>,
    private readonly rules: FilterRules,
  ) {}

  parse(): Test<T> {
    const test = this.parseOr();
    if (this.at < this.tokens.length) throw refuseFilter(`${this.tokens[this.at]} is not expected`);
    return test;
  }

  private parseOr(): Test<T> {
    const tests = [this.parseAnd()];
    while (this.skip('or')) tests.push(this.parseAnd());
    return (record) => tests.some((test) => test(record));
  }

  private parseAnd(): Test<T> {
    const tests = [this.parseNot()];
    while (this.skip('and')) tests.push(this.parseNot());
    return (record) => tests.every((test) => test(record));
  }

  private parseNot(): Test<T> {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw refuseFilter('nested too deeply');
    const test = this.skip('not') ? negate(this.parseNot()) : this.parseTest();
    this.depth -= 1;
    return test;
  }

  private parseTest(): Test<T> {
    if (this.skip('(')) {
      const test = this.parseOr();
      this.expect(')');
      return test;
    }
    const name = this.tokens[this.at]?.toLowerCase() ?? '';
    const holds = FUNCTIONS.get(name);
    return holds ? this.parseFunction(name, holds) : this.parseComparison();
  }

  private parseFunction(name: string, holds: TextTest): Test<T> {
    this.at += 1;
    this.expect('(');
    const { read } = this.parseOperand(name);
    this.expect(',');
    const part = this.fold(readText(this.next()));
    this.expect(')');
    return (record) => holds(String(this.fold(read(record)) ?? ''), part);
  }

  private parseComparison(): Test<T> {
    const operator = this.findOperator();
    const { read, kind } = this.parseOperand(operator);
    this.at += 1;
    if (operator === 'in') return this.parseIn(read, kind);
    const expected = this.fold(readLiteral(kind, this.next()));
    if ((kind === 'text' || kind === 'boolean' || expected === null) && operator !== 'eq' && operator !== 'ne')
      throw refuseFilter(`${operator} does not suit a ${kind}`);
    return (record) => compare(this.fold(read(record)), operator, expected);
  }

  private parseIn(read: Read<T>, kind: FilterProperty<T>['kind']): Test<T> {
    this.expect('(');
    const values = new Set([this.fold(readLiteral(kind, this.next()))]);
    while (this.skip(',')) values.add(this.fold(readLiteral(kind, this.next())));
    this.expect(')');
    return (record) => values.has(this.fold(read(record)));
  }

  /** The operator behind the operand at the current place, which is read before the operand that it must suit. */
  private findOperator(): string {
    const isFolded = this.tokens[this.at]?.toLowerCase() === 'tolower';
    const operator = this.tokens[this.at + (isFolded ? 4 : 1)];
    if (operator === undefined) throw refuseFilter('unexpected end');
    if (!OPERATORS.has(operator) && operator !== 'in') throw refuseFilter(`unknown operator ${operator}`);
    return operator;
  }

  private parseOperand(operator: string): { read: Read<T>; kind: FilterProperty<T>['kind'] } {
    if (!this.skip('tolower')) return this.parseProperty(operator);
    this.expect('(');
    const { read, kind } = this.parseProperty(operator);
    this.expect(')');
    return { read: (record) => toLowerCase(read(record)), kind };
  }

  private parseProperty(operator: string): FilterProperty<T> {
    const path = this.next();
    const property = this.properties.get(path.toLowerCase());
    if (!property) throw refuseFilter(`unknown property ${path}`);
    if (this.rules.strict && !property.documented.includes(operator))
      throw refuseFilter(`${operator} is not documented for ${path}`);
    return property;
  }

  private fold<V extends FilterValue>(value: V): V {
    return this.rules.ignoresCase ? toLowerCase(value) : value;
  }

  /** Whether the next token is this word, which is then passed; a word that the list does not know is refused. */
  private skip(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    if (word !== ',' && !this.rules.words.includes(word)) throw refuseFilter(`${word} is not supported here`);
    this.at += 1;
    return true;
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

function negate<T>(test: Test<T>): Test<T> {
  return (record) => !test(record);
}

function toLowerCase<V extends FilterValue>(value: V): V {
  return (typeof value === 'string' ? value.toLowerCase() : value) as V;
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

function readLiteral(kind: FilterProperty<unknown>['kind'], token: string): FilterValue {
  if (token === 'null') return null;
  if (kind === 'text') return readText(token);
  if (kind === 'boolean') {
    if (token !== 'true' && token !== 'false') throw refuseFilter(`${token} is no boolean`);
    return token === 'true';
  }
  const value = kind === 'date' ? readDate(token) : Number(token);
  if (Number.isNaN(value)) throw refuseFilter(`${token} is no ${kind}`);
  return value;
}

function readDate(token: string): number {
  return /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(token)
    ? Date.parse(token)
    : Number.NaN;
}

function compare(actual: FilterValue, operator: string, expected: FilterValue): boolean {
  if (operator === 'eq') return actual === expected;
  if (operator === 'ne') return actual !== expected;
  if (actual === null || expected === null) return false;
  switch (operator) {
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
