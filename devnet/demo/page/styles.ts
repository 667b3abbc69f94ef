/**
 * The look of the demo's own strip, adopted by a shadow root so that neither side's rules reach the other.
 * Colours are the app's custom properties, which do inherit: the strip follows the theme without asking.
 */
export const DOCK_CSS = `
:host { all: initial; color-scheme: inherit; }
* { box-sizing: border-box; font: inherit; }
.dock, .tab, dialog, .menu {
  font: 500 12.5px/1.35 "Inter Variable", ui-sans-serif, system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
  color: var(--ink, CanvasText);
  background: var(--raised, var(--surface, Canvas));
}
.dock {
  position: fixed; inset: auto 0 0 0; z-index: 2147483000; min-height: 40px;
  display: flex; align-items: center; gap: 6px; padding: 4px 8px;
  border-top: 1px solid var(--line-strong, GrayText);
}
.dock[hidden], .tab[hidden] { display: none; }
.tab {
  position: fixed; left: 8px; bottom: 8px; z-index: 2147483000;
  border: 1px solid var(--line-strong, GrayText); border-radius: 6px; padding: 4px 8px; cursor: pointer;
}
.brand { display: inline-flex; align-items: center; gap: 6px; color: var(--ink-muted, GrayText); }
.brand::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--accent, #3b6fd4); }
.group { display: inline-flex; align-items: center; gap: 6px; min-width: 0; }
.push { margin-left: auto; }
time { white-space: nowrap; }
button, select {
  color: inherit; background: var(--surface, ButtonFace); border: 1px solid var(--line-strong, GrayText);
  border-radius: 6px; padding: 4px 8px; min-height: 30px; max-width: 100%; cursor: pointer;
}
button:hover:not(:disabled) { border-color: var(--accent, currentColor); }
button:disabled { opacity: .55; cursor: progress; }
button:focus-visible, select:focus-visible { outline: 2px solid var(--accent, Highlight); outline-offset: 1px; }
button.quiet { border-color: transparent; background: transparent; }
button.primary { background: var(--accent, #2456c4); border-color: var(--accent, #2456c4); color: var(--accent-ink, #fff); }
.role { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 13rem; }
.role::before { content: ""; display: inline-block; width: 7px; height: 7px; margin-right: 6px; border-radius: 50%; border: 1px solid currentColor; }
.role[data-connected="true"]::before { background: var(--ok, #1a7f4b); border-color: var(--ok, #1a7f4b); }
.menu {
  position: fixed; inset: auto 8px 48px auto; margin: 0; width: min(22rem, calc(100vw - 16px));
  border: 1px solid var(--line-strong, GrayText); border-radius: 8px; padding: 12px;
}
.menu label { display: block; margin-bottom: 10px; color: var(--ink-muted, GrayText); }
.menu select { display: block; width: 100%; margin-top: 4px; color: var(--ink, CanvasText); }
.menu p, dialog p { margin: 0 0 10px; color: var(--ink-muted, GrayText); }
dialog {
  width: min(34rem, calc(100vw - 16px)); max-height: calc(100vh - 32px); padding: 16px; overflow: auto;
  border: 1px solid var(--line-strong, GrayText); border-radius: 10px;
}
dialog::backdrop { background: rgb(8 12 20 / .5); }
h2 { margin: 0 0 4px; font-size: 15px; font-weight: 650; }
dl { display: grid; grid-template-columns: minmax(4.5rem, max-content) minmax(0, 1fr); gap: 6px 12px; margin: 0 0 12px; }
dt { color: var(--ink-muted, GrayText); }
dd { margin: 0; overflow-wrap: anywhere; }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 11.5px; }
.data { display: block; max-height: 8.5rem; overflow: auto; padding: 6px; border-radius: 6px; background: var(--sunken, Field); }
.actions { position: sticky; bottom: -16px; display: flex; justify-content: flex-end; gap: 8px; margin: 0 -16px -16px; padding: 12px 16px 16px; background: inherit; }
[role="status"] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 30rem) {
  .brand span { display: none; }
  .dock { gap: 4px; padding: 4px 6px; }
  .role { max-width: 6.5rem; }
  button, select { padding: 4px 6px; }
}
@media print { .dock, .tab { display: none; } }
`;
