// Keys: / goes to search, j and k walk the headlines, ? shows the keys and lets a reader turn them off.
const dialog = document.getElementById("keys");
const OFF = "keys-off";
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const isOff = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };

function walk(step) {
  const links = [...document.querySelectorAll("main :is(h1, h2, h3, h4) a[href]")].filter((link) => link.offsetParent);
  const now = links.indexOf(document.activeElement);
  // From anywhere else: the first headline that can be seen.
  const next = now < 0 ? links.findIndex((link) => link.getBoundingClientRect().top >= 0) : now + step;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

function search() {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  else location.href = "/search";
}

if (dialog?.showModal) {
  const box = dialog.querySelector("input");
  dialog.addEventListener("close", () => {
    try { box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch {}
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialog.open) return;
    const act = { "?": () => { box.checked = !isOff(); dialog.showModal(); }, "/": search, j: () => walk(1), k: () => walk(-1) }[event.key];
    // The key that shows the keys stays: it is the way to turn them on again.
    if (!act || (isOff() && event.key !== "?")) return;
    event.preventDefault();
    act();
  });
}
