// Names of files with * and ?: compared sign by sign, because as a regular expression a pattern of many * can take for ever.

/** True if the whole text has the form: `*` stands for any signs or none, `?` for one. Takes pattern × text steps at the most. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  const form = Array.from(pattern);
  const signs = Array.from(text);
  let at = 0;
  let star = -1;
  let behindStar = 0;
  for (let sign = 0; sign < signs.length;) {
    if (form[at] === '*') {
      star = at++;
      behindStar = sign;
    } else if (form[at] === '?' || form[at] === signs[sign]) {
      at++;
      sign++;
    } else if (star === -1) {
      return false;
    } else {
      // The last * takes one more sign; earlier ones never need to.
      at = star + 1;
      sign = ++behindStar;
    }
  }
  return form.slice(at).every((rest) => rest === '*');
};
