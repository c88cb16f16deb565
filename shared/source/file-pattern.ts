// Matches names of files against * and ?, character by character: as a regular expression, a pattern of many * can take very long.

/** True if the whole text matches: `*` is any number of characters or none, `?` exactly one. Takes at most pattern × text steps. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  const form = Array.from(pattern);
  const signs = Array.from(text);
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let sign = 0; sign < signs.length;) {
    if (form[at] === '*') {
      star = at++;
      afterStar = sign;
    } else if (form[at] === '?' || form[at] === signs[sign]) {
      at++;
      sign++;
    } else if (star === -1) {
      return false;
    } else {
      // The last * takes one more character; earlier ones never need to.
      at = star + 1;
      sign = ++afterStar;
    }
  }
  return form.slice(at).every((rest) => rest === '*');
};
