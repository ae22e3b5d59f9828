// The small map of an incident.

import { drawMap } from "/static/map.js";

drawMap(document.getElementById("map"), document.getElementById("wide"));
