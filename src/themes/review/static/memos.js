// Memos on codes, in the codebook.

import { deliver, newId, say } from "/static/link.js";

for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", async () => {
    const text = button.closest("details").querySelector("textarea");
    const { about, id, replaces } = text.dataset;
    const answer = await deliver("/memo", {
      request_id: newId(),
      about,
      about_id: id,
      text: text.value,
      replaces: replaces ? Number(replaces) : null,
    });
    if (!answer) return;
    say(answer.said || "");
    if (answer.status === 200) text.dataset.replaces = answer.id;
  });
}
