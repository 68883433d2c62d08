/* Copying a sheet of paper: Enter goes on to the next line, as on paper; only the button sends. Without this script Enter sends. */
"use strict";
document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (event.key !== "Enter" || event.isComposing || !cell.matches?.(".sheet input")) return;
  event.preventDefault();
  cell.closest("tr").nextElementSibling?.querySelector("input")?.focus();
});
