// One script for the page, its frames and its workers. It tries to write in every
// way that there is where it runs, under a name that says where and how.
"use strict";
const kind = typeof document !== "undefined" ? "page" : typeof SharedWorkerGlobalScope !== "undefined" ? "shared"
  : typeof ServiceWorkerGlobalScope !== "undefined" ? "service" : "worker";
const where = new URL(location.href).searchParams.get("as") || kind;
const other = "OTHER";
const to = (how) => `${location.protocol === "blob:" ? new URL(location.href.slice(5)).origin : location.origin}/write/${where}/${how}`;
const quietly = async (f) => { try { await f(); } catch { /* the way is barred */ } };
const origin = () => location.protocol === "blob:" ? new URL(location.href.slice(5)).origin : location.origin;
const rest = (ms) => new Promise((f) => setTimeout(f, ms));

async function everywhere() {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    await quietly(() => fetch(to(`fetch-${method}`), { method, body: method === "DELETE" ? undefined : "x" }));
  }
  await quietly(() => fetch(`${other}/write/${where}/cross-fetch`, { method: "POST", body: "x", mode: "no-cors" }));
  await quietly(() => fetch(to("fetch-keepalive"), { method: "POST", body: "x", keepalive: true }));
  await quietly(() => fetch(to("fetch-stream"), { method: "POST", body: new Blob(["a".repeat(100000)]) }));
  if (typeof XMLHttpRequest !== "undefined") {
    await quietly(() => { const x = new XMLHttpRequest(); x.open("POST", to("xhr-sync"), false); x.send("x"); });
    await quietly(() => new Promise((f) => { const x = new XMLHttpRequest(); x.open("PUT", to("xhr-async")); x.onloadend = f; x.send("x"); }));
  }
  await quietly(() => new Promise((f) => {
    const s = new WebSocket(`${origin().replace("http", "ws")}/socket/${where}`);
    s.onopen = s.onerror = s.onclose = f;
    setTimeout(f, 1000);
  }));
  await quietly(() => new WebTransport("https://127.0.0.1:9/"));
  if (typeof EventSource !== "undefined") await quietly(() => new EventSource("/get/events").close());
}

const workerSource = (as) => `/worker.js?as=${as}`;

function frame(src, as) {
  return new Promise((f) => {
    const i = document.createElement("iframe");
    if (as === "srcdoc") i.srcdoc = src; else i.src = src;
    i.onload = () => f(i);
    document.body.append(i);
    setTimeout(() => f(i), 2000);
  });
}

async function inPage() {
  navigator.sendBeacon(to("beacon"), "x");
  navigator.sendBeacon(`${other}/write/${where}/cross-beacon`, "x");
  const form = document.createElement("form");
  form.method = "post";
  document.body.append(form);
  for (const target of ["_blank", "inner"]) {
    form.action = to(`form-${target}`);
    form.target = target;
    if (target === "inner") {
      const i = document.createElement("iframe");
      i.name = "inner";
      document.body.append(i);
    }
    form.submit();
    await rest(300);
  }
  const img = document.createElement("img");
  img.src = "/get/image"; // breaks the policy that only reports
  document.body.append(img);
  if (where !== "page") return;
  document.getElementById("ping").click();
  if (typeof fetchLater === "function") await quietly(() => fetchLater(to("fetch-later"), { method: "POST", body: "x", activateAfter: 100 }));
  const child = document.createElement("iframe");
  document.body.append(child); // about:blank, synchronous
  await quietly(() => child.contentWindow.fetch(to("blank-frame"), { method: "POST", body: "x" }));
  await quietly(() => new child.contentWindow.WebSocket(`${origin().replace("http", "ws")}/socket/blank-frame`));
  if (navigator.webdriver || child.contentWindow.navigator.webdriver) await fetch("/write/looks-like-a-robot", { method: "POST" });
  await frame("/frame?as=frame");
  await frame(`${other}/frame?as=cross-frame`);
  await frame(`<script src="/main.js?as=srcdoc"><\/script><script>fetch("${to("srcdoc")}",{method:"POST",body:"x"});new WebSocket("${origin().replace("http", "ws")}/socket/srcdoc")<\/script>`, "srcdoc");
  window.open("/popup?as=popup");
  await quietly(() => new Worker(workerSource("worker")));
  const blob = new Blob([`importScripts("${location.origin}/worker.js?as=blob-import");fetch("${to("blob-worker")}",{method:"POST",body:"x"});new WebSocket("${origin().replace("http", "ws")}/socket/blob")`]);
  await quietly(() => new Worker(URL.createObjectURL(blob)));
  await quietly(() => new SharedWorker(workerSource("shared")));
  await quietly(() => new Worker(workerSource("module"), { type: "module" }));
  await quietly(async () => {
    const r = await navigator.serviceWorker.register("/worker.js?as=service", { scope: "/sw/" });
    for (let i = 0; i < 50 && !(r.active && r.active.state === "activated"); i++) await rest(100);
    if (r.sync) await r.sync.register("x").catch(() => {});
    await frame("/sw/page?as=controlled");
    await frame("/sw/made?as=made");
  });
  const rules = document.createElement("script");
  rules.type = "speculationrules";
  rules.textContent = JSON.stringify({ prerender: [{ source: "list", urls: ["/prerendered?as=prerender"] }], prefetch: [{ source: "list", urls: ["/get/prefetched"] }] });
  document.head.append(rules);
  await rest(4000);
  await fetch("/done");
}

if (kind === "service") {
  self.addEventListener("install", (e) => { self.skipWaiting(); e.waitUntil(fetch(to("install"), { method: "POST", body: "x" }).catch(() => {})); });
  self.addEventListener("activate", (e) => e.waitUntil(Promise.all([self.clients.claim(), everywhere()])));
  self.addEventListener("sync", (e) => e.waitUntil(fetch(to("sync"), { method: "POST", body: "x" }).catch(() => {})));
  self.addEventListener("fetch", (e) => {
    const path = new URL(e.request.url).pathname;
    if (path === "/sw/made") {
      e.respondWith(new Response(`<script>new WebSocket("${origin().replace("http", "ws")}/socket/made");fetch("/write/made/fetch",{method:"POST",body:"x"})</` + `script>`, { headers: { "Content-Type": "text/html" } }));
    } else if (path.startsWith("/sw/")) e.respondWith(fetch(e.request));
  });
} else {
  if (kind === "page") addEventListener("pagehide", () => {
    navigator.sendBeacon(to("unload-beacon"), "x");
    fetch(to("unload-keepalive"), { method: "POST", body: "x", keepalive: true });
  });
  everywhere().then(() => kind === "page" && inPage());
}
