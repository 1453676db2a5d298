"use strict";
const cards = JSON.parse(document.getElementById("cards").textContent);
const card = document.getElementById("card");
const text = document.querySelector(".text");
const rows = [...document.querySelectorAll("#list tbody tr")];
let pinned = null;

const first = (element) => element.dataset.r.split(" ")[0];
const all = (number) => document.querySelectorAll(`[data-r~="${number}"]`);
const textOf = (number) => document.querySelector(`mark[data-r~="${number}"]`) || document.querySelector(`.text [data-r~="${number}"]`);

function fill(numbers) {
  card.replaceChildren();
  numbers.forEach((number, n) => {
    const record = cards[number];
    if (n) card.append(document.createElement("hr"));
    const name = document.createElement("h3"), big = document.createElement("p"), list = document.createElement("dl");
    name.textContent = record.name; name.lang = "zh-CN";
    big.textContent = record.value; big.className = "big";
    for (const [key, value] of Object.entries(record)) {
      if (value === null || value === "" || key === "name" || key === "value") continue;
      const term = document.createElement("dt"), said = document.createElement("dd");
      term.textContent = key;
      if (key === "record") { const code = document.createElement("code"); code.textContent = value; said.append(code); }
      else said.textContent = value;
      list.append(term, said);
    }
    card.append(name, big, list);
  });
  card.className = rows[numbers[0]].className.replace(/\bon\b/, "");
}

function place(anchor) {
  card.hidden = false;
  const box = (anchor.getClientRects()[0] || anchor.getBoundingClientRect());
  const below = box.bottom + 8 + card.offsetHeight < innerHeight;
  const edge = Math.max(text.getBoundingClientRect().right, card.offsetWidth + 16);  // the table stays readable
  card.style.left = `${Math.max(8, Math.min(box.left, edge - card.offsetWidth, innerWidth - card.offsetWidth - 12))}px`;
  card.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - card.offsetHeight - 8)}px`;
}

function light(number) {
  document.querySelectorAll(".on").forEach((element) => element.classList.remove("on"));
  if (number !== null) all(number).forEach((element) => element.classList.add("on"));
}

function show(element) {
  const numbers = element.dataset.r.split(" ").filter((number, n) => n === 0 || element.tagName === "MARK");
  light(first(element));
  fill([...new Set(numbers)].slice(0, 3));
  place(element);
}

function hide() { card.hidden = true; card.classList.remove("pinned"); pinned = null; light(null); }

function pin(element) {
  show(element);
  pinned = element;
  card.classList.add("pinned");
}

text.addEventListener("mouseover", (event) => {
  const element = event.target.closest("[data-r]");
  if (element && !pinned) show(element);
});
text.addEventListener("mouseout", (event) => { if (!pinned && event.target.closest("[data-r]")) hide(); });
text.addEventListener("click", (event) => {
  const element = event.target.closest("[data-r]");
  if (!element) { hide(); return; }
  pin(element);
  const row = rows[first(element)];
  if (row && !row.hidden) row.scrollIntoView({ block: "nearest" });
});
text.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.dataset.r) pin(event.target); });
text.addEventListener("focusin", (event) => { if (event.target.dataset.r && !pinned) show(event.target); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
document.addEventListener("scroll", () => { if (pinned && !card.hidden) place(pinned); }, { passive: true });

function jump(number) {
  const target = textOf(number);
  if (!target) return;
  target.scrollIntoView({ block: "center", behavior: "instant" });
  pin(target);
  light(String(number));
}
rows.forEach((row) => row.addEventListener("click", () => jump(row.dataset.r)));
document.querySelectorAll("svg [data-r]").forEach((bar) => bar.addEventListener("click", () => jump(bar.dataset.r)));
if (location.hash.startsWith("#record-")) {
  const number = cards.findIndex((record) => record.record === location.hash.slice(8));
  if (number >= 0) jump(number);
}

/* filter */
const words = document.getElementById("words"), found = document.getElementById("found");
const chips = [...document.querySelectorAll(".chip")];
const chosen = (kind) => chips.filter((chip) => chip.dataset[kind] && chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset[kind]);
function filter() {
  const wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const measures = chosen("measure"), statuses = chosen("status");
  let number = 0;
  const narrowed = wanted.length || measures.length || statuses.length;
  rows.forEach((row) => {
    const search = row.dataset.search.toLowerCase();
    const fits = wanted.every((word) => search.includes(word))
      && (!measures.length || measures.includes(row.dataset.measure)) && (!statuses.length || statuses.includes(row.dataset.status));
    row.hidden = !fits;
    number += fits;
  });
  text.querySelectorAll("[data-r]").forEach((element) =>
    element.classList.toggle("dim", Boolean(narrowed) && element.dataset.r.split(" ").every((n) => rows[n].hidden)));
  found.textContent = number === rows.length ? `${number} indicators` : `${number} of ${rows.length}`;
}
words.addEventListener("input", filter);
chips.forEach((chip) => chip.addEventListener("click", () => {
  chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
  filter();
}));
filter();

/* sorting */
document.querySelectorAll("#list th").forEach((heading, column) => heading.addEventListener("click", () => {
  const down = heading.getAttribute("aria-sort") === "ascending";
  document.querySelectorAll("#list th").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const numeric = "numeric" in heading.dataset;
  const key = (row) => { const cell = row.cells[column]; return numeric ? (cell.dataset.value === "" ? -Infinity : Number(cell.dataset.value)) : cell.textContent.trim(); };
  const body = document.querySelector("#list tbody");
  [...rows].sort((a, b) => {
    const x = key(a), y = key(b);
    return (down ? -1 : 1) * (numeric ? (x > y) - (x < y) : x.localeCompare(y, "zh-CN"));
  }).forEach((row) => body.append(row));
}));
