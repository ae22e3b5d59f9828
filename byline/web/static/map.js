// The map: events gathered into circles by the server, for what is in view; outlines are Natural Earth's.
// A whole country is never a point: how many events are known by their country only is told in words.

const EMPTY = { type: "FeatureCollection", features: [] };
const PRECISE = ["place", "point"];

function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  return { font: style.fontFamily, sea: read("--sea"), land: read("--land"), line: read("--border"), event: read("--event"), ink: read("--ink"), paper: read("--paper") };
}

function layers() {
  const c = colours();
  const circle = (id, precise, paint) => ({
    id, type: "circle", source: "events",
    filter: [precise ? "in" : "!in", "precision", ...PRECISE],
    layout: { "circle-sort-key": ["-", 0, ["get", "events"]] },
    paint: { "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "events"]], 1, 5, 10, 14, 100, 30, 400, 44], ...paint },
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land, "fill-outline-color": c.line } },
    circle("around", false, { "circle-color": c.event, "circle-opacity": 0.12, "circle-stroke-color": c.event, "circle-stroke-width": 1.5, "circle-stroke-opacity": 0.7 }),
    circle("at", true, { "circle-color": c.event, "circle-opacity": 0.82, "circle-stroke-color": c.paper, "circle-stroke-width": 1 }),
    { id: "numbers", type: "symbol", source: "events", filter: [">", "events", 1],
      layout: { "text-field": ["get", "label"], "text-size": 12, "text-font": ["sans-serif"], "symbol-sort-key": ["-", 0, ["get", "events"]] }, // where two meet, the larger
      paint: { "text-color": ["match", ["get", "precision"], PRECISE, c.paper, c.ink] } },
  ];
}

async function outlines() {
  const world = await (await fetch("/static/vendor/countries-50m.json")).json();
  const land = topojson.feature(world, world.objects.countries);
  for (const { geometry } of land.features) {
    if (geometry?.type === "Polygon") geometry.coordinates = geometry.coordinates.map(unwound);
    if (geometry?.type === "MultiPolygon") geometry.coordinates = geometry.coordinates.map((p) => p.map(unwound));
  }
  return land;
}

/** A ring that crosses the date line goes on beyond 180 degrees; one around the pole closes along it. */
function unwound(ring) {
  let turn = 0;
  const found = ring.map(([x, y], n) => {
    const step = n ? x - ring[n - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
  return turn ? [...found, [found.at(-1)[0], -90], [found[0][0], -90], found[0]] : found;
}

/** Load a script or a sheet of styles into the page. */
function attached(kind, values) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(kind), values, { onload: resolve, onerror: reject }));
  });
}

let parts = null;

/** Return what draws maps, loaded once. */
function drawing() {
  parts ??= Promise.all([
    import("/static/vendor/maplibre-gl.mjs"),
    attached("script", { src: "/static/vendor/topojson-client.min.js" }),
    attached("link", { rel: "stylesheet", href: "/static/vendor/maplibre-gl.css" }),
  ]).then(([library]) => {
    library.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
    return library;
  });
  parts.catch(() => (parts = null)); // the next map tries again
  return parts;
}

/** Draw the map into a place; null where the browser cannot. */
export async function drawMap(place, wide) {
  const told = place.querySelector(".loading");
  try {
    const library = await drawing();
    const sources = { land: { type: "geojson", data: await outlines() }, events: { type: "geojson", data: EMPTY } };
    const map = new library.Map({
      container: place, style: { version: 8, sources, layers: layers() }, attributionControl: { compact: true, customAttribution: "Natural Earth, GeoNames" },
      renderWorldCopies: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, bounds: [-170, -56, 180, 75], maxZoom: 12, boxZoom: false,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }));
    await map.once("load");
    told?.remove();
    return new Drawn(map, place, wide, library);
  } catch {
    if (told) told.textContent = "This browser draws no map (it has no WebGL). The table below has the same events.";
    return null;
  }
}

class Drawn {
  constructor(map, place, wide, library) {
    Object.assign(this, { map, place, wide, library, asked: null, fitted: false, ended: new AbortController() });
    map.on("moveend", () => this.update());
    for (const layer of ["at", "around"]) {
      map.on("click", layer, (event) => this.show(event.features[0]));
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
    const painted = () => {
      for (const { id, paint } of layers()) for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", painted, { signal: this.ended.signal });
  }

  /** Ask for the circles of what is in view, once; the first time, go where they are. */
  async update() {
    const address = new URL(this.place.dataset.points, location.href);
    address.searchParams.set("zoom", Math.max(0, this.map.getZoom()).toFixed(2));
    address.searchParams.set("view", this.box());
    if (address.href === this.asked) return;
    this.asked = address.href;
    const answer = await fetch(address, { signal: this.ended.signal }).catch(() => null); // the page tells when the server is gone
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (this.asked !== address.href || this.ended.signal.aborted) return;
    if (!found) {
      this.asked = null;
      return;
    }
    const label = new Intl.NumberFormat("en", { notation: "compact" });
    for (const one of found.features) one.properties.label = label.format(one.properties.events);
    this.map.getSource("events").setData(found);
    this.wide.textContent = told(found);
    if (!this.fitted && found.bounds && found.bounds[2] - found.bounds[0] < 200) {
      this.fitted = true;
      this.map.fitBounds(found.bounds, { padding: 40, maxZoom: 8, animate: false });
    }
  }

  /** Give back what the map holds: a browser draws few at a time. */
  remove() {
    this.ended.abort();
    this.map.remove();
  }

  /** Return what is in view: west, south, east, north. */
  box() {
    const b = this.map.getBounds();
    const within = (x, most) => Math.max(-most, Math.min(most, x)).toFixed(4);
    return [within(b.getWest(), 180), within(b.getSouth(), 90), within(b.getEast(), 180), within(b.getNorth(), 90)].join(",");
  }

  /** Go nearer to a circle of many; at the nearest, say what it is. */
  show(feature) {
    const at = feature.geometry.coordinates;
    const { events, precision, place } = feature.properties;
    if (events > 1 && this.map.getZoom() < 11) {
      this.map.easeTo({ center: at, zoom: Math.min(12, this.map.getZoom() + 2.5) });
      return;
    }
    const box = document.createElement("p");
    box.textContent = `${events === 1 ? "1 event" : `${events} events`}, ${place || "no name"} (${precision}). `;
    const link = document.createElement("a");
    const around = [at[0] - 0.01, at[1] - 0.01, at[0] + 0.01, at[1] + 0.01].map((x) => x.toFixed(4));
    const query = new URLSearchParams(location.search);
    query.set("box", around.join(","));
    query.delete("page");
    link.href = `/?${query}`;
    link.textContent = "Only these";
    box.append(link);
    new this.library.Popup({ maxWidth: "18rem" }).setLngLat(at).setDOMContent(box).addTo(this.map);
  }
}

function told(found) {
  const parts = [];
  const number = new Intl.NumberFormat("en");
  if (found.wide) parts.push(`${number.format(found.wide)} known by country or region only: not on the map.`);
  if (found.nowhere) parts.push(`${number.format(found.nowhere)} without a place.`);
  parts.push("Filled: a place. Rings: a district or province, somewhere around.");
  return parts.join(" ");
}
