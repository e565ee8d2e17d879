/** How much larger than at a zoom of 100 % the window is drawn now. */
function zoom(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

/** A length on the screen, in pixels at a zoom of 100 %. */
export function unzoomed(pixels: number): number {
  return pixels / zoom();
}
