// Search: names of sections, sources and topics by their first letters, into the field's own list.
const field = document.querySelector("input[list=suggestions]");
const list = document.getElementById("suggestions");

if (field && list) {
  let asked = "";
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (!answer?.ok || asked !== typed) return;
      const [, names, kinds] = await answer.json();
      list.replaceChildren(...names.map((name, place) => {
        const option = document.createElement("option");
        option.value = name;
        option.label = kinds[place];
        return option;
      }));
    }, 150);
  });
}
