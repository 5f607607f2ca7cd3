// What select2 draws has no name of its own: it takes the label of the field that it stands for.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const name = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const words = select.labels[0]?.innerText.replace(/[:：]\s*$/, "");
      const parts = select.nextElementSibling?.querySelectorAll("[role=combobox], [role=textbox], input") ?? [];
      for (const part of parts) if (words) part.setAttribute("aria-label", words);
    }
  };
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  name();
});
