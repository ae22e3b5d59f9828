// Keys for review, and words that are selected in the article. Without script the same buttons, links and forms work.

const OFF = "byline.keys.off";
const help = document.getElementById("help");

let off = null; // for a browser that stores nothing

function areOff() {
  try {
    return off ?? Boolean(localStorage.getItem(OFF));
  } catch {
    return false;
  }
}

function turnOff(yes) {
  off = yes;
  try {
    if (yes) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  } catch {
    // it holds for this page
  }
}

/** Do what a key stands for: press a button, follow a link, open a form and go to its first field. */
function press(target) {
  if (target.matches("summary")) {
    target.parentElement.open = true;
    (target.parentElement.querySelector("input:not([type=hidden]), textarea, select") ?? target).focus();
  } else if (target.matches("input")) target.focus();
  else target.click();
}

function isWriting(element) {
  return element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !help?.open) leave();
  if (event.key === "Enter" && event.target.matches(".why input")) event.target.blur(); // now a key decides
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (areOff() || help?.open || isWriting(event.target)) return;
  const target = document.querySelector(`[aria-keyshortcuts~="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (event.key === "d") take();
  press(target);
});

/** Close the form that has the focus, and go back to the line that opens it. */
function leave() {
  const form = document.activeElement?.closest("details.panel");
  if (form) {
    form.open = false;
    form.querySelector("summary").focus();
  } else document.activeElement?.blur();
}

// Words of the article: a selection in a paragraph, without the marks' labels, with its offset in code points.

let selected = null;

function textOf(range) {
  const part = range.cloneContents();
  part.querySelectorAll(".ref").forEach((label) => label.remove());
  return part.textContent;
}

function read() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const first = range.startContainer;
  const start = (first instanceof Element ? first : first.parentElement)?.closest("[data-article] [data-start]");
  if (!start) return;
  const before = document.createRange();
  before.setStart(start, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = textOf(range);
  const skipped = [...words].length - [...words.trimStart()].length;
  if (words.trim()) selected = { words: words.trim(), at: Number(start.dataset.start) + [...textOf(before)].length + skipped };
}

/** Put the selected words into the form for an event that was missed. */
function take() {
  const form = document.querySelector("#add form");
  read(); // a key can come before the event that tells of the selection
  if (!form || !selected) return;
  form.elements.words.value = selected.words;
  form.elements.at.value = selected.at;
}

document.addEventListener("selectionchange", read);
document.getElementById("add")?.addEventListener("toggle", (event) => {
  if (event.target.open && !event.target.querySelector("[name=words]").value) take();
});
for (const button of document.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.take);
    if (selected) field.value = [field.value.trimEnd(), selected.words].filter(Boolean).join("\n");
    field.focus();
  });
}

// The list of keys, which can be turned off: single keys are in the way of who dictates.

for (const button of document.querySelectorAll("[data-open]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
}
const keys = document.querySelector("[data-keys]");
if (keys) {
  keys.checked = !areOff();
  keys.addEventListener("change", () => turnOff(!keys.checked));
}
