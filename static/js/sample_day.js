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

/* The camera of a phone as a scanner, where the browser can read labels itself. The picture stays in the phone: only the number that stands on the label is sent. */
(() => {
  const button = document.querySelector("[data-scan]");
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const view = document.querySelector("[data-scan-view]");
  const field = document.querySelector("#id_number");
  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((one) => one.stop());
    stream = view.srcObject = null;
    view.hidden = true;
  };
  const look = async (reader) => {
    if (!stream) return;
    const [code] = await reader.detect(view).catch(() => []);
    if (!stream) return;
    if (!code) {
      setTimeout(look, 200, reader);
      return;
    }
    stop();
    field.value = code.rawValue;
    field.form.requestSubmit();
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) {
      stop();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      document.querySelector("[data-scan-not]").hidden = false;
      return;
    }
    view.srcObject = stream;
    view.hidden = false;
    view.play().catch(() => {});
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  });
  addEventListener("pagehide", stop);
})();
