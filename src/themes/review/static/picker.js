// The searchable list of codes: a dialog that gives a code id, or null when it is closed.

const dialog = document.getElementById("picker");
const search = document.getElementById("picker-search");
const options = [...document.querySelectorAll("#picker-list li")];
let shown = options;
let at = 0;
let settle = null;

export function pick(recent) {
  for (const option of options) {
    const place = recent.indexOf(option.dataset.code);
    option.querySelector(".digit").textContent = place >= 0 ? String(place + 1) : "";
  }
  dialog.recent = recent;
  search.value = "";
  narrow();
  dialog.showModal();
  search.focus();
  return new Promise((resolve) => { settle = resolve; });
}

function narrow() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = options.filter((option) => wanted.every((word) => option.dataset.find.includes(word)));
  for (const option of options) option.hidden = !shown.includes(option);
  move(0);
}

function move(to) {
  at = Math.max(0, Math.min(to, shown.length - 1));
  for (const option of options) option.setAttribute("aria-selected", String(option === shown[at]));
  if (shown[at]) {
    search.setAttribute("aria-activedescendant", shown[at].id);
    shown[at].scrollIntoView({ block: "nearest" });
  } else {
    search.removeAttribute("aria-activedescendant");
  }
}

function choose(code) {
  const give = settle;
  settle = null;
  dialog.close();
  if (give) give(code);
}

search.addEventListener("input", narrow);
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") move(at + 1);
  else if (event.key === "ArrowUp") move(at - 1);
  else if (event.key === "Enter" && shown[at]) choose(shown[at].dataset.code);
  else if (/^[1-9]$/.test(event.key) && !search.value && dialog.recent[event.key - 1]) choose(dialog.recent[event.key - 1]);
  else return;
  event.preventDefault();
});
document.getElementById("picker-list").addEventListener("click", (event) => {
  const option = event.target.closest("li");
  if (option) choose(option.dataset.code);
});
dialog.addEventListener("close", () => { if (settle) choose(null); });
