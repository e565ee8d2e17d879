// The parts of the mark, in the closed root of an element that the page gets. Those that
// change are returned by name.
globalThis.understudyParts ??= (style) => {
  "use strict";
  const ui = {};

  // Icons of Lucide, as in Understudy's window.
  const icons = {
    view_only: "M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    allow_changes: "M21.17 6.81a1 1 0 0 0-3.98-3.98L3.84 16.17a2 2 0 0 0-.5.83l-1.32 4.35a.5.5 0 0 0 .62.62l4.35-1.32a2 2 0 0 0 .83-.5zm-6.17-1.81 4 4",
    hand: "M18 11V6a2 2 0 0 0-4 0M14 10V4a2 2 0 0 0-4 0v2M10 10.5V6a2 2 0 0 0-4 0v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15",
    mask: "M18 11c-1.5 0-2.5.5-3 2M4 6a2 2 0 0 0-2 2v4a5 5 0 0 0 5 5 8 8 0 0 1 5 2 8 8 0 0 1 5-2 5 5 0 0 0 5-5V8a2 2 0 0 0-2-2h-3a8 8 0 0 0-5 2 8 8 0 0 0-5-2zM6 11c1.5 0 2.5.5 3 2",
    plug: "M12 22v-5M15 8V2M17 8a1 1 0 0 1 1 1v4a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4V9a1 1 0 0 1 1-1zM9 8V2",
    lock: "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M7 11V7a5 5 0 0 1 10 0v4",
    grip: "M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01",
    up: "m18 15-6-6-6 6",
    down: "m6 9 6 6 6-6",
  };

  // el makes an element without parsing text, which the page's policy could forbid.
  const el = (tag, set, ...children) => {
    const made = document.createElementNS(`http://www.w3.org/${tag === "svg" || tag === "path" ? "2000/svg" : "1999/xhtml"}`, tag);
    for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const named = (name, made) => (ui[name] = made);
  const icon = (name, set) => el("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", ...set }, el("path", { d: icons[name] }));
  const grip = () => icon("grip", { class: "grip" });
  const span = (look, ...children) => el("span", { class: look }, ...children);
  const line = (...children) => el("div", { class: "line" }, ...children);
  const row = (title, ...children) => el("div", {}, span("soft", title), ...children);
  const button = (say, look, ...children) => el("button", { type: "button", "data-say": say, class: look }, ...children);
  const text = (name, tag = "span", look = "") => named(name, el(tag, { class: look }));
  const time = (name) => named(name, el("span", { class: "time", role: "timer" }));
  const mode = (name) => span("tag", icon("view_only", { class: "view-only" }), icon("allow_changes", { class: "allow-changes" }), text(name));

  named("flash", el("section", { class: "block" }, grip(),
    line(span("tag held", icon("hand"), text("flashTitle")), text("flashCount", "span", "soft")),
    text("flashWhat", "code"),
    named("flashAsks", line(button("changes", "main", "Allow changes…"), button("path", "", "Allow this path…")))));

  named("socket", el("section", { class: "block" }, grip(),
    line(icon("plug"), el("b", {}, "This app talks over a socket to"), text("socketHost", "code")),
    span("soft", "View only can't judge what a socket sends, so it was blocked. Parts of the page may stay empty."),
    line(named("socketAsk", button("connection", "", "Allow this connection…")), named("socketClose", button("", "bare", "Close")))));

  named("panel", el("section", { class: "panel" },
    el("div", { class: "head" }, icon("mask"), span("", text("operator", "b", "name"), " is signed in as ", text("panelUser", "b", "name"))),
    el("div", { class: "rows" },
      row("Mode", mode("panelMode"), named("ask", button("changes", "", icon("allow_changes"), "Allow changes…")),
        named("panelView", button("view", "", "View only again"))),
      named("forbidden", row("", icon("lock"), "Your organization doesn't allow changes.")),
      named("changesRow", row("Changes", time("panelChanges"), span("soft", "left, then view only"))),
      named("leftRow", row("Time left", time("panelLeft"), text("endsAt", "span", "soft"))),
      row("Held back", text("heldBack", "b"), button("show", "", "Show in Understudy"))),
    el("div", { class: "row" }, grip(), span("soft push", "Drag, or Alt+arrows to move"), button("end", "main", "End"),
      named("less", button("", "bare", icon("down"))))));

  named("bar", el("section", { class: "row" }, grip(), mode("barMode"),
    named("barChanges", span("", time("changes"), span("soft", " left"))),
    named("barView", button("view", "", "View only again")),
    span("as", "as ", text("barUser", "b", "name")), time("left"),
    named("more", button("", "bare", icon("up")))));

  named("pill", el("div", { class: "pill", role: "region", "aria-label": "Understudy" }, ui.flash, ui.socket, ui.panel, ui.bar));
  named("edge", el("div", { class: "edge" }));
  named("room", el("div", { class: "room" }, ui.pill));
  named("heard", el("div", { class: "heard", role: "status" }));
  named("all", el("div", { class: "all" }, ui.edge, ui.room, ui.heard));

  const host = el("div", { popover: "manual" });
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.append(ui.all);
  ui.less.setAttribute("aria-label", "Close");
  ui.less.setAttribute("aria-expanded", "true");
  ui.more.setAttribute("aria-expanded", "false");
  return { host, root, ui };
};
