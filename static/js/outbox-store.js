// What waits to be sent, in the phone's own database: one row an entry, in the order in which it was tapped.
const NAME = "gainsly";
const STORE = "outbox";

let opened = null;

/** A random UUID, version 4; on a plain http address in the house's own network browsers do not offer one. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "seq", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function on(mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // strict: told as kept only when it is on the disk, because the next thing to happen may be an empty battery
    const transaction = db.transaction(STORE, mode, { durability: "strict" });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Everything that this athlete has waiting, oldest first. */
export async function waiting(user) {
  return (await on("readonly", (store) => store.getAll())).filter((entry) => entry.user === user);
}

/** Keep an entry; answers its place in line. */
export const keep = (entry) => on("readwrite", (store) => store.put(entry));

export const drop = (seq) => on("readwrite", (store) => store.delete(seq));
