(() => {
  "use strict";
  if (window !== window.top) return;
  globalThis.understudy = { show() {}, notSent() {}, place() {} };
  understudyTell(JSON.stringify({ say: "ready", host: location.host }));
})();
