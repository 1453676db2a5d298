"use strict";
const rows = [...document.querySelectorAll("#list tbody tr")];
const words = document.getElementById("words"), found = document.getElementById("found");
function filter() {
  const wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let number = 0;
  rows.forEach((row) => {
    row.hidden = !wanted.every((word) => row.textContent.toLowerCase().includes(word));
    number += !row.hidden;
  });
  found.textContent = number === rows.length ? `${number} documents` : `${number} of ${rows.length}`;
}
words.addEventListener("input", filter);
filter();

document.querySelectorAll("#list th").forEach((heading, column) => heading.addEventListener("click", () => {
  const down = heading.getAttribute("aria-sort") === "ascending";
  document.querySelectorAll("#list th").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const numeric = "numeric" in heading.dataset;
  const key = (row) => numeric ? Number(row.cells[column].dataset.value) : row.cells[column].textContent.trim();
  const body = document.querySelector("#list tbody");
  [...rows].sort((a, b) => {
    const x = key(a), y = key(b);
    return (down ? -1 : 1) * (numeric ? x - y : x.localeCompare(y, "zh-CN"));
  }).forEach((row) => body.append(row));
}));
