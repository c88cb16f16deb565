// Expressions of attribute mappings, parsed to Graph's attributeMappingSource; they are not evaluated.
// microsoft-graph-docs-contrib synchronization-synchronizationschema-parseexpression.md
//
//   expression := '[' attribute ']' | '"' text '"' | number | name '(' [ argument { ',' argument } ] ')'
//   argument   := [ expression ]
import { findFunction } from './expression-functions';

/** Graph's attributeMappingSource. */
export interface MappingSource {
  readonly expression: string;
  readonly name: string;
  readonly type: 'Attribute' | 'Constant' | 'Function';
  readonly parameters: readonly { readonly key: string; readonly value: MappingSource }[];
}

/** Longest expression. [CUSTATTR] Unit: characters. */
const MAX_LENGTH = 10_000;
/** Bounds the stack; not documented. */
const MAX_DEPTH = 50;

const CONSTANT = /"((?:[^"\\]|\\.)*)"|-?\d+(?:\.\d+)?|(?:true|false|null)\b/iy;
const FUNCTION = /([A-Za-z]\w*)\s*\(/y;

/** Parses an expression. Throws an Error that says what is wrong with it. */
export function parseExpression(text: string): MappingSource {
  if (text.length > MAX_LENGTH) throw new Error(`An expression has at most ${MAX_LENGTH} characters.`);
  return new ExpressionParser(text).parse();
}

class ExpressionParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parse(): MappingSource {
    const source = this.parseSource();
    this.skipSpaces();
    if (this.at < this.text.length) throw new Error(`'${this.text.slice(this.at, this.at + 20)}' is not expected.`);
    return source;
  }

  private parseSource(): MappingSource {
    this.skipSpaces();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Error('The expression is nested too deeply.');
    const source = this.parseAttribute() ?? this.parseConstant() ?? this.parseFunction();
    this.depth -= 1;
    return source;
  }

  /** Brackets may be within the name: `[emails[type eq "work"].value]`. */
  private parseAttribute(): MappingSource | undefined {
    if (this.text[this.at] !== '[') return undefined;
    let open = 0;
    for (let end = this.at; end < this.text.length; end += 1) {
      if (this.text[end] === '[') open += 1;
      if (this.text[end] === ']') open -= 1;
      if (open > 0) continue;
      const expression = this.text.slice(this.at, end + 1);
      this.at = end + 1;
      return { expression, name: expression.slice(1, -1), type: 'Attribute', parameters: [] };
    }
    throw new Error('A bracket is not closed.');
  }

  private parseConstant(): MappingSource | undefined {
    CONSTANT.lastIndex = this.at;
    const match = CONSTANT.exec(this.text);
    if (!match) return undefined;
    this.at = CONSTANT.lastIndex;
    return { expression: match[0], name: match[1] ?? match[0], type: 'Constant', parameters: [] };
  }

  private parseFunction(): MappingSource {
    const start = this.at;
    FUNCTION.lastIndex = start;
    const called = FUNCTION.exec(this.text)?.[1];
    if (called === undefined) throw new Error(`An expression is expected at character ${start + 1}.`);
    const known = findFunction(called);
    if (!known) throw new Error(`There is no function ${called}.`);
    this.at = FUNCTION.lastIndex;
    const given = this.parseArguments();
    const parameters = nameArguments(known.name, known.parameters, given);
    return { expression: this.text.slice(start, this.at), name: known.name, type: 'Function', parameters };
  }

  private parseArguments(): (MappingSource | undefined)[] {
    const given: (MappingSource | undefined)[] = [];
    for (;;) {
      this.skipSpaces();
      const isLeftOut = this.text[this.at] === ',' || this.text[this.at] === ')';
      given.push(isLeftOut ? undefined : this.parseSource());
      this.skipSpaces();
      const end = this.text[this.at];
      this.at += 1;
      if (end === ')') return given;
      if (end !== ',') throw new Error('A parenthesis is not closed.');
    }
  }

  private skipSpaces(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

/** Arguments that are left out have no entry; those beyond the last parameter repeat the repeatable ones in turn. */
function nameArguments(name: string, parameters: readonly string[], given: readonly (MappingSource | undefined)[]) {
  const repeated = parameters.filter((parameter) => parameter.endsWith('*'));
  const first = parameters.findIndex((parameter) => parameter.endsWith('*'));
  const named = given.flatMap((value, place) => {
    const isRepeated = first >= 0 && place >= first;
    const parameter = isRepeated ? repeated[(place - first) % repeated.length] : parameters[place];
    if (value === undefined) return [];
    if (parameter === undefined) throw new Error(`${name} has too many arguments.`);
    return [{ key: parameter.replace(/[?*]$/, ''), value }];
  });
  const missing = parameters.find(
    (parameter, place) => !parameter.endsWith('?') && (first < 0 || place < first) && given[place] === undefined,
  );
  if (missing !== undefined) throw new Error(`${name} lacks its argument ${missing}.`);
  return named;
}
