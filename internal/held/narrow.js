// No policy of a document has a word for these ways to send past requests.
for (const name of ["WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection"]) {
  if (typeof globalThis[name] !== "function") continue;
  Object.defineProperty(globalThis, name, {
    value: function () {
      throw new DOMException("Not connected: view only (Understudy)", "SecurityError");
    },
  });
}
