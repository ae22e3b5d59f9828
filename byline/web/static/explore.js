// The selection without reloading: filters, brush and map change the address, and the page follows it.
// Without script the same form and links work, a page at a time.

import { drawMap } from "/static/map.js";

let asked = 0;
let map = null;
let waiting = 0; // to offer names: typing is over

/** Show the page of an address in place of this one's; what is asked for last wins. */
async function turn(address, { remember = true } = {}) {
  const mine = ++asked;
  const shown = document.querySelector("[data-turn]");
  shown.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (mine !== asked) return;
    if (answer.redirected && new URL(answer.url).pathname !== new URL(address, location.href).pathname) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    const next = page.querySelector("[data-turn]");
    if (!next) {
      location.assign(address);
      return;
    }
    if (remember) history.pushState(null, "", address);
    document.title = page.title;
    document.querySelector(".forms").replaceWith(page.querySelector(".forms"));
    replace(shown, next);
  } catch {
    shown.querySelector("[role=status]").textContent = "The server does not answer. Is byline serve still running?";
  } finally {
    if (mine === asked) document.querySelector("[data-turn]").removeAttribute("aria-busy");
  }
}

/** Put the parts of the next page in place; the map stays, with other points, and so does who has the focus. */
function replace(shown, next) {
  const focused = document.activeElement;
  const key = focused && focused.name ? `[name="${focused.name}"][value="${CSS.escape(focused.value)}"]` : null;
  const id = focused && focused.id;
  const open = [...shown.querySelectorAll(".filters details")].map((d) => d.open);
  const there = shown.querySelector("#map");
  const coming = next.querySelector("#map");
  if (there && coming) {
    there.dataset.points = coming.dataset.points;
    coming.replaceWith(there);
  }
  shown.replaceChildren(...next.childNodes);
  shown.querySelectorAll(".filters details").forEach((d, n) => (d.open = open[n] ?? false));
  const again = (id && document.getElementById(id)) || (key && shown.querySelector(key));
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
  begin();
}

function address(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return query.size ? `/?${query}` : "/";
}

function change(values) {
  const query = new URLSearchParams(location.search);
  query.delete("page");
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  turn(`/?${query}`);
}

/** Choose a time by dragging over the bars. */
function brush(svg) {
  let from = null;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const place = (event) => {
    const box = svg.getBoundingClientRect();
    const bars = svg.viewBox.baseVal.width;
    return Math.max(0, Math.min(bars, ((event.clientX - box.left) / box.width) * bars));
  };
  const extent = (event) => [Math.floor(Math.min(from, place(event))), Math.ceil(Math.max(from, place(event)))];
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = place(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null || (!band.isConnected && Math.abs(place(event) - from) < 0.6)) return;
    if (!band.isConnected) {
      svg.setPointerCapture(event.pointerId);
      band.setAttribute("class", "band");
      svg.append(band);
    }
    const [first, last] = extent(event);
    for (const [name, value] of [["x", first], ["y", 0], ["width", last - first], ["height", 100]]) band.setAttribute(name, value);
  });
  const end = (event) => {
    const chosen = from !== null && band.isConnected && event.type === "pointerup" ? extent(event) : null;
    band.remove();
    from = null;
    if (chosen) change(days(svg, ...chosen));
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

/** Return the days of the bars that have events from one place to another. */
function days(svg, from, to) {
  const bars = [...svg.querySelectorAll("a[data-first]")].filter((a) => {
    const x = Number(a.querySelector(".hit").getAttribute("x"));
    return x >= from && x < to;
  });
  if (!bars.length) return {};
  return { first: bars[0].dataset.first, last: bars.at(-1).dataset.last };
}

/** Offer names that have what was typed. */
async function suggest(input) {
  const typed = input.value;
  if (typed.trim().length < 2) return;
  const answer = await fetch(`/actors.json?part=${encodeURIComponent(typed)}`);
  if (!answer.ok || input.value !== typed) return;
  const options = (await answer.json()).actors.map(({ name }) => Object.assign(document.createElement("option"), { value: name }));
  input.list?.replaceChildren(...options);
}

async function begin() {
  const svg = document.querySelector(".timeline");
  if (svg) brush(svg);
  const place = document.getElementById("map");
  if (!place) {
    map = null;
    return;
  }
  if (map && map.place === place) map.update();
  else map = await drawMap(place, document.getElementById("wide"));
  const choose = document.querySelector("[data-box]");
  choose.hidden = !map;
  choose.addEventListener("click", () => change({ box: map.box() }));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".filters")) return;
  event.preventDefault();
  turn(address(event.target));
});
document.addEventListener("input", (event) => {
  if (event.target.id !== "actor") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(event.target), 150);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest(".filters");
  if (form) turn(address(form));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-turn] a");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const to = new URL(link.href.baseVal ?? link.href, location.href);
  if (to.origin !== location.origin || to.pathname !== "/") return;
  event.preventDefault();
  turn(to.pathname + to.search);
});
window.addEventListener("popstate", () => turn(location.pathname + location.search, { remember: false }));
begin();
