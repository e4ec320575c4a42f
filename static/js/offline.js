// Brings the service worker in and tells it whose pages these are and which files they need.
const PLACEHOLDER = "00000000-0000-4000-8000-000000000000"; // logging_app/views/ready.py
const OWN = /^\/static\//;

const files = () => [
  ...new Set(
    performance
      .getEntriesByType("resource")
      .map((one) => new URL(one.name))
      .filter((url) => url.origin === window.location.origin && OWN.test(url.pathname))
      .map((url) => url.pathname),
  ),
];

/** Whether the running workout is another than when its pages were fetched last. */
function workoutChanged() {
  const live = document.querySelector("[data-training]");
  if (!live) return false;
  const state = `${live.dataset.workout} ${live.dataset.version}`;
  if (sessionStorage.getItem("prepared") === state) return false;
  sessionStorage.setItem("prepared", state);
  return true;
}

async function tell() {
  const box = document.getElementById("outbox");
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({
    user: box?.dataset.user ?? "",
    files: files(),
    list: box?.dataset.pages ?? "",
    changed: navigator.onLine && workoutChanged(),
  });
}

/** The page of a workout that begins without signal: the one that was prepared for its session, under its own id. */
export async function pageFor(workout, session) {
  const pages = await caches.open("pages");
  const prefix = `/log/ready/${session}/`;
  for (const request of await pages.keys()) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(prefix)) continue;
    const text = await (await pages.match(request)).text();
    const own = new Response(text.replaceAll(PLACEHOLDER, workout), { headers: { "Content-Type": "text/html; charset=utf-8" } });
    await pages.put(new URL(`/log/${workout}/${url.pathname.slice(prefix.length)}${url.search}`, url).href, own);
  }
}

export function startOffline() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.register("/sw.js").then(tell, () => undefined); // a browser that forbids it works online
}
