
// Takes over later states of the page, part by part, so that focus, selection and scrolling stay where they are.
(() => {
  const main = document.querySelector("main");
  const announced = document.querySelector(".announced");
  const button = document.createElement("button");
  const silent = document.createElement("p");
  const patience = 10000;
  let source = null;
  let heard = Date.now();
  let waiting = null;
  let paused = false;

  const headings = () => [...main.querySelectorAll("h2")].map(heading => heading.textContent);
  const regions = part => [...part.querySelectorAll(".scroll")];
  const isSelected = part => !getSelection().isCollapsed && getSelection().containsNode(part, true);
  const focusAgain = (active, old, fresh) => {
    const link = active.getAttribute("href");
    const same = link === null ? null : fresh.querySelector(`a[href="${CSS.escape(link)}"]`);
    (same ?? regions(fresh)[regions(old).indexOf(active.closest(".scroll"))])?.focus({ preventScroll: true });
  };
  const replace = (old, fresh) => {
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const scrolled = regions(old).map(each => each.scrollLeft);
    old.replaceWith(fresh);
    regions(fresh).forEach((each, i) => { each.scrollLeft = scrolled[i] || 0; });
    if (active !== null) focusAgain(active, old, fresh);
  };
  const show = html => {
    const before = headings();
    const fresh = [...new DOMParser().parseFromString(html, "text/html").body.children];
    const old = [...main.children];
    fresh.forEach((part, i) => {
      if (!old[i]) main.append(part);
      else if (old[i].outerHTML !== part.outerHTML && !isSelected(old[i])) replace(old[i], part);
    });
    old.slice(fresh.length).forEach(part => part.remove());
    const changed = headings().filter(heading => !before.includes(heading));
    if (changed.length) announced.textContent = changed.join(", ");
  };
  // A browser connects again by itself after a lost connection, but not after an answer that is no stream.
  const connect = () => {
    source = new EventSource(main.dataset.events);
    source.addEventListener("message", event => {
      heard = Date.now();
      silent.textContent = "";
      waiting = JSON.parse(event.data);
      if (!paused) show(waiting);
    });
  };
  const watch = () => {
    if (source.readyState === EventSource.CLOSED) connect();
    if (Date.now() - heard > patience && silent.textContent === "") {
      silent.textContent = `No answer since ${new Date(heard).toISOString().slice(11, 19)} UTC. What you see is of that time.`;
    }
  };

  button.type = "button";
  button.textContent = "Pause updates";
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? "Resume updates" : "Pause updates";
    if (!paused && waiting) show(waiting);
  });
  silent.className = "silent";
  silent.setAttribute("role", "alert");
  document.querySelector("header").append(button, silent);
  connect();
  setInterval(watch, patience / 4);
})();
