// The people of `bench year`, as HR knows them: changed by the calendar, and written as a file. What the directory must hold follows from here
// alone, without the product's reading or mapping.

/** What HR knows of one person; `n` makes the id. */
interface Person {
  readonly n: number;
  isActive: boolean;
  /** How often somebody moved; the department follows from it. */
  moves: number;
}

const HEADER = 'EmployeeID,Status,Email,FirstName,LastName,Dept,Title,City,ManagerID,HireDate\n';
const DEPARTMENTS = ['Finance', '"Sales, North"', 'Research', 'Production', 'Service', 'Legal', 'Procurement'];
const FIRST_NAMES = ['Maria', 'Jürgen', 'Ines', 'Søren', 'Peter', 'Łukasz', 'Anna'];
const LAST_NAMES = ['Keller', 'Müller', 'Smith', 'Novak', 'Weiß', "O'Neill", 'Berg', 'Costa'];
const TITLES = ['Analyst', 'Engineer', 'Clerk', 'Team lead', 'Buyer'];
const CITIES = ['Kiel', 'Köln', 'München', 'Görlitz'];
/** Of the people of the first file, one of so many has left already. */
const LEFT_EVERY = 25;
const PARTS = 1_000;

export const idOf = (n: number): string => `E${String(n).padStart(7, '0')}`;
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';
const departmentOf = ({ n, moves }: Person): string => pick(DEPARTMENTS, n + moves);

/** One file: which people it has, and what it says about each. */
export type PeopleFile = Buffer;

/** All people of a company, over a year. */
export class YearPeople {
  private readonly people: Person[] = [];

  constructor(
    count: number,
    private readonly random: () => number,
  ) {
    for (let n = 1; n <= count; n++) this.people.push({ n, isActive: n % LEFT_EVERY !== 0, moves: 0 });
  }

  get size(): number {
    return this.people.length;
  }

  /** An ordinary day: of the people who change, one in ten is new and one in ten leaves; the others move. */
  live(changes: number): void {
    for (let change = 0; change < changes; change++) {
      const kind = change % 10;
      const person = this.people[Math.floor(this.random() * this.people.length)];
      if (kind === 0) this.people.push({ n: this.people.length + 1, isActive: true, moves: 0 });
      else if (person === undefined) continue;
      else if (kind === 1) person.isActive = false;
      else person.moves++;
    }
  }

  /** So large a share of all people moves to another department. */
  reorganise(share: number): void {
    for (const person of this.people) if (this.random() < share) person.moves++;
  }

  /** The file of tonight; only the first half of the people if `isHalf`. */
  file(isHalf = false): PeopleFile {
    const parts = [HEADER];
    const end = isHalf ? Math.floor(this.people.length / 2) : this.people.length;
    for (let at = 0; at < end; at += PARTS)
      parts.push(
        this.people
          .slice(at, Math.min(at + PARTS, end))
          .map(lineOf)
          .join(''),
      );
    return Buffer.from(parts.join(''));
  }

  /** What the directory must hold of everybody, as `wordsOf` says it. */
  *expected(): Generator<readonly [id: string, words: string]> {
    for (const person of this.people) {
      const department = departmentOf(person).replaceAll('"', '');
      yield [idOf(person.n), `${person.isActive} person.${person.n}@contoso.example ${department}`];
    }
  }
}

function lineOf(person: Person): string {
  const { n, isActive } = person;
  const day = String((n % 28) + 1).padStart(2, '0');
  return (
    `${idOf(n)},${isActive ? 'Active' : 'Left'},person.${n}@contoso.example,${pick(FIRST_NAMES, n * 7)},${pick(LAST_NAMES, n * 3)},` +
    `${departmentOf(person)},${pick(TITLES, n)},${pick(CITIES, n)},${n === 1 ? '' : idOf(Math.floor(n / 8) + 1)},${day}/03/2015\n`
  );
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A user of a bulk request, as far as the year looks at it. */
export interface SentUser {
  readonly externalId: string;
  readonly active: boolean;
  readonly userName: string;
  readonly [ENTERPRISE]?: { readonly department?: string };
}

/** What the year compares of a user. */
export const wordsOf = (user: SentUser): string =>
  `${user.active} ${user.userName} ${user[ENTERPRISE]?.department ?? ''}`;

/** The settings of the source; `mapping` 2 is the one that comes during the year: a title as well. */
export const yearSource = (name: string, mapping: 1 | 2): object => ({
  name,
  file: { pattern: '*.csv', format: 'csv', content: 'full' },
  job: { servicePrincipalId: '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab', jobId: `API2AAD.${name}`, target: 'entra' },
  id: { column: 'EmployeeID', pattern: 'E\\d{7}' },
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: {
    userName: { column: 'Email', required: true, case: 'lower' },
    name: { givenName: 'FirstName', familyName: 'LastName' },
    ...(mapping === 2 ? { title: 'Title' } : {}),
    addresses: [{ type: { const: 'work' }, locality: 'City' }],
    [ENTERPRISE]: { employeeNumber: 'EmployeeID', department: 'Dept', manager: { value: 'ManagerID' } },
  },
});
