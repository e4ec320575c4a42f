// What was typed into the form of the next set but not logged yet outlives a page that is loaded anew.
const KEY = "typed";
const FRESH_MS = 60_000;

const changed = new Set();

const setForm = () => document.getElementById("set-form");
const exerciseOf = (form) => form.elements.exercise.value || form.elements.movement.value;

function write(form, [name, value]) {
  const inputs = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((one) => one.type !== "hidden");
  for (const input of inputs) {
    if (["radio", "checkbox"].includes(input.type)) input.checked = input.value === value;
    else input.value = value;
  }
  const told = inputs.find((one) => one.checked) ?? inputs[0];
  told?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Keep it for the page that comes now. */
export function keepTyped() {
  const form = setForm();
  if (!form || !changed.size) return;
  const fields = [...new FormData(form)].filter(([name]) => changed.has(name));
  const focus = form.contains(document.activeElement) ? document.activeElement.id : "";
  carry({ workout: form.dataset.workout, exercise: exerciseOf(form), fields, focus });
}

/** Bring these numbers into the form of that exercise on the page that comes next. */
export function carry(typed) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...typed, at: Date.now() }));
}

export const forgetTyped = () => changed.clear();

export function startTyped(root) {
  root.addEventListener("input", (event) => {
    if (event.target.form?.id === "set-form" && event.target.name) changed.add(event.target.name);
  });
  const typed = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const form = setForm();
  if (!typed || !form || Date.now() - typed.at > FRESH_MS) return;
  if (typed.workout !== form.dataset.workout || typed.exercise !== exerciseOf(form)) return;
  for (const field of typed.fields) write(form, field);
  if (typed.replaces) form.dataset.replaces = typed.replaces;
  if (typed.focus) document.getElementById(typed.focus)?.focus({ preventScroll: true });
}
