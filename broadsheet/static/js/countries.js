// Countries by name, where the browser knows it: the page says their codes.
try {
  const names = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "region" });
  for (const country of document.querySelectorAll("[data-country]")) {
    const { country: code } = country.dataset;
    const name = names.of(code);
    if (name && name !== code) [country.textContent, country.title] = [name, code];
  }
} catch {
  // codes are fine
}
