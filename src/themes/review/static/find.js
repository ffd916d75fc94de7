// Search and filters: asked for as one types, without the words ever being in an address.

import { ask, say } from "/static/link.js";

const form = document.getElementById("find");
const place = document.getElementById("found");
let asked = 0;
let timer;

async function look() {
  const turn = ++asked;
  const data = Object.fromEntries(new FormData(form));
  data.low = data.low === "" ? null : Number(data.low);
  const answer = await ask("/find", data);
  // Answers may overtake each other; only the last question counts.
  if (turn !== asked || answer.status !== 200) return;
  place.innerHTML = answer.text;
  say(place.querySelector("[data-said]").textContent);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, 150);
});
form.addEventListener("submit", (event) => event.preventDefault());
if ([...new FormData(form).values()].some(Boolean)) look();
