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

/* The camera of a phone as a scanner, where the browser can read labels itself. The picture stays in the phone: only the number on the label is sent. */
(() => {
  const button = document.querySelector("[data-scan]");
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const view = document.querySelector("[data-scan-view]"), field = document.querySelector("#id_number");
  const stop = () => { view.srcObject?.getTracks().forEach((one) => one.stop()); view.srcObject = null; view.hidden = true; };
  const look = async (reader) => {
    const [code] = view.srcObject ? await reader.detect(view).catch(() => []) : [];
    if (!view.srcObject) return;
    if (!code) { setTimeout(look, 200, reader); return; }
    stop(); field.value = code.rawValue; field.form.requestSubmit();
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (view.srcObject) { stop(); return; }
    try {
      view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch { document.querySelector("[data-scan-not]").hidden = false; return; }
    view.hidden = false; view.play().catch(() => {}); look(new BarcodeDetector({ formats: ["qr_code"] }));
  });
  addEventListener("pagehide", stop);
})();
