// The styles of all pages: light, dark, narrow and printed. Colours have one meaning each, and nothing is told by colour alone.

/** CSS; put into the page as it is. */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f6f7f9; --line: #dfe3e8; --ink: #1b2430; --soft: #56616f; --track: #e9ecf0; --focus: #1f5fd0;
  --danger: #b3261e; --warning: #8a5300; --notice: #6b3fa0; --good: #1d7044; --change: #1f5fa8; --quiet: #5d6875;
  --held: #fdecea; --warned: #fff4dc; --free: #e8f5ec; --del: #fbe3e1; --ins: #dff3e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1a2029; --ground: #12161c; --line: #303a46; --ink: #e6eaf0; --soft: #a3afbd; --track: #29323d; --focus: #7db0ff;
    --danger: #ff8f85; --warning: #f0b455; --notice: #c7a3f5; --good: #6fd39b; --change: #7fb6f5; --quiet: #a3afbd;
    --held: #3a1d1c; --warned: #362a12; --free: #15301f; --del: #4a2422; --ins: #1b3d28;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Open Sans", sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .25rem 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
.records h2 { font-size: 1.25rem; margin: 0 0 .25rem; }
p { margin: 0 0 .5rem; }
code { font: .9em ui-monospace, "Cascadia Mono", Consolas, monospace; overflow-wrap: anywhere; }
.eyebrow, .about, .place, .keys, .records-note { color: var(--soft); }
.eyebrow { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.banner { border: 1px solid var(--line); border-left: 6px solid var(--quiet); border-radius: 6px; padding: .9rem 1.1rem; margin: 1rem 0; }
.banner ul { margin: .25rem 0 0; padding-left: 1.2rem; }
.banner p { margin: 0; }
.banner .verdict { font-weight: 600; }
.banner.held { background: var(--held); border-left-color: var(--danger); }
.banner.warned { background: var(--warned); border-left-color: var(--warning); }
.banner.free { background: var(--free); border-left-color: var(--good); }
.choices { margin: .75rem 0 0; display: grid; gap: .35rem; }
.choices div { display: flex; flex-wrap: wrap; gap: 0 .6rem; }
.choices dd { margin: 0; }
.numbers { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; margin: 1rem 0 2rem; }
.picture, .facts { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 1.1rem; margin: 0; }
.chart { display: block; font: inherit; overflow: visible; }
.chart .label { fill: var(--ink); }
.chart .number { fill: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.chart .track { fill: var(--track); }
.chart .bar { fill: var(--tone); }
.facts { align-self: start; padding: .5rem 1.1rem; }
.facts div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .5rem 0; }
.facts div + div { border-top: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.tone-danger { --tone: var(--danger); } .tone-warning { --tone: var(--warning); } .tone-notice { --tone: var(--notice); }
.tone-good { --tone: var(--good); } .tone-change { --tone: var(--change); } .tone-quiet { --tone: var(--quiet); }
.tools { position: sticky; top: 0; z-index: 1; background: var(--ground); padding: .25rem 0 .5rem; }
input[type="search"] { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 6px; padding: .55rem .8rem; }
input::placeholder { color: var(--soft); opacity: 1; }
button { font: inherit; color: inherit; cursor: pointer; background: var(--paper); border: 1px solid var(--line); border-radius: 999px; padding: .2rem .75rem; }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; }
.chip { font-size: .875rem; border-color: var(--quiet); }
.chip .count { color: var(--tone); font-weight: 600; font-variant-numeric: tabular-nums; }
.chip.none { opacity: .55; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.chip[aria-pressed="true"] .count { color: inherit; }
.status { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin: 0; font-size: .875rem; }
#records-list { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
#records-list:empty { border: 0; }
.record { padding: .7rem 1rem .7rem .9rem; border-left: 4px solid var(--tone); scroll-margin: 10rem 0 2rem; content-visibility: auto; contain-intrinsic-size: auto 5rem; }
.record + .record { border-top: 1px solid var(--line); }
.who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; }
.who bdi, td, th { overflow-wrap: anywhere; }
.kind { color: var(--tone); font-size: .875rem; font-weight: 600; }
.name { font-weight: 600; }
.id { font-variant-numeric: tabular-nums; }
.place { margin-left: auto; font-size: .875rem; }
.note { margin: .25rem 0 0; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.unset { color: var(--soft); font-style: italic; }
table { width: 100%; border-collapse: collapse; margin: .35rem 0 0; font-size: .9rem; table-layout: fixed; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
tbody th { width: 30%; text-align: left; font-weight: 400; color: var(--soft); }
td, tbody th { padding: .1rem .5rem .1rem 0; vertical-align: top; }
td { position: relative; }
td.before { padding-right: 1.5rem; }
td.after::before { content: ""; position: absolute; left: -1rem; top: .55em; border: .3rem solid transparent; border-left-color: var(--soft); border-right: 0; }
del, ins { text-decoration: none; padding: 0 .25rem; border-radius: 3px; }
del { background: var(--del); } ins { background: var(--ins); }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; margin-top: .35rem; width: fit-content; }
:focus-visible, .record:focus { outline: 3px solid var(--focus); outline-offset: -3px; }
input:focus-visible, button:focus-visible, summary:focus-visible { outline-offset: 2px; }
[hidden] { display: none !important; }
@media (max-width: 44rem) {
  main { padding: 1rem .75rem 3rem; }
  h1 { font-size: 1.35rem; }
  .numbers { grid-template-columns: minmax(0, 1fr); }
  .tools { position: static; }
  .keys { display: none; }
  .record { scroll-margin: 1rem 0; }
  .place { margin-left: 0; }
  tbody tr { display: grid; grid-template-columns: 1fr 1fr; margin-bottom: .3rem; }
  tbody th { grid-column: 1 / -1; width: auto; padding-bottom: 0; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ground: #fff; --line: #999; --ink: #000; --soft: #333; --track: #eee; --quiet: #444;
    --danger: #8c1d18; --warning: #6b4000; --notice: #53307d; --good: #14532f; --change: #174a84;
    --held: #fff; --warned: #fff; --free: #fff; --del: #fff; --ins: #fff;
  }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .tools, #records-nobody { display: none; }
  .record, .banner, .picture, .facts { break-inside: avoid; }
  .record { content-visibility: visible; }
  del { text-decoration: line-through; }
}
`;
