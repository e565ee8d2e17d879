import type { Diagnostics } from "../diagnostics";

/** A report with a part in each state. */
export const diagnostics: Diagnostics = {
  parts: [
    {
      name: "Computer",
      state: "good",
      detail: "Understudy 1.8.0, linux/amd64",
      text: "Understudy 1.8.0, linux/amd64\nWebKitGTK\n",
    },
    { name: "Folders", state: "warning", detail: "3 folders", text: "~/.config/understudy 700\n" },
    { name: "Clerk", state: "failed", detail: "cannot be reached", text: "cannot be reached\n" },
    { name: "Journal", state: "good", detail: "2 lines", text: "2026-11-30 12:00:04 ListUsers  14 ms  ok\n" },
  ],
  bytes: 1210,
};
