// The card: what a key or a button does. The server draws every card; this only asks for the next.

import { ask, deliver, isBusy, newId, say, sendWaiting, words } from "/static/link.js";
import * as marking from "/static/marking.js";
import { pick } from "/static/picker.js";

const keys = JSON.parse(document.body.dataset.keys);
const shortcuts = document.body.dataset.shortcuts === "1";
const actionOf = Object.fromEntries(Object.entries(keys).map(([action, key]) => [key, action]));
const place = document.getElementById("card");
let drawnAt = performance.now();

const article = () => place.querySelector("article");
const lines = () => [...place.querySelectorAll(".line")];
const activeLine = () => place.querySelector(".line.active");

function draw(html, { moved = false } = {}) {
  if (!html) return;
  place.innerHTML = html;
  drawnAt = performance.now();
  if (document.getElementById("marking")) marking.clear();
  const { assignment } = article().dataset;
  history.replaceState(null, "", moved ? `/turn/${assignment}` : "/");
  article().focus({ preventScroll: true });
  article().scrollIntoView({ block: "nearest" });
}

async function act(what, { code = "", instead = "" } = {}) {
  const { assignment, seen } = article().dataset;
  const answer = await deliver("/act", {
    request_id: newId(),
    assignment_id: Number(assignment),
    act: what,
    code_id: code,
    instead_of: instead,
    span: document.getElementById("marking") ? marking.span() : null,
    seconds: Math.round(performance.now() - drawnAt) / 1000,
    seen,
  });
  if (!answer) return;
  say(answer.said || "");
  draw(answer.card);
}

async function show(query, moved) {
  if (isBusy()) return;
  try {
    const answer = await ask(`/card/${article().dataset.assignment}?${query}`);
    if (answer.said) say(answer.said);
    draw(answer.card, { moved });
  } catch {
    say(words.waiting);
  }
}

function activate(line) {
  for (const other of lines()) {
    other.classList.toggle("active", other === line);
    if (other === line) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  for (const mark of place.querySelectorAll("mark")) {
    mark.classList.toggle("active", mark.dataset.lines.split(" ").includes(line.dataset.number));
  }
  line.scrollIntoView({ block: "nearest" });
  say(line.querySelector("strong").textContent);
}

function step(by) {
  const all = lines();
  if (!all.length) return;
  const at = all.indexOf(activeLine());
  activate(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
}

async function choose(line) {
  const code = await pick(article().dataset.recent.split(" ").filter(Boolean));
  article().focus({ preventScroll: true });
  if (!code) return;
  const open = line && line.dataset.state === "open" && line.dataset.code !== code;
  await (open ? act("modify", { code, instead: line.dataset.code }) : act("add", { code }));
}

async function compare(line) {
  const box = line.querySelector(".evidence");
  if (box.hidden) {
    const answer = await ask(`/evidence/${article().dataset.assignment}/${encodeURIComponent(line.dataset.code)}`);
    box.innerHTML = answer.text;
  }
  box.hidden = !box.hidden;
}

const ACTIONS = {
  accept(line) {
    if (!line) return say(words.no_line);
    const known = line.dataset.suggested === "1" || line.dataset.again === "1";
    return act(known ? "accept" : "add", { code: line.dataset.code });
  },
  reject: (line) => (line ? act("reject", { code: line.dataset.code }) : say(words.no_line)),
  modify: (line) => choose(line),
  none: () => act("none"),
  unsure: (line) => act("unsure", { code: line && line.dataset.state === "open" ? line.dataset.code : "" }),
  skip: () => act("skip"),
  undo: () => act("undo"),
  evidence: (line) => (line ? compare(line) : say(words.no_line)),
  definition(line) {
    if (!line) return say(words.no_line);
    const box = line.querySelector(".definition");
    box.hidden = !box.hidden;
    if (!box.hidden) say(box.textContent.replace(/\s+/g, " "));
  },
  context: () => show(`far=${article().dataset.far === "1" ? "false" : "true"}`, true),
  mark: () => marking.begin(),
  memo: () => writeMemo(),
  next: () => show("move=1", true),
  previous: () => show("move=-1", true),
  down: () => step(1),
  up: () => step(-1),
  find: () => location.assign("/find"),
  help: () => document.getElementById("help").showModal(),
};

const needsTurn = new Set(["mark", "memo", "context", "next", "previous", "none", "unsure", "skip", "modify"]);

function perform(action, line) {
  if (needsTurn.has(action) && article().dataset.assignment === "0") return;
  ACTIONS[action](line);
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
  const button = event.target.closest("[data-act]");
  if (button) perform(button.dataset.act, button.closest(".line") || activeLine());
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  if (marking.isMarking()) {
    if (marking.key(event)) {
      event.preventDefault();
      if (marking.quote()) say(`${words.marked} ${marking.quote()}`);
      return;
    }
  }
  if (!shortcuts || event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape" && marking.span()) {
    marking.clear();
    say(words.dropped);
    return;
  }
  const action = actionOf[event.key] || actionOf[event.key.length === 1 ? event.key.toLowerCase() : ""];
  if (!action) return;
  event.preventDefault();
  perform(action, activeLine());
});

document.addEventListener("pointerup", () => {
  if (document.getElementById("speech") && marking.takeSelection()) say(`${words.marked} ${marking.quote()}`);
});

// Memos

const memo = document.getElementById("memo");
const memoText = document.getElementById("memo-text");
let replaces = null;

function about() {
  const kind = memo.querySelector("input[name=about]:checked").value;
  const { segment, transcript } = article().dataset;
  return [kind, { segment, transcript, code: memo.dataset.code }[kind]];
}

async function loadMemo() {
  const [kind, id] = about();
  const answer = await ask(`/memos/${kind}/${encodeURIComponent(id)}`);
  memoText.value = answer.text || "";
  replaces = answer.replaces ?? null;
}

async function writeMemo() {
  const line = activeLine();
  const choice = document.getElementById("memo-code-choice");
  choice.hidden = !line;
  if (line) {
    memo.dataset.code = line.dataset.code;
    choice.querySelector("span").textContent = line.querySelector("strong").textContent;
  }
  memo.querySelector("input[value=segment]").checked = true;
  memoText.value = "";
  memo.showModal();
  memoText.focus();
  await loadMemo();
}

async function saveMemo() {
  const [kind, id] = about();
  const answer = await deliver("/memo", { request_id: newId(), about: kind, about_id: id, text: memoText.value, replaces });
  if (!answer) return;
  say(answer.said || "");
  memo.close();
  article().focus({ preventScroll: true });
}

memo.addEventListener("change", (event) => { if (event.target.name === "about") loadMemo(); });
memo.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) saveMemo(); });
document.getElementById("memo-save").addEventListener("click", saveMemo);

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => article().focus({ preventScroll: true }));
}

article().focus({ preventScroll: true });
sendWaiting().then((sent) => { if (sent) location.reload(); });
