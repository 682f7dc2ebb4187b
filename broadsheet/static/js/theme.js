// Light or dark against the device's own setting. Stored only when a reader chooses, and gone when they take it back.
const choices = document.querySelectorAll("input[name=theme]");
const read = () => { try { return localStorage.getItem("theme") ?? ""; } catch { return ""; } };

function wear(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

wear(read());
for (const choice of choices) {
  choice.checked = choice.value === read();
  choice.closest("fieldset").hidden = false;
  choice.addEventListener("change", () => {
    wear(choice.value);
    try { choice.value ? localStorage.setItem("theme", choice.value) : localStorage.removeItem("theme"); } catch {}
  });
}
