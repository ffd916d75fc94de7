// Accepting one code in many turns.

import { deliver, newId, say } from "/static/link.js";

const button = document.getElementById("bulk");
if (button) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await deliver("/bulk", {
      request_id: newId(),
      code_id: button.dataset.code,
      assignment_ids: button.dataset.ids.split(" ").map(Number),
      seen: button.dataset.seen,
    });
    say(answer.said || "");
    if (answer.status === 200) location.assign("/bulk");
    else button.disabled = false;
  });
}
