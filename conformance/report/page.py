"""The style and the script of the HTML page."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d0d7de; --soft: #f3f5f7;
  --good: #116329; --bad: #b1121d; --mild: #7a4d00; --dull: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --line: #30363d; --soft: #161b22;
    --good: #56d364; --bad: #ff7b72; --mild: #e3b341; --dull: #9da7b1; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 80rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; }
.outcome { font-weight: 600; } .good, .pass { color: var(--good); }
.bad, .fail, .error { color: var(--bad); } .noted, .unproven { color: var(--mild); }
.tiles { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0; } .tiles b { font-size: 1.4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--dull); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
a { color: inherit; } tbody th { background: var(--soft); } .verdict { font-weight: 600; } summary { cursor: pointer; }
dd, code, pre { overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--line); padding: .5rem; white-space: pre-wrap; }
.evidence { border-left: 3px solid var(--line); padding-left: .75rem; margin: .5rem 0; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; margin: 1rem 0; }
form[hidden] { display: none; }
fieldset { border: 1px solid var(--line); display: flex; gap: .75rem; }
@media (max-width: 50rem) { thead { display: none; } table, tbody, tr, th, td { display: block; }
  tr[hidden], tbody[hidden] { display: none; } td { border: 0; padding: .1rem 0; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; } dl { grid-template-columns: 1fr; } }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
"""

SCRIPT = """
const form = document.getElementById("filter");
const rows = [...document.querySelectorAll("tr.requirement")];
const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
function filter() {
  const text = document.getElementById("text").value.trim().toLowerCase();
  const verdicts = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
  for (const row of rows) {
    row.hidden = !verdicts.has(row.dataset.verdict) || !words.get(row).includes(text);
  }
  for (const group of document.querySelectorAll("tbody")) {
    group.hidden = !group.querySelector("tr.requirement:not([hidden])");
  }
  document.getElementById("shown").value =
    rows.filter((row) => !row.hidden).length + " of " + rows.length + " shown";
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
for (const command of document.querySelectorAll("pre.curl")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command.textContent);
    button.textContent = "Copied";
  });
  command.before(button);
}
function open() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) { target.querySelector("details").open = true; target.scrollIntoView(); }
}
addEventListener("hashchange", open);
open();
"""
