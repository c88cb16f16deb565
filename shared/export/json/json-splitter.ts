// JSON text → the raw text of each record of the array that the settings or the document name.
import { compilePathWalk } from '../../columns/record-value';
import { quote } from '../../core/message';
import { holdFile } from '../hold-file';
import { FoundLists, quoteLists, watchForPages } from './document-watch';
import { createDocumentWalker, type JsonSplitter } from './walk-document';

/**
 * Makes a splitter for the array at `path` (null: the document itself), which holds the file if there is none, more than one, or a link to a further
 * page beside it. `isAnotherList` is asked, where nobody has declared the path, which other lists of objects may be the one of the people.
 */
export function createJsonSplitter(
  path: string | null,
  firstLine: number,
  isAnotherList: (keys: readonly string[]) => boolean = () => false,
): JsonSplitter {
  const lists = new FoundLists();
  const shownPath = path === null ? null : quote(path);
  return createDocumentWalker(
    {
      placeOf: compilePathWalk(path),
      watch: {
        begin: (steps, sign) => lists.begin(steps, sign),
        single: path === null ? () => undefined : watchForPages(path),
      },
      foundTwice: (line) => {
        throw holdFile('json-records-missing', { found: 'many', path: shownPath }, { line });
      },
      ended: (found) => {
        const others = lists.ofObjects();
        if (!found)
          throw holdFile('json-records-missing', { found: 'none', path: shownPath, lists: quoteLists(others) });
        const rivals = others.filter(({ keys }) => isAnotherList([...keys]));
        if (shownPath === null || rivals.length === 0) return;
        throw holdFile('json-records-missing', { found: 'several', lists: [shownPath, ...quoteLists(rivals)] });
      },
    },
    firstLine,
  );
}
