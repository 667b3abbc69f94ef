/** The whole style of report.html. Colours follow the reader's light or dark setting; paper is always light. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #14212b; --soft: #51606b; --line: #ccd5db; --page: #fff; --band: #f2f5f7; --warn-ink: #6b4300; --warn-page: #fff4dd; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf1; --soft: #a3b1bb; --line: #33424d; --page: #10181e; --band: #18232b; --warn-ink: #ffd995; --warn-page: #33270d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 96rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .6rem; font-size: 1.2rem; }
h3 { margin: 1.4rem 0 .4rem; font-size: 1rem; }
p { margin: .4rem 0; max-width: 60rem; }
code { font: .86em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.unknown { color: var(--soft); font-style: italic; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 1rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.warnings { margin: 1.2rem 0; padding: .8rem 1.2rem; border-left: 4px solid currentColor; background: var(--warn-page); color: var(--warn-ink); }
.warnings ul { margin: .3rem 0 0; padding-left: 1.1rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: .8rem; margin: .8rem 0; }
.card { padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .4rem; }
.card .label { color: var(--soft); font-size: .86rem; }
.card .figure { font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.card .of { color: var(--soft); font-size: .8rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .84rem; }
caption { padding: .4rem .6rem; text-align: left; color: var(--soft); }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--band); font-weight: 600; }
tbody tr:last-child td { border-bottom: 0; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.a code { white-space: nowrap; font-size: .8rem; }
.w { white-space: nowrap; }
.definitions dt { margin-top: .7rem; font-weight: 600; }
.definitions dd { margin: 0; max-width: 60rem; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { font-size: 70%; color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --band: #eee; --warn-ink: #000; --warn-page: #fff; }
  body { max-width: none; padding: 0; font-size: 10px; }
  .scroll { overflow: visible; border: 0; }
  table { font-size: 8px; }
  .a code { white-space: normal; font-size: inherit; }
  th, td { padding: .2rem .35rem; }
  thead { display: table-header-group; }
  tr, .card { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
`;
