// The page of a report, swapped in whenever there is a newer one, and what is beside it. Whatever comes from data is set as text.

const at = (id) => document.getElementById(id);
const frame = at("page");
const texts = document.body.dataset;
let version = null;
let shown = null; // the path of the figure whose origin is shown
let newest = 0;

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// An answer of the server, or null where it is gone.
async function ask(path, options = {}) {
  try {
    return await (await fetch(path, options)).json();
  } catch {
    status("lost", texts.lost);
    return null;
  }
}

// The report's page

function inside() {
  return frame.contentDocument;
}

function figures() {
  return [...inside().querySelectorAll("data[data-fact]")];
}

function swap(page) {
  const view = frame.contentWindow;
  const made = new view.DOMParser().parseFromString(page, "text/html"); // the frame's own: by the frame's policy, not by ours
  const [x, y] = [view.scrollX, view.scrollY];
  const focused = inside().activeElement?.dataset?.fact;
  inside().documentElement.lang = made.documentElement.lang;
  inside().head.replaceWith(made.head);
  inside().body.replaceWith(made.body);
  view.scrollTo({ left: x, top: y, behavior: "instant" });
  prepare(focused);
}

// One figure can be reached by Tab, the others from it by the arrow keys.
function prepare(focused) {
  if (!inside()?.body) return;
  mark();
  const all = figures();
  for (const figure of all) figure.tabIndex = -1;
  const first = all.find((figure) => figure.dataset.fact === focused) ?? all[0];
  if (!first) return;
  first.tabIndex = 0;
  if (focused) first.focus({ preventScroll: true });
}

function mark() {
  const style = inside().createElement("style");
  style.textContent =
    "data[data-fact] { cursor: pointer; } data[data-fact]:is(:hover, :focus-visible, .shown) { outline: 2px solid #0b5394; outline-offset: 2px; }";
  inside().head.append(style);
  for (const figure of figures()) figure.classList.toggle("shown", figure.dataset.fact === shown);
}

function listen() {
  inside().addEventListener("click", (event) => {
    const figure = event.target.closest("data[data-fact]");
    const link = event.target.closest("a[href]");
    if (figure) return tell(figure.dataset.fact);
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault(); // the frame shows the report and nothing else
    const url = new URL(link.href);
    if (url.origin === location.origin) location.assign(url);
    else if (/^https?:$/.test(url.protocol)) window.open(url, "_blank", "noopener");
  });
  inside().addEventListener("keydown", (event) => {
    const figure = event.target.closest?.("data[data-fact]");
    if (!figure) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") tell(figure.dataset.fact);
    else if (step) move(figure, step);
    else return;
    event.preventDefault();
  });
}

function move(figure, step) {
  const all = figures();
  const next = all[all.indexOf(figure) + step];
  if (!next) return;
  figure.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function show(path) {
  const figure = figures().find((each) => each.dataset.fact === path);
  if (!figure) return;
  figure.scrollIntoView({ block: "center" });
  tell(path);
}

// Where a figure comes from

async function tell(path) {
  const told = await ask(`origin?path=${encodeURIComponent(path)}`);
  if (!told) return;
  shown = told.error ? null : path;
  for (const figure of figures()) figure.classList.toggle("shown", figure.dataset.fact === shown);
  if (told.error) at("origin").replaceChildren(element("p", told.error.text));
  else {
    const tree = element("ul");
    tree.append(branch(told));
    at("origin").replaceChildren(tree, element("code", told.path));
  }
}

function branch(told) {
  const item = element("li");
  item.append(element("span", `${told.name} = ${told.value} `), element("code", told.origin));
  if (!told.origin) item.lastChild.remove();
  const below = element("ul");
  for (const { name, said } of told.details) below.append(element("li", `${name}: ${said}`));
  for (const each of told.below) below.append(branch(each));
  for (const origin of told.zeros) below.append(element("li", `0  ${origin}`));
  if (below.children.length) item.append(below);
  return item;
}

// What is beside the page

function finding(row) {
  const item = element("li", "", { "data-severity": row.severity });
  const text = element("p");
  text.append(element("b", `${row.word} ${row.code}`), row.text);
  item.append(text);
  if (row.place) item.append(element("code", row.place));
  if (row.mend) item.append(element("p", row.mend, { class: "mend" }));
  if (row.at && figures().some((figure) => figure.dataset.fact === row.at)) {
    const button = element("button", texts.show, { type: "button" });
    button.addEventListener("click", () => show(row.at));
    item.append(button);
  }
  return item;
}

function link({ name, url }) {
  const item = element("li");
  item.append(element("a", name, { href: url, download: "" }));
  return item;
}

function source({ name, when }) {
  const item = element("li");
  item.append(element("b", name), element("span", when));
  return item;
}

function status(kind, text) {
  at("status").dataset.kind = kind;
  at("status").textContent = text;
}

function beside(state) {
  status(state.kind, state.status);
  at("findings").replaceChildren(...state.findings.map(finding));
  at("count").textContent = state.findings.length || "";
  at("notices").replaceChildren(...state.notices.map((notice) => element("li", notice)));
  if (!state.findings.length) at("notices").append(element("li", texts.none));
  at("sources").replaceChildren(...state.sources.map(source));
  at("waiting").hidden = !state.sources.length;
  at("downloads").replaceChildren(...state.downloads.map(link));
}

async function renew() {
  const asked = ++newest;
  const state = await ask("state");
  if (!state || asked !== newest) return; // gone, or a newer one is under way
  if (state.error) return status("broken", state.error.text);
  if (state.page && state.version !== version) swap(state.page);
  version = state.version;
  beside(state);
  if (shown && !state.stale) tell(shown);
}

at("origin").append(element("p", texts.ask));
at("again").addEventListener("click", () => ask("again", { method: "POST" }));
const isLoaded = () => inside()?.readyState === "complete" && inside().URL !== "about:blank";
if (!isLoaded()) await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
listen();
prepare();

const news = new EventSource("news");
news.addEventListener("message", ({ data }) => {
  // The same version again is a sign of life, but for sources that are still being asked.
  if (Number(data) !== version || ["asking", "lost"].includes(at("status").dataset.kind)) renew();
});
news.addEventListener("error", () => status("lost", texts.lost));
