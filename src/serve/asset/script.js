// Checks as a person types: the form is sent in the background, and the answer of the page that comes back is shown.
// Without this script the button does the same.

const PAUSE = 250;

for (const form of document.querySelectorAll("form.check")) {
  const answers = document.getElementById("answers");
  const said = document.createElement("p");
  said.className = "heard";
  said.setAttribute("role", "status");
  answers.before(said);

  let timer, pending;

  const ask = async () => {
    pending?.abort();
    const typed = form.elements.namedItem("key");
    if (typed ? typed.value.trim() === "" : form.elements.namedItem("product").value === "") {
      answers.replaceChildren();
      return;
    }
    pending = new AbortController();
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: pending.signal,
      });
      // Too many requests, or a server that stops: the last answer would be that of another key.
      const page = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : document.createElement("div");
      const fresh = page.querySelector("#answers");
      answers.replaceChildren(...(fresh?.children ?? []));
      answers.querySelector(".answer")?.classList.add("fresh");
      const headline = answers.querySelector("h2, .slip")?.textContent ?? "";
      if (said.textContent !== headline) said.textContent = headline;
    } catch (error) {
      if (error.name !== "AbortError") answers.replaceChildren();
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}
