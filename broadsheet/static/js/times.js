// Says how long ago a recent time was, where that helps; the exact time stays in the title and in `datetime`.
const minute = 60_000;
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto", style: "short" });

function show() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const age = Date.now() - Date.parse(time.dateTime);
    if (!(age >= 0 && age < 60 * minute)) {
      if (time.title) [time.textContent, time.title] = [time.title, ""];
      continue;
    }
    if (!time.title) time.title = time.textContent;
    time.textContent = words.format(-Math.floor(age / minute), "minute");
  }
}

show();
setInterval(show, minute);
