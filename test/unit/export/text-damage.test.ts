import fc from 'fast-check';
import { findTextTrouble, looksSuspicious } from '../../../shared/export/text/text-damage';
import { rounds } from '../../rounds';

describe('a chunk of text without anything suspicious', () => {
  const letters = fc.constantFrom(
    ...Array.from('aZ09 ,;"\n\r\tàÄÅÂÃâÑÐĂĹœ€©°»˘ž‚“™\u00a0\u00ad\u0301\u200b\u202e\u3000\ufeff\ufffd\u0007'),
  );
  const text = fc.oneof(fc.string({ unit: letters, maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }));

  it('has no value with any trouble', () => {
    fc.assert(
      fc.property(text, (value) => findTextTrouble(value) === null || looksSuspicious(value)),
      { numRuns: rounds(3_000) },
    );
  });

  it('and no part of it has', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const isFound = looksSuspicious(one + other);
        return (
          isFound ===
          (looksSuspicious(one) || looksSuspicious(other) || looksSuspicious(one.slice(-1) + other.slice(0, 1)))
        );
      }),
      { numRuns: rounds(3_000) },
    );
  });

  it.each([
    'Ängström',
    'Åsa',
    'Grâce',
    'Núñez',
    'Ñandú',
    'Đặng',
    'Ĺ',
    'plain, text\r\n\t"quoted"',
    '日本語',
    'Ελένη',
    'Иван',
  ])('%s is one', (value) => expect(looksSuspicious(value)).toBe(false));
});
