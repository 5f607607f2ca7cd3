/* A scanner sends Enter: it goes on to the next empty field, and saves with the last one. */
(() => {
  document.querySelector("[data-next-step]")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.value || event.target.matches("button, textarea")) return;
    const all = [...event.currentTarget.querySelectorAll("input:not([type=hidden]), select")];
    const next = all.slice(all.indexOf(event.target) + 1).find((one) => one.required && !one.value);
    event.preventDefault();
    next ? next.focus() : event.currentTarget.requestSubmit();
  });
})();
