/** The first screen, who you are, and the states of the keychain. */
export const connect = {
  tagline: "Sign in as any of your users. Every session is recorded.",
  title: "Connect your Clerk application",
  about:
    "Copy the secret key of one of its instances in Clerk, under API keys. Understudy moves it from the clipboard straight into {{keychain}}. It is never displayed.",
  paste: "Paste secret key",
  file: "Choose an .env file…",
  checking: "Checking with Clerk…",
  checkingAbout: "Understudy asks Clerk which instance this key belongs to, then saves it in {{keychain}}.",
  back: "Back",
  sampleTitle: "Look around first",
  sampleAbout:
    "2,500 made-up users and a simulated Clerk. Try everything as you would with your own. Nothing leaves this computer.",
  sample: "Explore the sample workspace",
  sampleOpening: "Opening…",
  sampleNote: "No account and no key needed",
  powerTitle: "What the key can do",
  power:
    "Read and change every user of its instance. Understudy uses it to find users and to start and end impersonations.",
  placeTitle: "Where it is kept",
  place:
    "In {{keychain}}, and in memory while Understudy runs. Never in a file, a log or this window. You can remove it at any time.",
  known: "Already connected:",
  promises: "What Understudy promises",
  keychain: "your keychain",
  createKeyring: "Create a keychain",
  holdInMemory: "Keep the key until I quit",
  holdNote: "Next time, you will need to paste it again.",

  identity: {
    connectedWith: "Connected with",
    title: "Which user are you?",
    about: "Your impersonations are recorded under this name, here and at Clerk.",
    search: "Search for yourself by name or email",
    found_one: "{{count}} found",
    found_other: "{{count}} found",
    foundMany: "{{count}}+ found",
    list: "Users who may be you",
    none: "No user matches “{{query}}”.",
    noneAbout: "Search by the email address that you sign in with.",
    unverified: "Unverified",
    noteTitle: "Verify it by signing in with Clerk",
    note: "A browser opens and you sign in to {{name}} as usual. Your impersonations are then marked verified.",
    signIn: "Sign in with Clerk",
    otherKey: "Use another key",
    confirm: "Continue unverified",
    confirmAs: "Continue as {{name}} (unverified)",
    saving: "Saving…",
    loading: "Looking for users…",
    picked: "{{name}} selected, {{email}}. Press Enter to sign in with Clerk.",
    pickFirst: "Select yourself in the list first.",
    outside: "I'm not a user of this app",
    outsideAbout: "Enter your name and work address instead.",
    outsideTitle: "Who are you?",
    name: "Your name",
    address: "Work address",
    addressHelp: "Clerk stores this address with every session you start, in place of a user ID.",
    outsideUnverified: "You will be marked unverified.",
    outsideUnverifiedAbout: "Understudy can't verify who you are, and the history says so.",
    outsideRules:
      "Where the rules require a verified sign-in, you can't impersonate this way. Ask your administrator to add you as a user of {{name}}.",
    outsideRefused:
      "The rules of this instance require a verified sign-in, so you can't impersonate this way. Ask your administrator to add you as a user of {{name}}.",
    backToList: "Back to the list",
  },

  wait: {
    title: "Waiting for your keychain",
    about:
      "Your computer may be asking for its password in another window. Unlock it there and your users appear here.",
    elapsed: "{{elapsed}}, stops at 2:00",
    opening: "Opening {{name}}…",
    neededFor: "Needed for",
    key: "The secret key of {{name}}",
    keyLabel: "Key",
    keptIn: "Kept in",
    failedTitle: "{{name}} is still locked",
    pasteAgain: "Paste the key again",
    notOpen: "{{name}} stays hidden until its key is available.",
  },

  replace: {
    title: "Replace the key of {{name}}",
    about:
      "Copy another secret key of this instance in Clerk, under API keys. The one in use stays until the new one is checked with Clerk and stored.",
    inUse: "In use now",
    paste: "Paste the new key",
    done: "The key of {{name}} was replaced",
    doneAbout:
      "{{key}} is in use. Delete {{old}} in Clerk now: your keychain may keep it, as KeePassXC does in its history and recycle bin, and so may a clipboard manager.",
  },

  address: {
    title: "The sign-in address of {{name}} has changed",
    about:
      "Clerk reports a different sign-in address than when you connected. If your team moved it, trust the new one. If not, check first: sign-in links would be sent there.",
    pinned: "When connected",
    now: "Now",
    trust: "Trust the new address…",
    trusting: "Checking…",
    other: "Use another instance",
    confirm: "Trust the new address?",
    confirmAbout:
      "From now on, Understudy opens sign-in links of this instance only if they lead to {{address}}.",
    yes: "Trust it",
  },

  forget: {
    title: "Forget {{name}}?",
    about:
      "Understudy removes its key from your keychain and the instance from this list. Your history stays, and nothing changes in Clerk. Copies of the key may remain in KeePassXC's recycle bin and history, or in a clipboard manager. To be sure, delete the key in Clerk.",
    no: "Keep it",
    yes: "Forget",
    failed: "{{name}} could not be forgotten",
  },
} as const;
