
// Takes over later states of the page, part by part, so that focus, selection and scrolling stay where they are.
(() => {
  const main = document.querySelector("main");
  const announced = document.querySelector(".announced");
  const button = document.createElement("button");
  let waiting = null;
  let paused = false;

  const headings = () => [...main.querySelectorAll("h2")].map(heading => heading.textContent);
  const replace = (old, fresh) => {
    const link = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const scrolled = [...old.querySelectorAll(".scroll")].map(each => each.scrollLeft);
    old.replaceWith(fresh);
    fresh.querySelectorAll(".scroll").forEach((each, i) => { each.scrollLeft = scrolled[i] || 0; });
    if (link !== null) fresh.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
  };
  const show = html => {
    const before = headings();
    const fresh = [...new DOMParser().parseFromString(html, "text/html").body.children];
    const old = [...main.children];
    fresh.forEach((part, i) => {
      if (!old[i]) main.append(part);
      else if (old[i].outerHTML !== part.outerHTML) replace(old[i], part);
    });
    old.slice(fresh.length).forEach(part => part.remove());
    const changed = headings().filter(heading => !before.includes(heading));
    if (changed.length) announced.textContent = changed.join(", ");
  };

  button.type = "button";
  button.textContent = "Pause updates";
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? "Resume updates" : "Pause updates";
    if (!paused && waiting) show(waiting);
  });
  document.querySelector("header").append(button);
  new EventSource(main.dataset.events).addEventListener("message", event => {
    waiting = JSON.parse(event.data);
    if (!paused) show(waiting);
  });
})();
