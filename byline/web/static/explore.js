// The selection without reloading: filters, brush and map change the address, and the page follows it.
// Without script the same form and links work, a page at a time.

import { drawMap } from "/static/map.js";

let asked = 0;
let map = null; // its place, and a promise of what is drawn there
let waiting = 0; // to offer names: typing is over
let here = location.pathname + location.search;

/** Show the page of an address in place of this one's; what is asked for last wins. */
async function turn(address, { remember = true } = {}) {
  const mine = ++asked;
  const shown = document.querySelector("[data-turn]");
  const typing = { field: document.activeElement, value: document.activeElement?.value };
  shown.setAttribute("aria-busy", "true");
  const page = await read(address);
  const next = page?.querySelector("[data-turn]");
  if (next) await Promise.all([...shown.querySelectorAll("[data-all]")].map((list) => unfold(next, list.dataset.all)));
  if (mine !== asked) return;
  shown.removeAttribute("aria-busy");
  if (!page) {
    shown.querySelector("[role=status]").textContent = "The server does not answer. Is byline serve still running?";
    return;
  }
  if (!next) {
    location.assign(address); // an error, or the page to sign in
    return;
  }
  if (remember) history.pushState(null, "", address);
  here = location.pathname + location.search;
  document.title = page.title;
  document.querySelector(".forms").replaceWith(page.querySelector(".forms"));
  replace(shown, next, typing);
}

/** Return the page of an address, null if the server does not answer. */
async function read(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

/** Put the parts of the next page in place; the map stays, with other points, and so does who has the focus. */
function replace(shown, next, typing) {
  const focused = document.activeElement;
  for (const part of shown.querySelectorAll("[data-part]")) {
    const coming = next.querySelector(`[data-part="${part.dataset.part}"]`);
    const [there, other] = [part, coming].map((one) => one.querySelector("#map"));
    if (there && other) there.dataset.points = other.dataset.points;
    else part.replaceWith(coming);
  }
  const again = focused.isConnected ? null : counterpart(shown, focused);
  if (again && focused === typing.field && focused.value !== typing.value) again.value = focused.value; // typed meanwhile
  again?.focus({ preventScroll: true });
  begin();
}

/** Return what stands in the place of an element after a turn. */
function counterpart(shown, one) {
  if (one.id) return document.getElementById(one.id);
  if (one.rel) return shown.querySelector(`a[rel="${one.rel}"]`);
  if (!one.name) return null;
  const value = one.type === "checkbox" ? `[value="${CSS.escape(one.value)}"]` : "";
  return shown.querySelector(`[name="${one.name}"]${value}`);
}

/** Put all values of a facet in place of the most frequent; return their list, null if they cannot be had. */
async function unfold(shown, facet) {
  const link = shown.querySelector(`[data-more="${facet}"]`);
  const list = link && (await read(link.getAttribute("href")))?.querySelector("ul.values");
  if (!list) return null;
  list.dataset.all = facet;
  link.parentElement.querySelector("ul.values").replaceWith(list);
  link.remove();
  return list;
}

/** Return the address of what a form asks for; an empty value of a box or of a hidden field stands for "not known". */
function address(form) {
  const query = new URLSearchParams(new FormData(form));
  for (const field of form.elements) if (!field.value && field.matches("input:not([type=checkbox], [type=hidden])")) query.delete(field.name);
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
  const answer = await fetch(`/actors.json?part=${encodeURIComponent(typed)}`).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  if (!found || input.value !== typed) return;
  const options = found.actors.map(({ name }) => Object.assign(document.createElement("option"), { value: name }));
  input.list?.replaceChildren(...options);
}

/** Have the bars brushed, and the map drawn where it is not, or show what is chosen now. */
async function begin() {
  const svg = document.querySelector(".timeline");
  if (svg) brush(svg);
  const place = document.getElementById("map");
  if (map && map.place !== place) {
    map.drawn.then((drawn) => drawn?.remove());
    map = null;
  }
  if (!place) return;
  map ??= { place, drawn: drawMap(place, document.getElementById("wide")) };
  const mine = map;
  const drawn = await mine.drawn;
  if (mine !== map) return;
  document.querySelector("[data-box]").hidden = !drawn;
  drawn?.update();
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
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-box]")) change({ box: (await map.drawn).box() });
  const link = event.target.closest("[data-turn] a");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const to = new URL(link.href.baseVal ?? link.href, location.href);
  if (link.dataset.more) {
    event.preventDefault();
    const shown = link.closest("[data-turn]");
    const known = link.parentElement.querySelectorAll("input").length;
    const list = await unfold(shown, link.dataset.more);
    if (list) list.querySelectorAll("input")[known]?.focus();
    else location.assign(to);
  } else if (to.origin === location.origin && to.pathname === "/" && !to.hash) {
    event.preventDefault();
    turn(to.pathname + to.search);
  }
});
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== here) turn(location.pathname + location.search, { remember: false });
  else {
    asked++; // what was on its way is no longer wanted
    document.querySelector("[data-turn]").removeAttribute("aria-busy");
  }
});
begin();
