// The form that all ids of a file share, as a pattern for `id.pattern`: it tells an id that Excel or a script has changed from a sound one.

/** Fewer ids show no form. */
const LEAST_IDS = 2;

const numbered = /^([A-Za-z]{0,10}[-_.]?)(\d{1,20})$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID_PATTERN = '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}';

/** Collects the ids of one column; `guess` at the end. */
export class IdColumn {
  private ids = 0;
  private uuids = 0;
  private prefix: string | null = null;
  private isNumbered = true;
  private hasZero = false;
  private readonly lengths = new Set<number>();

  add(id: string): void {
    if (id === '') return;
    this.ids++;
    if (uuid.test(id)) this.uuids++;
    const [, prefix = '', digits = ''] = numbered.exec(id) ?? [];
    this.prefix ??= prefix;
    if (digits === '' || prefix !== this.prefix) this.isNumbered = false;
    if (digits.startsWith('0')) this.hasZero = true;
    if (this.lengths.size < LEAST_IDS) this.lengths.add(digits.length);
  }

  /** The pattern; null if the ids have no form in common. Ids with leading zeros have a fixed length; others may grow. */
  guess(): string | null {
    if (this.ids < LEAST_IDS) return null;
    if (this.uuids === this.ids) return UUID_PATTERN;
    if (!this.isNumbered || this.prefix === null) return null;
    const [length] = this.lengths;
    const digits = this.hasZero && this.lengths.size === 1 && length !== undefined ? `\\d{${length}}` : '\\d+';
    return this.prefix.replace('.', '\\.') + digits;
  }
}
