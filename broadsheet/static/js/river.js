// The live river: says how many reports came in since the page was made. It never moves the page.
const place = document.querySelector("[data-news]");
const PERIOD = 60_000;

if (place) {
  const forms = JSON.parse(place.dataset.news);
  const plural = new Intl.PluralRules(document.documentElement.lang || "en");
  const title = document.title;
  const known = new Set([...document.querySelectorAll("main a[href]")].map((link) => link.pathname));

  async function look() {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.feed).catch(() => null);
    if (!answer?.ok) return;
    const { items } = await answer.json();
    const fresh = items.filter((item) => !known.has(new URL(item.url, location.href).pathname));
    if (!fresh.length) return;
    const link = place.querySelector("a");
    link.textContent = (forms[plural.select(fresh.length)] ?? forms.other).replace("#", fresh.length.toLocaleString(document.documentElement.lang));
    link.hidden = false;
    document.title = `(${fresh.length}) ${title}`;
  }

  setInterval(look, PERIOD);
  document.addEventListener("visibilitychange", look);
}
