// The script of a record list, as text: it runs in the browser, in a page whose policy knows it by its hash. It builds elements and sets their
// text, and never makes HTML from text. Records are shown a piece at a time, as far as they are looked at.

/** Of `recordList`. Plain JavaScript of browsers since 2023; words come from the page. */
export const recordListScript = String.raw`'use strict';
(() => {
  const PIECE = 100;
  const PRINTED = 250;
  const FOLDED_FROM = 6;
  const [GROUP, ID, NAME, PLACE, CHANGES, NOTES] = [0, 1, 2, 3, 4, 5];

  const at = (id) => document.getElementById(id);
  const words = JSON.parse(at('records-words').textContent);
  const records = JSON.parse(at('records-data').textContent);
  const search = at('records-search');
  const list = at('records-list');
  const chips = [...document.querySelectorAll('.chip')];
  const numbers = new Intl.NumberFormat(words.lang);
  const plurals = new Intl.PluralRules(words.lang);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => numbers.format(values[name]));
  const fillPlural = (texts, count, values) => fill(texts[plurals.select(count)] ?? texts.other, values);
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Searching: each word somewhere in the record, whatever its case and accents.
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  let haystacks = null;
  const haystackOf = (record) =>
    plain([record[ID], record[NAME], record[PLACE], ...record[CHANGES].flat(), ...record[NOTES]].join('\n'));
  let group = '';
  let matches = [];

  function choose() {
    const asked = plain(search.value).split(/\s+/).filter(Boolean);
    if (asked.length > 0) haystacks ??= records.map(haystackOf);
    const counts = words.groups.map(() => 0);
    const isFound = (index) => asked.every((word) => haystacks[index].includes(word));
    matches = [];
    records.forEach((record, index) => {
      if (!isFound(index)) return;
      counts[record[GROUP]]++;
      if (group === '' || words.groups[record[GROUP]].key === group) matches.push(index);
    });
    const isNarrowed = asked.length > 0 || group !== '';
    const found = counts.reduce((sum, count) => sum + count, 0);
    for (const chip of chips) {
      const place = words.groups.findIndex(({ key }) => key === chip.dataset.group);
      const isChosen = chip.dataset.group === group;
      const count = place < 0 ? found : counts[place];
      chip.querySelector('.count').textContent = numbers.format(count);
      chip.setAttribute('aria-pressed', String(isChosen));
      chip.hidden = place >= 0 && words.groups[place].total === 0;
      chip.classList.toggle('none', count === 0);
    }
    at('records-status').textContent = fillPlural(words.found, matches.length, { shown: matches.length });
    at('records-nobody').hidden = matches.length > 0 || !isNarrowed;
    list.replaceChildren();
    showMore(PIECE);
  }

  // Showing.
  function valueOf(value, name, label) {
    const cell = make('td', name);
    cell.dataset.label = label;
    const shown = value === null ? make('span', 'unset', words.notSet) : make(name === 'before' ? 'del' : 'ins');
    if (value !== null) shown.append(make('bdi', '', value));
    cell.append(shown);
    return cell;
  }

  function tableOf(changes) {
    const table = make('table');
    const head = table.createTHead().insertRow();
    for (const text of [words.attribute, words.before, words.after]) {
      const cell = make('th', '', text);
      cell.scope = 'col';
      head.append(cell);
    }
    const body = table.createTBody();
    for (const [attribute, before, after] of changes) {
      const row = body.insertRow();
      const cell = make('th', '', attribute);
      cell.scope = 'row';
      row.append(cell, valueOf(before, 'before', words.before), valueOf(after, 'after', words.after));
    }
    return table;
  }

  function itemOf(record) {
    const { label, tone } = words.groups[record[GROUP]];
    const item = make('li', 'record tone-' + tone);
    item.tabIndex = -1;
    const head = make('div', 'who');
    head.append(make('span', 'kind', label));
    if (record[NAME] !== null) head.append(make('bdi', 'name', record[NAME]));
    head.append(record[ID] === null ? make('span', 'unset', words.withoutId) : make('bdi', 'id', record[ID]));
    head.append(make('span', 'place', record[PLACE]));
    item.append(head);
    const changes = record[CHANGES];
    const folded = changes.length > FOLDED_FROM ? changes.slice(FOLDED_FROM - 2) : [];
    if (changes.length > 0) item.append(tableOf(changes.slice(0, changes.length - folded.length)));
    if (folded.length > 0) {
      const more = make('details');
      more.append(make('summary', '', fillPlural(words.more, folded.length, { more: folded.length })), tableOf(folded));
      item.append(more);
    }
    for (const note of record[NOTES]) item.append(make('p', 'note', note));
    return item;
  }

  function showMore(count) {
    coming.disconnect();
    const from = list.childElementCount;
    list.append(...matches.slice(from, from + count).map((index) => itemOf(records[index])));
    if (list.childElementCount < matches.length) coming.observe(list.lastElementChild);
  }

  const coming = new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) showMore(PIECE);
    },
    { rootMargin: '1500px' },
  );

  // Keyboard.
  function goTo(item) {
    if (!item) return;
    item.focus();
    item.scrollIntoView({ block: 'nearest' });
  }

  function move(step) {
    const here = document.activeElement.closest('.record');
    if (here === null) return goTo(list.firstElementChild);
    if (step > 0 && here.nextElementSibling === null) showMore(PIECE);
    if (step < 0 && here.previousElementSibling === null) return search.focus();
    goTo(step > 0 ? here.nextElementSibling : here.previousElementSibling);
  }

  function clear() {
    search.value = '';
    group = '';
    choose();
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target === search;
    const { key } = event;
    if (key === 'Escape') clear();
    else if (key === '/' && !isTyping) search.focus();
    else if (key === 'ArrowDown' || (key === 'j' && !isTyping)) move(1);
    else if ((key === 'ArrowUp' || key === 'k') && !isTyping) move(-1);
    else if (key === 'Enter' && event.target.classList.contains('record')) {
      const more = event.target.querySelector('details');
      if (more !== null) more.open = !more.open;
    } else return;
    event.preventDefault();
  });

  search.addEventListener('input', choose);
  for (const chip of chips)
    chip.addEventListener('click', () => {
      group = group === chip.dataset.group ? '' : chip.dataset.group;
      choose();
    });
  at('records-clear').addEventListener('click', () => {
    clear();
    search.focus();
  });
  addEventListener('beforeprint', () => {
    showMore(Math.max(0, PRINTED - list.childElementCount));
    const isCut = list.childElementCount < matches.length;
    at('records-printed').hidden = !isCut;
    if (isCut)
      at('records-printed').textContent = fill(words.printed, { printed: list.childElementCount, shown: matches.length });
  });

  at('records').hidden = false;
  choose();
})();
`;
