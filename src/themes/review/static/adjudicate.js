// One case: every code in question gets an answer, then the next case.

import { deliver, newId, say, sendWaiting } from "/static/link.js";

const form = document.getElementById("rulings");

function rulings() {
  const found = {};
  for (const box of form.querySelectorAll(".ruling")) {
    const chosen = box.querySelector("input[type=radio]:checked");
    if (!chosen) return null;
    found[box.dataset.code] = {
      present: chosen.value === "1",
      kind: box.querySelector("[name=kind]").value,
      reason: box.querySelector("[name=reason]").value,
    };
  }
  return found;
}

async function save() {
  const found = rulings();
  const missing = document.getElementById("missing");
  missing.hidden = found !== null;
  if (!found) {
    form.querySelector(".ruling:not(:has(input[type=radio]:checked)) input[type=radio]").focus();
    return;
  }
  const card = document.getElementById("case");
  const answer = await deliver("/adjudicate", {
    request_id: newId(),
    segment_id: card.dataset.segment,
    rulings: found,
    seen: card.dataset.seen,
  });
  if (!answer) return;
  say(answer.said || "");
  if (answer.status === 200) location.assign(answer.next);
}

function addCode(select) {
  const option = select.selectedOptions[0];
  if (!option.value) return;
  const template = document.getElementById("new-ruling").content.cloneNode(true);
  const box = template.querySelector(".ruling");
  box.dataset.code = option.value;
  box.querySelector("legend").textContent = option.textContent;
  for (const radio of box.querySelectorAll("input[type=radio]")) radio.name = `present-${option.value}`;
  document.getElementById("added").append(template);
  option.remove();
  box.querySelector("[name=kind]").focus();
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.getElementById("nothing").addEventListener("click", () => {
    for (const radio of form.querySelectorAll("input[type=radio][value='0']")) radio.checked = true;
    save();
  });
  document.getElementById("add-code").addEventListener("change", (event) => addCode(event.target));
  document.getElementById("case").focus({ preventScroll: true });
}
sendWaiting().then((sent) => { if (sent) location.reload(); });
