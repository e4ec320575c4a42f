// A form is sent once: a second tap while the first is on its way does nothing.
const FORGET_MS = 8000; // an answer that never came: try again

const sent = new WeakMap();

export function startOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; // a script sends it, or it only asks
    if (Date.now() - (sent.get(form) ?? -Infinity) < FORGET_MS) event.preventDefault();
    else sent.set(form, Date.now());
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of root.forms) sent.delete(form); // back again, by the button
  });
}
