// A person drives this browser, so it says what theirs says.
if (typeof Navigator === "function") {
  Object.defineProperty(Navigator.prototype, "webdriver", {
    get: () => false,
    configurable: true,
    enumerable: true,
  });
}
