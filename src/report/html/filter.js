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
form.hidden = rows.length < 2;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
apply();
