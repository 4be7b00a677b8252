"use strict";
// Search, filter and sort of the list of units. Without it the page still shows everything.
const table = document.getElementById("list");
const bodies = [...table.tBodies];
const tools = document.querySelector(".tools");
const find = document.getElementById("find");
const branch = document.getElementById("branch");
const late = document.getElementById("late");
const standings = [...document.querySelectorAll("[name=standing]")];
const headings = [...table.tHead.querySelectorAll("th")];
const words = bodies.map((body) => body.textContent.toLowerCase());

function show() {
  const wanted = new Set(standings.filter((box) => box.checked).map((box) => box.value));
  const parts = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [number, body] of bodies.entries()) {
    const { standing, above, late: isLate } = body.dataset;
    const inBranch = !branch.value || above.split(" ").concat(body.dataset.number).includes(branch.value);
    const fits = wanted.has(standing) && inBranch && (!late.checked || isLate);
    body.hidden = !(fits && parts.every((part) => words[number].includes(part)));
    count += body.hidden ? 0 : 1;
  }
  document.getElementById("shown").textContent = `显示 ${count} 家，共 ${bodies.length} 家`;
}

function sort(heading) {
  const next = { none: "ascending", ascending: "descending", descending: "none" }[heading.getAttribute("aria-sort")];
  for (const other of headings) other.setAttribute("aria-sort", other === heading ? next : "none");
  const column = headings.indexOf(heading);
  const text = (body) => body.rows[0].cells[column].textContent;
  const sorted = [...bodies];
  if (next !== "none") sorted.sort((one, other) => text(one).localeCompare(text(other), "zh-CN", { numeric: true }));
  if (next === "descending") sorted.reverse();
  table.classList.toggle("sorted", next !== "none");
  table.append(...sorted);
}

for (const heading of headings) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sort(heading));
  heading.append(button);
}
for (const button of table.querySelectorAll("[aria-controls]")) {
  const row = document.getElementById(button.getAttribute("aria-controls"));
  row.hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
  });
}
tools.addEventListener("input", show);
tools.addEventListener("submit", (event) => event.preventDefault());
tools.hidden = false;
show();
