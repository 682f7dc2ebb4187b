// The desk by keyboard: j and k walk the lines, x ticks one, o opens it, letters on buttons press them.
const lines = [...document.querySelectorAll("[data-line]")];
const form = document.querySelector("[data-act]");
let at = -1;

function walk(step) {
  at = Math.min(Math.max(at + step, 0), lines.length - 1);
  lines[at]?.focus();
  lines[at]?.scrollIntoView({ block: "nearest" });
}

const tick = () => lines[at]?.querySelector("input[name=comments]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    x: () => tick()?.click(),
    o: () => lines[at]?.querySelector("[data-open]")?.click(),
  };
  const control = form?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!acts[event.key] && !control) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (acts[event.key]) return acts[event.key]();
  const box = tick();
  if (box && !document.querySelector("input[name=comments]:checked")) box.checked = true;
  control.tagName === "SELECT" ? control.focus() : control.click();
}, true);

// A saved answer is shown where it can be changed; without a script it is sent as it is.
document.querySelector("[data-saved]")?.addEventListener("change", (event) => {
  const chosen = event.target.selectedOptions[0];
  if (!chosen.value) return;
  form.elements.facts.value = chosen.title;
  event.target.value = "";
  form.elements.facts.focus();
});

// In the composer Alt with an arrow moves the item in which one stands.
document.addEventListener("keydown", (event) => {
  const wish = event.altKey && { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
  const button = wish && event.target.closest("[data-item]")?.querySelector(wish);
  if (!button) return;
  event.preventDefault();
  button.click();
});
