// Passing on: copying the address and the device's own way to share, where it has them; and printing.
for (const acts of document.querySelectorAll(".acts")) {
  const { address, title } = acts.dataset;
  const url = new URL(address, location.href).href;
  const said = acts.querySelector("[role=status]");
  const doing = {
    copy: navigator.clipboard && (async (button) => { await navigator.clipboard.writeText(url); said.textContent = button.dataset.done; }),
    share: navigator.share && (() => navigator.share({ title, url }).catch(() => {})),
  };
  for (const button of acts.querySelectorAll("[data-act]")) {
    const act = doing[button.dataset.act];
    if (!act) continue;
    button.closest("li").hidden = false;
    button.addEventListener("click", () => act(button));
  }
}
const print = document.querySelector("[data-act=print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
