// The coach's words as they come. The page works without this: it then shows the answer once it is there.
const listening = new Map();

export function startCoach(root) {
  listen(root);
  root.addEventListener("htmx:afterSettle", () => listen(root));
  root.addEventListener("keydown", sendByKey);
}

// Enter asks, as the key itself says on a phone; Shift+Enter makes a line.
function sendByKey(event) {
  const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!plain || !event.target.matches("textarea[name=content]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

function listen(root) {
  for (const [turn, source] of listening) {
    if (!turn.isConnected) {
      source.close();
      listening.delete(turn);
    }
  }
  for (const turn of root.querySelectorAll("[data-stream]")) {
    if (!listening.has(turn)) listening.set(turn, open(turn));
  }
}

function open(turn) {
  const words = turn.querySelector(".words");
  const source = new EventSource(turn.dataset.stream);
  let text = "";
  source.addEventListener("token", (event) => {
    text += JSON.parse(event.data).text;
    words.textContent = text;
  });
  source.addEventListener("error", (event) => {
    if (!event.data) return; // the line broke: the browser comes back by itself, with the last id it saw
    const problem = JSON.parse(event.data);
    text = "";
    words.textContent = problem.detail;
  });
  source.addEventListener("done", async () => {
    source.close();
    listening.delete(turn);
    const answer = await fetch(turn.dataset.turn);
    if (!answer.ok || !turn.isConnected) return;
    const whole = document.createRange().createContextualFragment(await answer.text());
    turn.replaceWith(whole);
  });
  return source;
}
