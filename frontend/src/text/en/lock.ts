/** The lock. */
export const lock = {
  title: "Understudy is locked",
  about:
    "Unlock it to see the users of {{name}} again. Understudy reads the key from your keychain, which asks for its password only if it is locked too.",
  aboutSample: "Unlock it to continue in the sample workspace.",
  aboutMemory:
    "The key of {{name}}, {{key}}, was not saved and has been cleared. Copy it in Clerk, under API keys, and paste it to continue.",
  unlock: "Unlock",
  lock: "Lock",
  now: "Lock now",
  running: "Still running",
  runningAbout: "They end when they expire. Unlock to end them sooner.",
  losing_one: "Lock and clear the key?",
  losing_other: "Lock and clear {{count}} keys?",
  losingAbout: "Your keychain does not have the key of {{names}}. You will need to paste it again.",
} as const;
