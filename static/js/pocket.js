/* The pocket directory, narrowed as one types. Without this script the browser's own search finds a name. */
"use strict";
(() => {
  const box = document.querySelector("[data-pocket]");
  if (!box) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const lines = [...document.querySelectorAll(".pocket li")].map((line) => [line, plain(line.textContent)]);
  const said = box.querySelector("[data-pocket-said]");

  box.hidden = false;
  box.querySelector("input").addEventListener("input", ({ target }) => {
    const words = plain(target.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [line, text] of lines) {
      line.hidden = !words.every((word) => text.includes(word));
      if (!line.hidden) found += 1;
    }
    for (const part of document.querySelectorAll("section:has(> .pocket)")) part.hidden = !part.querySelector("li:not([hidden])");
    said.textContent = !words.length ? "" : found ? `${found} trouvé${found > 1 ? "s" : ""}` : "Personne ne correspond : essayez moins de lettres.";
  });
})();
