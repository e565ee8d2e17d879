// The mark in the page: who acts as whom, what they can do, and for how long. It runs
// in a world of its own, where the app's scripts do not meet it. Go calls the functions
// of `understudy`, and the mark answers by `understudyTell`.
(() => {
  "use strict";
  const tell = (say, more) => understudyTell(JSON.stringify({ say, host: location.host, ...more }));
  if (globalThis.understudy) return tell("ready"); // a document that is shown again

  const flashFor = 6_000; // milliseconds, as all times
  const actsFor = 3_000; // a refusal that late is not the person's doing
  const lastMinute = 60_000;
  const margin = 32; // pixels from where the pill snaps to an edge

  let now = null; // what Go said last
  let isReady = false;
  let host, root, ui;

  let place = { x: 0, y: 1 }; // share of the free room, so that the pill always stays inside
  let isOpen = false;
  let flash = null;
  let socket = "";

  const words = {
    view_only: { tag: "View only", heard: () => "View only: changes are held back." },
    allow_changes: { tag: "Changes are sent", heard: (user) => `Anything you change as ${user} is real.` },
  };

  const clock = (ms) => {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    const two = (n) => String(n).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
  };

  const leftBefore = new Map();
  // showTime shows what is left until a moment, and says when it is a minute.
  const showTime = (parts, at, heard) => {
    const left = at - Date.now();
    for (const part of parts) {
      part.textContent = clock(left);
      part.classList.toggle("last", left <= lastMinute);
    }
    if (leftBefore.get(heard) > lastMinute && left <= lastMinute && left > 0) hear(heard);
    leftBefore.set(heard, left);
  };

  const render = () => {
    if (!ui) return;
    const { mode, user, operator, mayAsk, endsAt, heldBack } = now;
    const isViewOnly = mode === "view_only";
    const changesUntil = isViewOnly ? 0 : now.changesUntil;
    const texts = {
      barMode: words[mode].tag, panelMode: words[mode].tag, barUser: user, panelUser: user, operator, heldBack,
      endsAt: `ends at ${new Date(endsAt).toTimeString().slice(0, 5)}`, socketHost: socket,
      flashTitle: flash?.title, flashCount: `${heldBack} held back`,
      flashWhat: flash && flash.what + (flash.others ? ` and ${flash.others} more` : ""),
    };
    const shown = {
      left: endsAt, leftRow: endsAt, barChanges: changesUntil, changesRow: changesUntil,
      barView: !isViewOnly, panelView: !isViewOnly, ask: isViewOnly && mayAsk, forbidden: isViewOnly && !mayAsk,
      flash, flashAsks: mayAsk && !flash?.never, socket, socketAsk: mayAsk,
      panel: isOpen, bar: !isOpen && (!flash || flash.keepsBar),
    };
    for (const name in texts) ui[name].textContent = texts[name];
    for (const name in shown) ui[name].hidden = !shown[name];
    ui.all.dataset.mode = mode;
    ui.more.setAttribute("aria-label", `${words[mode].tag} as ${user}. Open`);
    showTime([ui.left, ui.panelLeft], endsAt, "Session: 1 minute left.");
    showTime([ui.changes, ui.panelChanges], changesUntil, "Changes: 1 minute left.");
    Object.assign(ui.pill.style, {
      left: `${place.x * 100}%`, top: `${place.y * 100}%`, translate: `${-place.x * 100}% ${-place.y * 100}%`,
    });
    ui.all.style.zoom = 1 / ((now.zoom || 1) * (host.currentCSSZoom || 1));
  };

  // hear has a screen reader say a text, once it listens to this place.
  const hear = (text, then) => {
    if (ui) ui.heard.textContent = "";
    setTimeout(() => {
      ui.heard.textContent = text;
      then?.();
    }, 1000);
  };

  let announced = "";
  // announce says who acts and how: once in each tab, and again when the mode changes.
  const announce = () => {
    const { mode, user, operator } = now;
    if (now.announced === mode || announced === mode) return;
    announced = mode;
    const who = now.announced ? "" : `${operator} is signed in as ${user}. `;
    hear(who + words[mode].heard(user), () => tell("announced", { mode }));
  };

  const isOnTop = () => {
    const { x, y, width, height } = ui.pill.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === host;
  };

  // settle puts the mark above all else. A modal dialog, or what fills the screen, makes
  // all outside of it dead to the pointer, so that the mark goes into it if it shows there.
  const settle = () => {
    if (!now || !isReady || !document.documentElement) return;
    if (!host?.isConnected) build();
    for (const { name } of [...host.attributes]) if (name !== "popover") host.removeAttribute(name);
    host.popover = "manual";
    const dialogs = [...document.querySelectorAll("dialog:modal")].reverse();
    for (const parent of [...dialogs, document.fullscreenElement, document.documentElement]) {
      if (!parent) continue;
      if (host.parentNode !== parent) parent.append(host);
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
      render();
      if (isOnTop()) break;
    }
    announce();
  };

  const tick = () => {
    if (!ui || document.hidden) return;
    const isUsed = ui.pill.matches(":hover") || root.activeElement;
    if (flash && !isUsed && Date.now() >= flash.until) flash = null;
    render();
    if (!isOnTop()) settle();
  };

  // An app that takes the mark out each time would never come to rest: once in a frame
  // is often enough to put it back.
  const changed = new MutationObserver(() => {
    if (!host.isConnected || host.attributes.length !== 1) requestAnimationFrame(settle);
  });

  // free is the room that the pill can move in, in pixels.
  const free = () => {
    const [room, pill] = [ui.room, ui.pill].map((part) => part.getBoundingClientRect());
    return { left: room.left, top: room.top, x: Math.max(1, room.width - pill.width), y: Math.max(1, room.height - pill.height) };
  };

  // move takes pixels from the upper left corner of that room.
  const move = (room, x, y) => {
    const share = (n, length) => (n < margin ? 0 : length - n < margin ? 1 : Math.round((n / length) * 1000) / 1000);
    place = { x: share(x, room.x), y: share(y, room.y) };
    render();
  };

  let drag = null;
  const pressed = (down) => {
    drag?.stop.abort();
    drag = null;
    if (!down.isTrusted || down.button !== 0) return;
    const one = { stop: new AbortController(), isMoved: false };
    const [room, pill] = [free(), ui.pill.getBoundingClientRect()];
    const on = (kind, listen) => window.addEventListener(kind, listen, { capture: true, signal: one.stop.signal });
    on("pointermove", (e) => {
      const [x, y] = [e.clientX - down.clientX, e.clientY - down.clientY];
      if (!one.isMoved && Math.hypot(x, y) < 4) return;
      one.isMoved = true;
      ui.pill.setPointerCapture(e.pointerId); // not before, or no button would get its click
      move(room, pill.left + x - room.left, pill.top + y - room.top);
    });
    const end = () => {
      one.stop.abort();
      if (one.isMoved) tell("place", { place });
    };
    on("pointerup", end);
    on("pointercancel", end);
    drag = one;
  };

  let focusBefore = null;
  const close = () => {
    isOpen = false;
    flash = null;
    render();
    if (focusBefore?.isConnected) focusBefore.focus({ preventScroll: true });
    else root.activeElement?.blur();
  };

  const open = (focusVisible) => {
    isOpen = true;
    tell("ready"); // what other tabs held back counts as well
    render();
    ui.less.focus({ preventScroll: true, focusVisible });
  };

  const clicked = (e) => {
    const isMouse = e.detail > 0;
    if (!e.isTrusted || (isMouse && drag?.isMoved)) return;
    const button = e.target.closest("button");
    const say = button?.dataset.say;
    if (say === "path") tell(say, { method: flash.method, url: flash.url });
    else if (say === "connection") tell(say, { host: socket });
    else if (say) tell(say);
    else if (button === ui.less) close();
    else if (ui.bar.contains(e.target)) open(!isMouse);
    else if (button === ui.socketClose) socket = "";
    render();
  };

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keyed = (e) => {
    const step = steps[e.key];
    if (!e.isTrusted || !(e.key === "Escape" || (e.altKey && step))) return;
    e.preventDefault();
    if (!step) return close();
    const room = free();
    move(room, place.x * room.x + step[0] * (margin + 8), place.y * room.y + step[1] * (margin + 8));
    tell("place", { place });
  };

  let actedAt = Number.NEGATIVE_INFINITY;
  const acted = (e) => {
    if (e.isTrusted && e.target !== host) actedAt = performance.now();
  };
  // A click in a frame is not told here, but the frame then has the focus.
  const isPersons = () => performance.now() - actedAt < actsFor
    || (document.activeElement?.tagName === "IFRAME" && navigator.userActivation.isActive);

  let ratio = devicePixelRatio;
  const resized = () => {
    if (ratio === devicePixelRatio) return;
    ratio = devicePixelRatio;
    tell("zoom");
  };

  const outside = {
    pointerdown: acted,
    keydown: acted,
    toggle: (e) => (e.target !== host || e.newState === "closed") && settle(),
    fullscreenchange: settle,
    visibilitychange: () => document.hidden || tell("ready"),
    resize: resized,
  };
  const inside = {
    click: clicked,
    keydown: keyed,
    pointerdown: pressed,
    focusin: (e) => root.contains(e.relatedTarget) || (focusBefore = e.relatedTarget),
  };

  // build makes the parts, also anew: document.open takes all listeners off the old ones.
  const build = () => {
    ({ host, root, ui } = understudyParts(understudyStyle));
    for (const kind in inside) ui.pill.addEventListener(kind, inside[kind]);
    for (const kind in outside) window.addEventListener(kind, outside[kind], true);
    // The app closes its menus at presses elsewhere, and has keys of its own.
    for (const kind of ["click", "pointerdown", "mousedown", "pointerup", "mouseup", "keydown", "keyup", "focusin"]) {
      root.addEventListener(kind, (e) => e.stopPropagation());
    }
    changed.observe(document, { childList: true, subtree: true });
    changed.observe(host, { attributes: true });
  };

  const pulse = () => {
    if (!ui || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const glow = (alpha) => ({ boxShadow: `inset 0 0 0 5px rgb(82 78 224 / ${alpha})` });
    ui.edge.animate([glow(0.25), glow(0.25), glow(0)], 1_200);
  };

  globalThis.understudy = {
    show(said) {
      if (now && now.mode !== said.mode) [flash, socket] = [null, ""];
      now = said;
      place = said.place ?? place;
      if (!ui) return settle();
      render();
      announce();
    },
    notSent(refusal) {
      now.heldBack = refusal.count;
      if (refusal.left || isPersons()) {
        const title = refusal.never ? "Never sent: the user's own account" : "Not sent: view only";
        if (!flash) hear(`${title}. ${refusal.what}`);
        flash = {
          ...refusal, title, others: flash ? flash.others + 1 : 0, until: Date.now() + flashFor,
          keepsBar: Boolean(root?.activeElement), // else the focus would go with it
        };
        pulse();
      }
      render();
    },
    socket(said) {
      socket = said.host;
      render();
    },
  };

  const begin = () => {
    isReady = true;
    settle();
    setInterval(tick, 1_000);
  };
  // Frameworks that take over a whole document stumble over what is new in it, so that the
  // mark comes after them.
  const soon = () => requestIdleCallback(begin, { timeout: 1_000 });
  if (document.readyState === "loading") window.addEventListener("DOMContentLoaded", soon, { once: true });
  else soon();
  tell("ready");
  tell("zoom");
})();
