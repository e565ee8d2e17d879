/** The report for those who look after Understudy. */
export const diagnostics = {
  title: "Save diagnostics",
  about: "This is everything that will be in the file. Nothing is sent anywhere. You choose who gets it.",
  parts: "Parts of the file",
  newestFirst: "newest first",
  looking: "Looking…",
  without: "No keys, links, names, emails, reasons or searches.",
  size: "About {{size}} KB.",
  save: "Save file…",
  saved: "Diagnostics saved",
  good: "in order",
  warning: "needs a look",
  failed: "failed",
} as const;
