/** The first screen, who you are, and the states of the keychain. */
export const connect = {
  tagline: "Sign in as one of your users, on the record.",
  title: "Connect your Clerk application",
  about:
    "Copy a secret key in Clerk, under API keys. Understudy takes it from the clipboard straight into your keychain. It is never shown again, here or anywhere.",
  paste: "Paste secret key",
  file: "Choose an .env file…",
  checking: "Checking with Clerk…",
  checkingAbout: "Clerk is asked which instance the key belongs to, then it goes into your keychain.",
  back: "Back",
  sampleTitle: "Look around first",
  sampleAbout:
    "2,500 invented users and a stand-in for Clerk. Search, impersonate and end as you would with your own. Nothing leaves this computer.",
  sample: "Explore the sample workspace",
  sampleOpening: "Opening…",
  sampleNote: "No account and no key needed",
  powerTitle: "What the key can do",
  power:
    "Read and change every user of your application. Understudy uses it to find users and to start and end impersonations.",
  placeTitle: "Where it is kept",
  place:
    "In {{keychain}}, and in memory while the app runs. Not in a file, a log or this window. You can remove it at any time.",
  known: "Connected here already:",
  promises: "What Understudy promises",
  keychain: "your keychain",
  createKeyring: "Create a keyring",
  holdInMemory: "Hold the key in memory for this run",
  holdNote: "It is gone when you close Understudy, and you paste it again next time.",

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
    note: "A browser opens and you sign in to {{name}} as usual. Your records are then marked verified.",
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
    outsideUnverifiedAbout: "Nothing can prove that this is you, and the history says so.",
    outsideRules:
      "Where the rules ask for a verified operator, you can't impersonate this way. Ask your administrator to add you as a user of {{name}}.",
    outsideRefused:
      "The rules of this instance ask for a verified operator, so you can't impersonate this way. Ask your administrator to add you as a user of {{name}}.",
    backToList: "Back to the list",
  },

  wait: {
    title: "Waiting for your keychain",
    about:
      "Your computer may be asking for its password in another window. Unlock it there and your users appear here.",
    elapsed: "{{elapsed}} of 2:00, then it stops by itself",
    opening: "Opening {{name}}…",
    neededFor: "Needed for",
    key: "The secret key of {{name}}",
    keyLabel: "Key",
    keptIn: "Kept in",
    failedTitle: "{{name}} is not open",
    pasteAgain: "Paste the key again",
    notOpen: "Nothing is shown of {{name}} until its key is there.",
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
    title: "{{name}} signs in at another address now",
    about:
      "Clerk names another address than when you connected this instance. If you or a colleague moved it, trust the new one. If nobody did, ask first: whoever owns that address would get your sign-in links.",
    pinned: "When connected",
    now: "Now",
    trust: "Trust the new address…",
    trusting: "Checking…",
    other: "Use another instance",
    confirm: "Trust the new address?",
    confirmAbout: "From now on sign-in links of this instance may lead to {{address}}, and to nothing else.",
    yes: "Trust it",
  },

  forget: {
    title: "Forget {{name}}?",
    about:
      "Its key is removed from your keychain and the instance from this list. Others may keep a copy: KeePassXC in its recycle bin and history, a clipboard manager in what was copied. To be sure, delete the key in Clerk. Nothing changes there by itself, and your history stays.",
    no: "Keep it",
    yes: "Forget",
    failed: "{{name}} was not forgotten",
  },
} as const;
