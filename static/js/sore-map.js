// Soreness on the muscle map: a tap shows that muscle's slider and the slider paints the muscle. Without this the
// map's regions are links to the sliders, which are all in the list.
const STEPS = [7, 4, 1]; // from here on: far, some, a little

export function startSoreMap(root) {
  root.addEventListener("click", (event) => {
    const region = event.target.closest?.("[data-sore-map] [data-muscle]");
    if (region) choose(event, region);
    const list = event.target.closest?.("summary")?.parentElement.querySelector(".sore-pick");
    list?.querySelectorAll(".idle").forEach((one) => one.classList.remove("idle"));
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-sore] input")) paint(event.target);
  });
  root.querySelectorAll("[data-sore] input").forEach(paint);
}

function choose(event, region) {
  const row = document.getElementById(`sore-${region.dataset.muscle}`);
  if (!row) return;
  event.preventDefault();
  const list = row.parentElement;
  list.closest("details").open = true;
  list.querySelectorAll("li").forEach((one) => {
    const told = one === row || Number(one.querySelector("input").value) > 0;
    one.classList.toggle("idle", !told);
  });
  list.prepend(row);
  for (const one of document.querySelectorAll(".mm-r[data-selected]")) one.removeAttribute("data-selected");
  for (const one of regions(region.dataset.muscle)) one.setAttribute("data-selected", "");
  row.querySelector("input").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function paint(input) {
  const value = Number(input.value);
  const level = STEPS.findIndex((from) => value >= from);
  const muscle = input.closest("[data-sore]").dataset.sore;
  for (const one of regions(muscle)) one.dataset.level = level < 0 ? 0 : STEPS.length - level;
}

function regions(muscle) {
  return document.querySelectorAll(`[data-sore-map] [data-muscle="${CSS.escape(muscle)}"]`);
}
