/* What JavaScript adds; every page works without it.
   data-row: a line of a list that j and k move between; data-key: the key that presses a button;
   data-undo: seconds until an undo is no longer offered; data-uuid: a client UUID that must be new
   for the next act; data-session-ends: seconds until nobody is signed in any more; data-tick-all, data-apply: ticked rows; data-drawer: the side panel. */
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  const all = (selector, inside) => Array.from((inside || document).querySelectorAll(selector));
  const typing = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) &&
    !/^(checkbox|radio|button|submit)$/.test(element.type) || element.isContentEditable;

  /* Rows and keys */
  const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null && !row.closest("details:not([open])"));
  const current = () => document.querySelector("[data-row][aria-current]");

  function move(step) {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    if (at >= 0) list[at].removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
    const target = next.querySelector("a, button");
    if (target) target.focus({ preventScroll: true });
  }

  function press(key) {
    const row = current();
    const own = row && row.querySelector('[data-key="' + key + '"]');
    const target = own || document.querySelector('[data-page-key="' + key + '"]');
    if (!target) return false;
    if (target.tagName === "SUMMARY") {
      target.parentElement.open = !target.parentElement.open;
      target.focus();
    } else {
      target.click();
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return closeOpen();
    if (typing(event.target)) return;
    if (event.key === "/") {
      const box = all('[data-key="/"]').find((field) => field.offsetParent !== null);
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "u") {
      const undo = all("[data-undo-button]").pop();
      if (undo) undo.click();
    } else if (/^[1-9]$/.test(event.key) && press(event.key)) {
      event.preventDefault();
    }
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || row === current()) return;
    if (current()) current().removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  });

  /* Menus close on Escape, on a click elsewhere, and when another one opens */
  function closeOpen() {
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    });
    const drawer = document.querySelector("[data-drawer-close]");
    if (drawer) drawer.click();
  }

  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (event.target.closest("[data-drawer-close]")) {
      const panel = event.target.closest("[data-drawer]");
      if (!panel) return;
      event.preventDefault();
      panel.replaceChildren();
      panel.hidden = true;
      if (lastOpener && lastOpener.isConnected) lastOpener.focus();
    }
    const print = event.target.closest("[data-print]");
    if (print) { event.preventDefault(); window.print(); }
  });

  /* Ticked rows */
  function countTicks() {
    all("[data-apply]").forEach((bar) => {
      const boxes = all("[data-tick]", bar.closest("[data-ticks]") || document);
      const ticked = boxes.filter((box) => box.checked).length;
      bar.classList.toggle("on", ticked > 0);
      all("[data-ticked]", bar).forEach((place) => { place.textContent = ticked; });
      const whole = document.querySelector("[data-tick-all]");
      if (!whole) return;
      whole.checked = ticked > 0 && ticked === boxes.length;
      whole.indeterminate = ticked > 0 && ticked < boxes.length;
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) {
      const inside = event.target.closest("[data-ticks]") || document;
      all("[data-tick]", inside).forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-tick], [data-tick-all]")) countTicks();
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-untick]")) return;
    all("[data-tick]").forEach((box) => { box.checked = false; });
    countTicks();
  });

  /* Undo: ten seconds, then the offer goes; the answer of the server stays the truth */
  function countDown(place) {
    const until = Date.now() + Number(place.dataset.undo) * 1000;
    const timer = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (!place.isConnected) return clearInterval(timer);
      all("[data-seconds]", place).forEach((number) => { number.textContent = Math.max(left, 0); });
      if (left > 0) return;
      clearInterval(timer);
      all("[data-undo-form], .run", place).forEach((part) => part.remove());
    }, 250);
  }

  /* Client UUIDs */
  function newUuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* What came with htmx */
  let lastOpener = null;
  function arrive(inside) {
    /* data-count is the number as the server knows it, data-count-of another place with it */
    all("[data-count]", inside).forEach((known) => {
      all('[data-count-of="' + known.dataset.count + '"]').forEach((place) => {
        place.textContent = known.textContent;
        if (place.parentElement.hidden) place.parentElement.hidden = known.textContent === "0";
      });
    });
    all("[data-count-rows]").forEach((place) => {
      let rows = 0;
      let next = place.closest(".group-head").nextElementSibling;
      for (; next && !next.matches(".group-head"); next = next.nextElementSibling) {
        if (next.matches(".due")) rows += 1;
      }
      place.textContent = rows;
    });
    const first = document.querySelector(".due-list > .due[data-row]");
    if (first && !current()) first.setAttribute("aria-current", "true");
    all("[data-undo]", inside).concat(inside.matches && inside.matches("[data-undo]") ? [inside] : [])
      .forEach((place) => { if (!place.dataset.counting) { place.dataset.counting = "1"; countDown(place); } });
    countTicks();
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest("form");
    if (form) all("button", form).forEach((button) => { button.setAttribute("aria-busy", "true"); });
    if (event.detail.target && event.detail.target.matches("[data-drawer]")) lastOpener = event.target;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (!form) return;
    all("button", form).forEach((button) => { button.removeAttribute("aria-busy"); });
    if (event.detail.successful) all("[data-uuid]", form).forEach((field) => { field.value = newUuid(); });
  });
  document.addEventListener("htmx:load", (event) => arrive(event.target));
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = event.detail.target;
    if (!panel.matches("[data-drawer]")) return;
    panel.hidden = false;
    const head = panel.querySelector("h2, a, button");
    if (head) { head.tabIndex = head.tabIndex < 0 ? -1 : head.tabIndex; head.focus({ preventScroll: true }); }
  });

  /* The line is down or the server failed: say so, keep everything, offer the same tap again */
  function failed(event) {
    const words = root.querySelector("#failed-words");
    const place = document.getElementById("messages");
    if (!words || !place) return;
    const notice = words.content.cloneNode(true);
    const again = notice.querySelector("[data-again]");
    const source = event.detail.elt;
    again.addEventListener("click", () => {
      place.replaceChildren();
      const form = source.closest("form");
      const button = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent
        ? event.detail.requestConfig.triggeringEvent.submitter : null;
      if (form) form.requestSubmit(button && button.isConnected ? button : undefined);
      else source.click();
    });
    place.replaceChildren(notice);
    place.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);

  /* Five minutes before the session ends: say so, and offer to stay */
  const ending = root.querySelector("#session-words");
  let warning = 0;
  function watchSession(seconds) {
    clearTimeout(warning);
    const shown = document.getElementById("session-warning");
    if (shown) shown.remove();
    warning = setTimeout(warnOfEnd, Math.max(seconds - 300, seconds / 2, 0) * 1000);
  }
  function warnOfEnd() {
    const place = document.getElementById("messages");
    if (!place || !ending) return;
    const notice = ending.content.cloneNode(true);
    const stay = notice.querySelector("[data-stay-button]");
    if (stay) stay.addEventListener("click", () => {
      fetch(ending.dataset.stay, { method: "HEAD", redirect: "manual" }).then((answer) => {
        if (answer.ok) watchSession(Number(ending.dataset.sessionEnds));
        else location.assign(ending.dataset.stay);
      });
    });
    place.prepend(notice);
    place.scrollIntoView({ block: "nearest" });
  }
  if (ending) {
    watchSession(Number(ending.dataset.sessionEnds));
    document.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) watchSession(Number(ending.dataset.sessionEnds));
    });
  }

  /* A strip of tabs that is wider than the window begins at the current one; the page stays put */
  function showCurrentTab() {
    all(".tabs [aria-current]").forEach((tab) => {
      const strip = tab.closest(".tabs");
      strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
    });
  }
  showCurrentTab();

  /* Pages are kept in no cache. One that answered a form would have to be sent anew to be seen
     again, and Back shows a fault of the browser's: from here on its address is asked for instead. */
  history.replaceState(history.state, "", location.href);

  document.addEventListener("DOMContentLoaded", () => arrive(document.body));
})();
