/** Searches the pages by their words. The index is loaded when somebody first types. */
const { src } = document.currentScript;
const contents = document.querySelector(".contents");
const [input, list] = contents.querySelectorAll(".search > *");
const limit = 20;
let index;

contents.querySelector(".search").hidden = false;
input.addEventListener("input", () => (index === undefined ? load() : show()));
contents.addEventListener("keydown", move);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target !== input) {
    event.preventDefault();
    input.focus();
  }
});

function load() {
  index = [];
  const script = document.createElement("script");
  script.src = new URL("search-index.js", src).href;
  script.addEventListener("load", () => {
    index = globalThis.searchIndex;
    show();
  });
  document.head.append(script);
}

function show() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  contents.classList.toggle("searching", words.length > 0);
  const found = words.length === 0 ? [] : find(words);
  list.replaceChildren(...found.slice(0, limit).map(item));
  if (words.length > 0 && found.length === 0) {
    list.append(Object.assign(document.createElement("li"), { textContent: "Nothing found." }));
  }
}

/** The sections that have all words, best first: in the heading, in the page's title, in the text. */
function find(words) {
  const isIn = (text) => words.every((word) => text.toLowerCase().includes(word));
  const rank = ({ page, heading, text }) =>
    [heading, `${page} ${heading}`, `${page} ${heading} ${text}`].findIndex(isIn);
  return index
    .map((section) => ({ section, rank: rank(section) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ section }) => section);
}

function item({ address, page, heading }) {
  const link = document.createElement("a");
  link.href = new URL(address, src).href;
  link.textContent = heading;
  if (page !== heading) {
    link.append(Object.assign(document.createElement("small"), { textContent: page }));
  }
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

/** Arrows walk through what was found, and Escape gives the contents back. */
function move(event) {
  const stops = [input, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  if (event.key === "Escape") {
    input.value = "";
    show();
    input.focus();
  } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    stops[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
}
