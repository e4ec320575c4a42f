// The plates of one side, drawn anew while the weight is changed. The server draws them first (views/iron.py); the
// search is the same as gainsly/lib/units.py: the fewest plates that make the load.
const SVG = "http://www.w3.org/2000/svg";
const SLEEVE_X = 70;
const PLATE_WIDTH = 26;
const GAP = 3;
const AXIS = 32;
const HUNDREDTHS = 100;

export function platesPerSide(load, bar, sizes) {
  const target = Math.round((load - bar) * HUNDREDTHS / 2);
  if (!(target >= 0) || target > 50000) return null;
  const units = [...new Set(sizes.map((size) => Math.round(size * HUNDREDTHS)))].sort((a, b) => b - a);
  const best = new Array(target + 1).fill(null);
  best[0] = [];
  for (let side = 1; side <= target; side += 1) {
    for (const unit of units) {
      const rest = side >= unit ? best[side - unit] : null;
      if (rest && (best[side] === null || rest.length + 1 < best[side].length)) best[side] = [...rest, unit];
    }
  }
  return best[target]?.sort((a, b) => b - a).map((unit) => unit / HUNDREDTHS) ?? null;
}

const made = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function drawn(size, at, looks) {
  const [height, colour] = looks[String(size)] ?? [30, "plate-small"];
  const x = SLEEVE_X + at * (PLATE_WIDTH + GAP);
  const text = made("text", { class: "plate-text", x: x + PLATE_WIDTH / 2, y: 36, "text-anchor": "middle" });
  text.textContent = String(size);
  return [made("rect", { class: colour, x, y: AXIS - height / 2, width: PLATE_WIDTH, height, rx: 5 }), text];
}

const rounded = (weight) => String(Math.round(weight * 1000) / 1000);

function change(box, load) {
  const words = box.querySelector("[data-plates-change]");
  if (!box.dataset.last || !words) return;
  const by = (load - Number(box.dataset.last)) / 2;
  const word = by > 0.001 ? box.dataset.wordAdd : by < -0.001 ? box.dataset.wordOff : box.dataset.wordSame;
  words.textContent = word.replace("%1", rounded(Math.abs(by)));
}

function redraw(box, typed) {
  // in the unit of the iron, to what its plates can make
  const grid = Number(box.dataset.grid);
  const load = Math.round(Number(typed.replace(",", ".")) * Number(box.dataset.factor) * grid) / grid;
  const plates = platesPerSide(load, Number(box.dataset.bar), JSON.parse(box.dataset.sizes));
  const looks = JSON.parse(box.dataset.looks);
  box.querySelector("[data-plates-drawn]").replaceChildren(...(plates ?? []).flatMap((size, at) => drawn(size, at, looks)));
  const label = plates === null ? box.dataset.wordNone : plates.join(", ") || box.dataset.wordBare;
  box.querySelector("svg").setAttribute("aria-label", label);
  box.classList.toggle("impossible", plates === null);
  change(box, load);
}

export function startPlates(root) {
  root.addEventListener("input", (event) => {
    const box = event.target.matches?.("#set-form [name=weight]") && root.querySelector("[data-plates]");
    if (box) redraw(box, event.target.value);
  });
}
