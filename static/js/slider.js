// The filled part of a range field and the number beside it.

function paint(input) {
  const span = Number(input.max) - Number(input.min) || 1;
  input.style.setProperty("--v", `${((Number(input.value) - Number(input.min)) / span) * 100}%`);
  const output = input.closest(".slider")?.querySelector("[data-slider-value]");
  if (output) output.value = input.value === "0" && input.dataset.zero ? input.dataset.zero : input.value;
}

export function startSliders(root) {
  const all = (part) => part.querySelectorAll?.("input[data-slider]").forEach(paint);
  root.addEventListener("input", (event) => {
    if (event.target.matches?.("input[data-slider]")) paint(event.target);
  });
  all(root);
  root.addEventListener("htmx:load", (event) => all(event.target));
}
