/** The texts about the operator and the sign-in. */
export const operator = {
  menu: "You are {{name}}, {{state}}",
  verified: "verified {{time}}",
  unverified: "unverified",
  signedInAs: "Signed in as {{name}}",
  verifiedAbout: "Verified by Clerk at {{time}}, valid until {{until}}.",
  unverifiedAbout: "Not verified. Your records say so.",
  signIn: "Sign in with Clerk…",
  signInAgain: "Sign in again…",
  choose: "Choose who you are",
  chooseAgain: "Choose who you are…",

  title: "Sign in with Clerk",
  about:
    "Your browser opens the sign-in page of {{name}}. Sign in there with your own account. Understudy learns who you are and keeps nothing else.",
  differs: "Whoever signs in becomes the operator, even if it isn't {{name}}.",
  client: "Client ID",
  change: "Change",
  open: "Open the browser",

  waiting: "Waiting for your browser",
  waitingAbout: "Sign in on the page that has opened. Nothing there? Copy the link to it.",
  waitingLink: "Waiting for you to sign in",
  waitingLinkAbout:
    "The link is on your clipboard. Paste it into a browser on this computer and sign in there. It leaves the clipboard afterwards.",
  copyLink: "Copy link",
  left: "left",
  leftLabel: "Time to sign in",

  done: "You are signed in as {{name}}",
  doneAbout: "Your records are marked verified until {{until}}.",
  doneDiffers:
    "You had selected {{name}}. Your impersonations are now recorded under the name that signed in.",
  doneButton: "Done",

  setUpTitle: "Set up sign-in with Clerk",
  setUpAbout:
    "Clerk needs an OAuth application for Understudy, once for each instance. Understudy can create it in {{name}} with your secret key:",
  existingTitle: "Use an existing OAuth application",
  existingAbout:
    "Find its client ID in Clerk, under OAuth applications. It must be public and allow these redirect URLs:",
  appName: "Name",
  appKind: "Kind",
  appKindIs: "Public, with PKCE: it has no secret",
  appScopes: "Scopes",
  appReturns: "Redirect URLs",
  onceForAll: "Your colleagues use the same one: give them its client ID.",
  create: "Create it at Clerk",
  creating: "Creating…",
  existing: "Use an existing one…",
  createInstead: "Create one instead…",
  use: "Use it",
  using: "Saving…",
  clientMissing: "Paste the client ID.",
} as const;
