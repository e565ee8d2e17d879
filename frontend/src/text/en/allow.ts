/** The dialog that allows changes, a path or a connection in one impersonation. */
export const allow = {
  production: "Production: anything you change as {{name}} is real.",
  left: "{{time}} left",
  help: "Recorded before it takes effect, and shown in the session report.",
  missing: "Enter a reason. It is saved in the history.",
  for: "For",
  whole: "Whole session",
  longest: "Your rules allow {{count}} min at most.",
  longestManaged: "Your organization allows {{count}} min at most.",
  viewOnlyAt: "View only again at",
  until: "Until the session ends at",
  allowing: "Recording…",
  changes: {
    title: "Allow changes as {{name}}",
    why: "Why do you need to change something?",
    submit: "Allow changes",
  },
  path: {
    title: "Allow this path as {{name}}",
    about: "Requests to this path are sent from now on, also those that change something.",
    why: "Why must this path be sent?",
    submit: "Allow path",
  },
  connection: {
    title: "Allow this connection as {{name}}",
    about: "The app's pages reload at once. Understudy can't see what they send over the connection.",
    why: "Why does the app need this connection?",
    submit: "Allow connection",
  },
} as const;
