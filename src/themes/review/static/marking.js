// Marking words of the turn, by mouse or by keyboard. Positions leave here as Unicode code points
// of the transcript, which is what the study counts in; the browser counts UTF-16 units.

let marked = null; // [start, end) in UTF-16 units of the turn
let cursor = null; // keyboard: { words, from, to }

const speech = () => document.getElementById("speech");
const text = () => speech().textContent;

export function span() {
  if (!marked) return null;
  const points = (unit) => [...text().slice(0, unit)].length;
  const start = Number(document.querySelector("#card article").dataset.start);
  return [start + points(marked[0]), start + points(marked[1])];
}

export function quote() { return marked ? text().slice(...marked) : ""; }

export function clear() {
  marked = null;
  cursor = null;
  paint();
}

export function isMarking() { return cursor !== null; }

export function begin() {
  const words = [...text().matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length]);
  if (!words.length) return;
  cursor = { words, from: 0, to: 0 };
  paint();
}

// Whether the key was ours.
export function key(event) {
  const { words } = cursor;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    cursor.to = Math.max(0, Math.min(words.length - 1, cursor.to + step));
    if (!event.shiftKey) cursor.from = cursor.to;
  } else if (event.key === "Enter") {
    const [low, high] = [cursor.from, cursor.to].sort((a, b) => a - b);
    marked = [words[low][0], words[high][1]];
    cursor = null;
  } else if (event.key === "Escape") {
    clear();
  } else {
    return false;
  }
  paint();
  return true;
}

export function takeSelection() {
  const selection = getSelection();
  if (!speech() || selection.isCollapsed || !selection.rangeCount) return false;
  const range = selection.getRangeAt(0);
  if (!speech().contains(range.startContainer) || !speech().contains(range.endContainer)) return false;
  const before = range.cloneRange();
  before.selectNodeContents(speech());
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const chosen = range.toString();
  const lead = chosen.length - chosen.trimStart().length;
  if (!chosen.trim()) return false;
  marked = [start + lead, start + lead + chosen.trim().length];
  cursor = null;
  paint();
  return true;
}

function paint() {
  document.getElementById("marking").hidden = cursor === null;
  if (!("highlights" in CSS)) return;
  const here = cursor ? [cursor.words[Math.min(cursor.from, cursor.to)][0], cursor.words[Math.max(cursor.from, cursor.to)][1]] : marked;
  if (here) CSS.highlights.set("picked", new Highlight(rangeOf(...here)));
  else CSS.highlights.delete("picked");
}

function rangeOf(start, end) {
  const range = new Range();
  const walker = document.createTreeWalker(speech(), NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = passed + node.length;
    if (start >= passed && start <= next) range.setStart(node, start - passed);
    if (end >= passed && end <= next) {
      range.setEnd(node, end - passed);
      break;
    }
    passed = next;
  }
  return range;
}
