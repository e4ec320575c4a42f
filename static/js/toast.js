// Messages leave by themselves after a while; errors stay until dismissed.

const SHOWN_MS = 6000;
const LEAVING_MS = 250;

function leave(toast) {
  toast.classList.add("leaving");
  setTimeout(() => toast.remove(), LEAVING_MS);
}

function show(toast) {
  if (toast.dataset.shown) return;
  toast.dataset.shown = "true";
  const button = toast.querySelector("[data-dismiss]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => leave(toast));
  }
  if (!toast.classList.contains("bad")) setTimeout(() => leave(toast), SHOWN_MS);
}

export function startToasts(root) {
  const all = () => root.querySelectorAll("[data-toast]").forEach(show);
  all();
  const shelf = root.getElementById("messages");
  if (shelf) new MutationObserver(all).observe(shelf, { childList: true });
}
