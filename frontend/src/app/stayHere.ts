/**
 * Nothing may take the window away from the program: a page that replaced it
 * could call everything that Go offers. Links, middle clicks and dropped files
 * are stopped before the webview acts on them.
 */
export function stayHere(page: Document): void {
  page.addEventListener("click", stopLinks, true);
  page.addEventListener("auxclick", stopLinks, true);
  page.addEventListener("submit", stop, true);
  page.addEventListener("dragover", stop, true);
  page.addEventListener("drop", stop, true);
}

function stopLinks(event: Event): void {
  if (event.target instanceof Element && event.target.closest("a[href], area[href]")) event.preventDefault();
}

function stop(event: Event): void {
  event.preventDefault();
}
