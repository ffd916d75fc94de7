// Talking to the server so that nothing is lost: one request at a time, kept in this browser until
// it is answered, sent again after a lost connection under the same id, and so never doubled.

const { csrf, coder } = document.body.dataset;
export const words = JSON.parse(document.body.dataset.words);
const PREFIX = `themes-pending-${coder}-`;
const PLACE = PREFIX + newId();
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
let busy = false;

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function say(text) {
  const box = document.getElementById("said");
  box.textContent = "";
  // A change after an empty moment is read out even where the words are the same as before.
  requestAnimationFrame(() => { box.textContent = text; });
}

export async function ask(path, data) {
  const response = await fetch(path, {
    method: data === undefined ? "GET" : "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: data === undefined ? undefined : JSON.stringify(data),
    signal: AbortSignal.timeout(20000),
  });
  const kind = response.headers.get("content-type") || "";
  const answer = kind.includes("json") ? await response.json() : { text: await response.text() };
  return { status: response.status, ...answer };
}

export function isBusy() { return busy; }

// The answer to a request that changes something; waits as long as it takes.
export async function deliver(path, data) {
  if (busy) {
    say(words.busy);
    return null;
  }
  busy = true;
  keep(PLACE, { path, data });
  try {
    return await insist(path, data);
  } finally {
    busy = false;
    forget(PLACE);
  }
}

async function insist(path, data) {
  let waited = false;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    let answer = null;
    try {
      answer = await ask(path, data);
    } catch {
      answer = null;
    }
    if (answer && answer.status < 500 && ![401, 429].includes(answer.status)) {
      warn("");
      if (waited) say(words.back);
      return answer;
    }
    waited = true;
    warn(answer && answer.said ? `${answer.said} ${words.waiting}` : words.waiting);
    await pause(wait);
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}

function warn(text) {
  const box = document.getElementById("offline");
  if (!box) return;
  box.textContent = text;
  box.hidden = !text;
}

// Storage can be closed to us; then a reload while offline loses what waits, as any page would.
function keep(place, value) { try { localStorage.setItem(place, JSON.stringify(value)); } catch { /* see above */ } }
function forget(place) { try { localStorage.removeItem(place); } catch { /* see above */ } }

function waiting() {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(PREFIX) && place !== PLACE);
  } catch {
    return [];
  }
}

// What an earlier page could not send. Another tab's request that is on its way is sent twice, and
// counted once.
export async function sendWaiting() {
  let sent = 0;
  for (const place of waiting()) {
    const { path, data } = JSON.parse(localStorage.getItem(place) || "{}");
    if (!path) {
      forget(place);
      continue;
    }
    busy = true;
    const answer = await insist(path, data);
    busy = false;
    forget(place);
    sent += 1;
    if (answer.status >= 400) say(`${words.lost} ${answer.said}`);
  }
  return sent;
}
