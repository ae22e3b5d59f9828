// The small map of an incident.

import { drawMap } from "/static/map.js";

const drawn = await drawMap(document.getElementById("map"), document.getElementById("wide"));
drawn?.update();
