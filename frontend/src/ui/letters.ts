/**
 * Reads the files of the interface's font that have not been needed yet. There
 * is one for each script, and the first name in another script would wait for
 * its file and then be laid out, with all the text there is, once more.
 */
export function readLetters(): void {
  // jsdom has none.
  const fonts: Iterable<FontFace> = document.fonts ?? [];
  for (const font of fonts) {
    // Without a file the engine goes on with a font of the system.
    if (font.family.includes("Inter Variable")) font.load().catch(() => undefined);
  }
}
