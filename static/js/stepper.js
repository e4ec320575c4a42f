// + and - beside a number field. One listener for the page, so that fields swapped in later work as well.

const decimals = (text) => (String(text).split(".")[1] ?? "").length;

export function stepped(value, step, direction, min, max) {
  const base = Number.isFinite(min) ? min : 0;
  const from = Number.isFinite(value) ? value : base;
  const places = (from - base) / step;
  // an odd value moves to the next step of the grid first
  const next = base + step * (direction > 0 ? Math.floor(places + 1e-9) + 1 : Math.ceil(places - 1e-9) - 1);
  return Math.min(Number.isFinite(max) ? max : Infinity, Math.max(Number.isFinite(min) ? min : -Infinity, next));
}

// half of the world writes 102,5; a run of 22:30 is 22.5 minutes
const limit = (text) => (text === "" ? NaN : String(text).replace(",", ".").split(":").reduce((sum, part, at) => sum + Number(part) / 60 ** at, 0));

function press(button) {
  const input = button.closest("[data-stepper]").querySelector("input");
  const step = Number(input.step) || 1;
  const next = stepped(limit(input.value), step, Number(button.dataset.step), limit(input.min), limit(input.max));
  input.value = next.toFixed(Math.max(decimals(input.step), decimals(input.min)));
  input.value = String(Number(input.value));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function bound(stepper) {
  const input = stepper.querySelector("input");
  if (!input) return;
  const value = limit(input.value);
  for (const button of stepper.querySelectorAll("[data-step]")) {
    const wall = limit(Number(button.dataset.step) > 0 ? input.max : input.min);
    button.disabled = Number.isFinite(wall) && (Number(button.dataset.step) > 0 ? value >= wall : value <= wall);
  }
}

export function startSteppers(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-stepper] [data-step]");
    if (button) press(button);
  });
  root.addEventListener("input", (event) => {
    const stepper = event.target.closest?.("[data-stepper]");
    if (stepper) bound(stepper);
  });
  const all = (part) => part.querySelectorAll?.("[data-stepper]").forEach(bound);
  all(root);
  root.addEventListener("htmx:load", (event) => all(event.target));
}
