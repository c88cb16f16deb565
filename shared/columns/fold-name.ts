// Column names that differ only in case, spaces, accents or separators are one name.

/** The name without accents, case, spaces, `_`, `-`, `.`; `ß` as `ss`. Empty for a name of separators only. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[\s_\-.\p{Cf}]+/gu, '');
