// Finds where a JSON value ends by its quotes and brackets alone, without parsing it.

/** The text ends before the value does. */
export const never = -1;

const structure = /["{}[\]:]/g;
const scalarEnd = /[,\]}\s]/g;

/** The position of the pattern (global) at or after `from`, or `never`. */
export const placeOf = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? never;
};

/** The position after the string that opens at `open`, or `never`. */
export const behindString = (text: string, open: number): number => {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return never;
};

/** The position after a value, the number of members of all its objects, of objects and lists in it, and the deepest nesting. */
export interface Measure {
  readonly behind: number;
  readonly members: number;
  readonly containers: number;
  readonly depth: number;
}

const unmeasured: Measure = { behind: never, members: 0, containers: 0, depth: 0 };

/** Measures the value that begins at `from`; `behind` is `never` if the text ends before the value does. */
export const measureValue = (text: string, from: number, isLast: boolean): Measure => {
  const first = text[from];
  if (first === '"') return { behind: behindString(text, from), members: 0, containers: 0, depth: 0 };
  if (first !== '{' && first !== '[') {
    const end = placeOf(scalarEnd, text, from);
    return { behind: end === never && isLast ? text.length : end, members: 0, containers: 0, depth: 0 };
  }
  let open = 0;
  let depth = 0;
  let members = 0;
  let containers = 0;
  for (let at = from; ;) {
    const found = placeOf(structure, text, at);
    if (found === never) return unmeasured;
    const sign = text.charCodeAt(found);
    at = found + 1;
    if (sign === 34) {
      at = behindString(text, found);
      if (at === never) return unmeasured;
    } else if (sign === 58) {
      members++;
    } else if (sign === 123 || sign === 91) {
      open++;
      containers++;
      if (open > depth) depth = open;
    } else {
      open--;
      if (open === 0) return { behind: at, members, containers, depth };
    }
  }
};
