"use strict";
const form = document.querySelector("form.filter");
const rows = [...document.querySelectorAll("tr.subject")];
const texts = rows.map((row) => row.textContent.toLowerCase());
const apply = () => {
  const words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const { verdict, severity } = form;
  let shown = 0;
  rows.forEach((row, at) => {
    const fits =
      (!verdict.value || row.dataset.verdict === verdict.value) &&
      (!severity.value || row.dataset.severity === severity.value) &&
      words.every((word) => texts[at].includes(word));
    row.hidden = !fits;
    shown += fits;
  });
  form.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
};
// What is counted leads to what was counted: a name of a bar, a place of a group, a verdict.
const leads = (element, choose) => {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.classList.add("leads");
  const go = () => {
    form.reset();
    choose();
    apply();
    form.scrollIntoView({ block: "start" });
  };
  element.addEventListener("click", go);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      go();
    }
  });
};
if (rows.length > 1) {
  form.hidden = false;
  for (const element of document.querySelectorAll("[data-sought]")) {
    const sought = element.dataset.sought;
    const words = sought.toLowerCase().split(/\s+/);
    if (sought && texts.some((text) => words.every((word) => text.includes(word)))) {
      leads(element, () => (form.text.value = sought));
    }
  }
  for (const tile of document.querySelectorAll(".tile:not(.zero)")) {
    if (rows.some((row) => row.dataset.verdict === tile.dataset.verdict)) leads(tile, () => (form.verdict.value = tile.dataset.verdict));
  }
}
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
apply();
