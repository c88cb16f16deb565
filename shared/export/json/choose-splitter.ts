// How a JSON file holds its people, told from its first part: a list, one object per line, objects over several lines, or a list somewhere in an
// object. Where nobody has declared the list, the only one is taken; whatever leaves a choice holds the file.
//
//   [ …                          the list itself
//   { … } , …                    records with commas and without brackets: held
//   { … } and more, on one line  JSON lines;  over several lines  objects one after the other
//   { … } alone                  with the column of the id: a person;  otherwise: its only list of objects, or a person
import { compileColumnNames } from '../../columns/column-names';
import { firstStepOf } from '../../columns/record-value';
import { FileHold } from '../../core/errors';
import type { ExportExpectation } from '../export-record';
import { holdFile } from '../hold-file';
import { FoundLists, quoteLists, type FoundList } from './document-watch';
import { createJsonLineSplitter } from './json-lines';
import { createJsonObjectSplitter } from './json-objects';
import { createJsonSplitter } from './json-splitter';
import { measureValue, never } from './measure-value';
import { createDocumentWalker, type JsonSplitter } from './walk-document';

/** How a file is split, and where its list was found, if nobody has declared that. */
export interface ChosenSplitter {
  readonly splitter: JsonSplitter;
  readonly foundAt: string | null;
}

/** What the first part of a document shows of its outermost object. */
interface ObjectSeen {
  readonly keys: ReadonlySet<string>;
  /** Members of it that are no object and no list. */
  readonly singles: number;
  readonly lists: readonly FoundList[];
}

/** Chooses by the sample, which is all of the file if `isWhole`. Throws holds for a file that is no JSON, or leaves a choice. */
export function chooseSplitter(sample: string, isWhole: boolean, expect: ExportExpectation): ChosenSplitter {
  const begin = sample.search(/\S/);
  const first = begin === -1 ? '[' : (sample[begin] ?? '');
  if (first !== '[' && first !== '{') throw holdFile('file-in-other-format', { expected: 'json' }, { line: 1 });
  const { recordsPath } = expect;
  if (recordsPath !== null || first === '[') return { splitter: createJsonSplitter(recordsPath, 1), foundAt: null };

  const { behind } = measureValue(sample, begin, isWhole);
  const object = behind === never ? sample.slice(begin) : sample.slice(begin, behind);
  const people = (): ChosenSplitter => ({
    splitter:
      object.includes('\n') || isBesideAnother(sample, behind)
        ? createJsonObjectSplitter(1)
        : createJsonLineSplitter(1),
    foundAt: null,
  });
  if (behind !== never) {
    const next = sample.slice(behind).search(/\S/);
    const sign = next === -1 ? '' : sample[behind + next];
    if (sign === ',') {
      const line = sample.slice(0, behind + next).split('\n').length;
      throw holdFile('json-lines-with-commas', { line }, { line });
    }
    if (sign !== '') return people();
  } else if (isWhole) throw holdFile('file-truncated', { within: 'document', line: null });

  const { keys, singles, lists } = lookInto(object);
  const hasId = compileHasId(expect);
  if (hasId([...keys])) return people();
  const path = onlyList(lists, singles, expect.idColumn === '' ? null : hasId);
  if (path !== null) return { splitter: createJsonSplitter(path, 1, hasId), foundAt: path };
  // Objects in an object, such as one for each id: nothing says which of them are people.
  const isOfObjects = behind !== never && singles === 0 && lists.length === 0;
  if (behind === never || isOfObjects) throw holdFile('json-records-missing', { found: 'object' }, { line: 1 });
  return people();
}

/** True if the line on which an object ends goes on behind it. */
const isBesideAnother = (sample: string, behind: number): boolean =>
  behind !== never && /^[^\S\n]*\S/.test(sample.slice(behind, behind + LONGEST_GAP));
/** Spaces between two objects of one line that are looked at. */
const LONGEST_GAP = 1_000;

/** Walks through an object, or as much of it as there is. */
function lookInto(object: string): ObjectSeen {
  const lists = new FoundLists();
  const keys = new Set<string>();
  let singles = 0;
  const walker = createDocumentWalker(
    {
      placeOf: () => 'elsewhere',
      watch: {
        begin: (steps, sign) => {
          lists.begin(steps, sign);
          if (steps.length === 1) keys.add(String(steps[0]));
        },
        single: (steps) => {
          if (steps.length === 1) singles++;
        },
      },
      foundTwice: () => undefined,
      ended: () => undefined,
    },
    1,
  );
  try {
    walker.push(object, []);
  } catch (cause) {
    // What is malformed holds the file when it is read.
    if (!(cause instanceof FileHold)) throw cause;
  }
  return { keys, singles, lists: lists.all() };
}

type HasId = (keys: readonly string[]) => boolean;

/** Makes the test of an object for the column of the id, under its own name or another one. */
function compileHasId(expect: ExportExpectation): HasId {
  const { idColumn } = expect;
  if (idColumn === '') return () => false;
  const { nameAll } = compileColumnNames(expect);
  const member = firstStepOf(idColumn);
  return (keys) => nameAll(keys).some((name) => name === idColumn || name === member);
}

/**
 * The path of the only list that may be that of the people; null if there is none. `hasId` is null while nobody knows the column of the id: then a
 * list whose first object is smaller than the object around it is taken for a part of a person. Throws the hold for several.
 */
function onlyList(lists: readonly FoundList[], singles: number, hasId: HasId | null): string | null {
  const ofObjects = lists.filter(({ holds }) => holds === 'objects');
  const withId = ofObjects.filter(({ keys }) => (hasId === null ? keys.size >= singles : hasId([...keys])));
  const candidates = withId.length > 0 || hasId === null ? withId : ofObjects;
  if (candidates.length > 1)
    throw holdFile('json-records-missing', { found: 'several', lists: quoteLists(candidates) }, { line: 1 });
  const [only] = candidates;
  if (only !== undefined || hasId === null) return only?.path ?? null;
  const [empty, another] = lists.filter(({ holds }) => holds === 'nothing');
  return another === undefined ? (empty?.path ?? null) : null;
}
