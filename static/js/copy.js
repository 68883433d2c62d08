/* « Copier » : a text ready to be pasted elsewhere. Without this script the text is selected by hand. */
"use strict";
(() => {
  const SAID_FOR = 4_000;

  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;

  async function copied(area) {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }

  function say(button, words) {
    const before = button.firstChild.textContent;
    if (before === words) return;
    button.firstChild.textContent = words;
    document.getElementById("announcer").textContent = words;
    setTimeout(() => { button.firstChild.textContent = before; }, SAID_FOR);
  }

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("button[data-copy]");
    if (!button) return;
    const isCopied = await copied(document.getElementById(button.dataset.copy));
    say(button, isCopied ? "Copié" : "Sélectionné, à copier");
  });
})();
