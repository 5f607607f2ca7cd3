/* Batch entry without a mouse: Enter saves a row and goes on; a scanned number finds its row. */
(() => {
  const rows = () => [...document.querySelectorAll("tr[data-entry]:not([data-done])")];
  const enter = (row) => row.querySelector("input:not([type=hidden])").focus();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const row = event.target.closest("tr[data-entry]");
    if (row && event.target.matches("input, select")) {
      event.preventDefault();
      const all = rows(), next = all[all.indexOf(row) + 1];
      const values = { row: row.dataset.entry }, url = row.closest("form").getAttribute("action");
      window.htmx.ajax("POST", url, { source: row, target: row, swap: "outerHTML", values });
      next ? enter(next) : document.querySelector("[data-save-all]").focus();
    } else if (event.target.matches("[data-find-row]")) {
      const number = event.target.value.trim().padStart(7, "0");
      const found = rows().find((one) => one.dataset.number === number);
      if (found) { event.preventDefault(); event.target.value = ""; enter(found); }
    }
  });
})();
